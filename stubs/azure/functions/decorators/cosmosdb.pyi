from _typeshed import Incomplete
from azure.functions.decorators.constants import COSMOS_DB as COSMOS_DB, COSMOS_DB_TRIGGER as COSMOS_DB_TRIGGER
from azure.functions.decorators.core import (
    DataType as DataType,
    InputBinding as InputBinding,
    OutputBinding as OutputBinding,
    Trigger as Trigger,
)
from datetime import time

class CosmosDBInputV3(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    database_name: Incomplete
    collection_name: Incomplete
    connection_string_setting: Incomplete
    partition_key: Incomplete
    id: Incomplete
    sql_query: Incomplete
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
        **kwargs,
    ) -> None: ...

class CosmosDBOutputV3(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    database_name: Incomplete
    collection_name: Incomplete
    connection_string_setting: Incomplete
    create_if_not_exists: Incomplete
    partition_key: Incomplete
    collection_throughput: Incomplete
    use_multiple_write_locations: Incomplete
    preferred_locations: Incomplete
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
        **kwargs,
    ) -> None: ...

class CosmosDBTriggerV3(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    lease_collection_name: Incomplete
    lease_connection_string_setting: Incomplete
    lease_database_name: Incomplete
    create_lease_collection_if_not_exists: Incomplete
    leases_collection_throughput: Incomplete
    lease_collection_prefix: Incomplete
    checkpoint_interval: Incomplete
    checkpoint_document_count: Incomplete
    feed_poll_delay: Incomplete
    lease_renew_interval: Incomplete
    lease_acquire_interval: Incomplete
    lease_expiration_interval: Incomplete
    max_items_per_invocation: Incomplete
    start_from_beginning: Incomplete
    preferred_locations: Incomplete
    connection_string_setting: Incomplete
    database_name: Incomplete
    collection_name: Incomplete
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
        **kwargs,
    ) -> None: ...

class CosmosDBInput(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    database_name: Incomplete
    container_name: Incomplete
    connection: Incomplete
    partition_key: Incomplete
    id: Incomplete
    sql_query: Incomplete
    preferred_locations: Incomplete
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
        **kwargs,
    ) -> None: ...

class CosmosDBOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    connection: Incomplete
    database_name: Incomplete
    container_name: Incomplete
    create_if_not_exists: Incomplete
    partition_key: Incomplete
    container_throughput: Incomplete
    preferred_locations: Incomplete
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
        **kwargs,
    ) -> None: ...

class CosmosDBTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    connection: Incomplete
    database_name: Incomplete
    container_name: Incomplete
    lease_connection: Incomplete
    lease_database_name: Incomplete
    lease_container_name: Incomplete
    create_lease_container_if_not_exists: Incomplete
    leases_container_throughput: Incomplete
    lease_container_prefix: Incomplete
    feed_poll_delay: Incomplete
    lease_acquire_interval: Incomplete
    lease_expiration_interval: Incomplete
    lease_renew_interval: Incomplete
    max_items_per_invocation: Incomplete
    start_from_beginning: Incomplete
    start_from_time: Incomplete
    preferred_locations: Incomplete
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
        start_from_beginning: time | None = None,
        start_from_time: time | None = None,
        preferred_locations: str | None = None,
        data_type: DataType | None = None,
        **kwargs,
    ) -> None: ...
