"""cosmos."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Trigger, Input, Output, Since
from azure.functions._api.removed import NoLongerInVersion4, NowConnection, NowContainerName, NowContainerThroughput, NowCreateLeaseContainerIfNotExists, NowLeaseConnection, NowLeaseContainerName, NowLeaseContainerPrefix, NowLeasesContainerThroughput
from azure.functions._api.values import ChangeFeedModeName, ArgName, SettingText, Text, Sql, WatchedEntity, Entity, CosmosConnection, DataTypeName
from azure.functions._cosmosdb import Document, DocumentList

F = TypeVar("F", bound=Callable[..., Any])

class CosmosTriggers:
    def cosmos_db_trigger(
        self,
        arg_name: ArgName,
        connection: Annotated[CosmosConnection, Since("1.14.0")],
        database_name: WatchedEntity,
        container_name: Annotated[WatchedEntity, Since("1.14.0")],
        lease_connection: Annotated[CosmosConnection | None, Since("1.14.0")] = None,
        lease_database_name: WatchedEntity | None = None,
        lease_container_name: Annotated[WatchedEntity | None, Since("1.14.0")] = None,
        create_lease_container_if_not_exists: Annotated[bool | None, Since("1.14.0")] = None,
        leases_container_throughput: Annotated[int | None, Since("1.14.0")] = None,
        lease_container_prefix: Annotated[SettingText | None, Since("1.14.0")] = None,
        feed_poll_delay: int | None = None,
        lease_acquire_interval: int | None = None,
        lease_expiration_interval: int | None = None,
        lease_renew_interval: int | None = None,
        max_items_per_invocation: int | None = None,
        start_from_beginning: bool | None = None,
        start_from_time: Annotated[str | None, Since("1.14.0")] = None,
        preferred_locations: SettingText | None = None,
        data_type: DataTypeName | None = None,
        *,
        change_feed_mode: Annotated[ChangeFeedModeName | None, Since("2.3.0", "2.3.0")] = ...,
        collection_name: NowContainerName = ...,
        connection_string_setting: NowConnection = ...,
        lease_collection_name: NowLeaseContainerName = ...,
        lease_connection_string_setting: NowLeaseConnection = ...,
        create_lease_collection_if_not_exists: NowCreateLeaseContainerIfNotExists = ...,
        leases_collection_throughput: NowLeasesContainerThroughput = ...,
        lease_collection_prefix: NowLeaseContainerPrefix = ...,
        checkpoint_interval: NoLongerInVersion4 = ...,
        checkpoint_document_count: NoLongerInVersion4 = ...,
    ) -> Annotated[Callable[[F], F], Trigger("cosmosDBTrigger", takes=(DocumentList, str, bytes), since="1.11.0", see="functions-bindings-cosmosdb-v2-trigger", also_tried=("cosmosdb_trigger",))]:
        """TODO."""

class CosmosBindings:
    def cosmos_db_input(
        self,
        arg_name: ArgName,
        connection: Annotated[CosmosConnection, Since("1.14.0")],
        database_name: Entity,
        container_name: Annotated[Entity, Since("1.14.0")],
        partition_key: Text | None = None,
        id: Text | None = None,
        sql_query: Sql | None = None,
        preferred_locations: Annotated[SettingText | None, Since("1.14.0")] = None,
        data_type: DataTypeName | None = None,
        *,
        collection_name: NowContainerName = ...,
        connection_string_setting: NowConnection = ...,
    ) -> Annotated[Callable[[F], F], Input("cosmosDB", takes=(DocumentList, str, bytes), since="1.12.0", see="functions-bindings-cosmosdb-v2-input")]:
        """TODO."""

    def cosmos_db_output(
        self,
        arg_name: ArgName,
        connection: Annotated[CosmosConnection, Since("1.14.0")],
        database_name: Entity,
        container_name: Annotated[Entity, Since("1.14.0")],
        create_if_not_exists: bool | None = None,
        partition_key: Text | None = None,
        container_throughput: Annotated[int | None, Since("1.14.0")] = None,
        preferred_locations: SettingText | None = None,
        data_type: DataTypeName | None = None,
        *,
        collection_name: NowContainerName = ...,
        connection_string_setting: NowConnection = ...,
        collection_throughput: NowContainerThroughput = ...,
        use_multiple_write_locations: NoLongerInVersion4 = ...,
    ) -> Annotated[Callable[[F], F], Output("cosmosDB", takes=(Document, DocumentList, str, bytes), since="1.12.0", see="functions-bindings-cosmosdb-v2-output")]:
        """TODO."""
