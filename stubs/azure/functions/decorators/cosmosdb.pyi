"""The classes behind the decorators: Cosmos DB bindings."""

from typing import Any

from azure.functions.decorators.core import DataType, InputBinding, OutputBinding, Trigger

class CosmosDBInputV3(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    database_name: str
    collection_name: str
    connection_string_setting: str
    partition_key: str | None
    id: str | None
    sql_query: str | None

    def __init__(
        self,
        name: str,
        database_name: str,
        collection_name: str,
        connection_string_setting: str,
        data_type: DataType | None = None,
        id: str | None = None,
        sql_query: str | None = None,
        partition_key: str | None = None,
        **kwargs: Any,
    ) -> None: ...

class CosmosDBOutputV3(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    database_name: str
    collection_name: str
    connection_string_setting: str
    create_if_not_exists: bool | None
    partition_key: str | None
    collection_throughput: int | None
    use_multiple_write_locations: bool | None
    preferred_locations: str | None

    def __init__(
        self,
        name: str,
        database_name: str,
        collection_name: str,
        connection_string_setting: str,
        create_if_not_exists: bool | None = None,
        collection_throughput: int | None = None,
        use_multiple_write_locations: bool | None = None,
        preferred_locations: str | None = None,
        partition_key: str | None = None,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

class CosmosDBTriggerV3(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    lease_collection_name: str | None
    lease_connection_string_setting: str | None
    lease_database_name: str | None
    create_lease_collection_if_not_exists: bool | None
    leases_collection_throughput: int | None
    lease_collection_prefix: str | None
    checkpoint_interval: int | None
    checkpoint_document_count: int | None
    feed_poll_delay: int | None
    lease_renew_interval: int | None
    lease_acquire_interval: int | None
    lease_expiration_interval: int | None
    max_items_per_invocation: int | None
    start_from_beginning: bool | None
    preferred_locations: str | None
    connection_string_setting: str
    database_name: str
    collection_name: str

    def __init__(
        self,
        name: str,
        database_name: str,
        collection_name: str,
        connection_string_setting: str,
        leases_collection_throughput: int | None = None,
        checkpoint_interval: int | None = None,
        checkpoint_document_count: int | None = None,
        feed_poll_delay: int | None = None,
        lease_renew_interval: int | None = None,
        lease_acquire_interval: int | None = None,
        lease_expiration_interval: int | None = None,
        max_items_per_invocation: int | None = None,
        start_from_beginning: bool | None = None,
        create_lease_collection_if_not_exists: bool | None = None,
        preferred_locations: str | None = None,
        data_type: DataType | None = None,
        lease_collection_name: str | None = None,
        lease_connection_string_setting: str | None = None,
        lease_database_name: str | None = None,
        lease_collection_prefix: str | None = None,
        **kwargs: Any,
    ) -> None: ...

class CosmosDBInput(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    database_name: str
    container_name: str
    connection: str
    partition_key: str | None
    id: str | None
    sql_query: str | None
    preferred_locations: str | None

    def __init__(
        self,
        name: str,
        connection: str,
        database_name: str,
        container_name: str,
        partition_key: str | None = None,
        data_type: DataType | None = None,
        id: str | None = None,
        sql_query: str | None = None,
        preferred_locations: str | None = None,
        **kwargs: Any,
    ) -> None: ...

class CosmosDBOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    connection: str
    database_name: str
    container_name: str
    create_if_not_exists: bool | None
    partition_key: str | None
    container_throughput: int | None
    preferred_locations: str | None

    def __init__(
        self,
        name: str,
        connection: str,
        database_name: str,
        container_name: str,
        create_if_not_exists: bool | None = None,
        partition_key: str | None = None,
        container_throughput: int | None = None,
        preferred_locations: str | None = None,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

class CosmosDBTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    connection: str
    database_name: str
    container_name: str
    lease_connection: str | None
    lease_database_name: str | None
    lease_container_name: str | None
    create_lease_container_if_not_exists: bool | None
    leases_container_throughput: int | None
    lease_container_prefix: str | None
    feed_poll_delay: int | None
    lease_acquire_interval: int | None
    lease_expiration_interval: int | None
    lease_renew_interval: int | None
    max_items_per_invocation: int | None
    start_from_beginning: bool | None
    start_from_time: str | None
    preferred_locations: str | None

    def __init__(
        self,
        name: str,
        connection: str,
        database_name: str,
        container_name: str,
        lease_connection: str | None = None,
        lease_database_name: str | None = None,
        lease_container_name: str | None = None,
        create_lease_container_if_not_exists: bool | None = None,
        leases_container_throughput: int | None = None,
        lease_container_prefix: str | None = None,
        feed_poll_delay: int | None = None,
        lease_acquire_interval: int | None = None,
        lease_expiration_interval: int | None = None,
        lease_renew_interval: int | None = None,
        max_items_per_invocation: int | None = None,
        start_from_beginning: bool | None = None,
        start_from_time: str | None = None,
        preferred_locations: str | None = None,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...
