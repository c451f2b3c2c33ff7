"""cosmos_v3."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Trigger, Input, Output
from azure.functions._api.values import ArgName, SettingText, Text, Sql, WatchedEntity, Entity, DataTypeName
from azure.functions._cosmosdb import Document, DocumentList

F = TypeVar("F", bound=Callable[..., Any])

class CosmosV3Triggers:
    def cosmos_db_trigger_v3(
        self,
        arg_name: ArgName,
        database_name: WatchedEntity,
        collection_name: WatchedEntity,
        connection_string_setting: CosmosV3Connection,
        lease_collection_name: WatchedEntity | None = None,
        lease_connection_string_setting: CosmosV3Connection | None = None,
        lease_database_name: WatchedEntity | None = None,
        create_lease_collection_if_not_exists: bool | None = None,
        leases_collection_throughput: int | None = None,
        lease_collection_prefix: SettingText | None = None,
        checkpoint_interval: int | None = None,
        checkpoint_document_count: int | None = None,
        feed_poll_delay: int | None = None,
        lease_renew_interval: int | None = None,
        lease_acquire_interval: int | None = None,
        lease_expiration_interval: int | None = None,
        max_items_per_invocation: int | None = None,
        start_from_beginning: bool | None = None,
        preferred_locations: SettingText | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("cosmosDBTrigger", takes=(DocumentList, str, bytes), since="1.14.0", bundle="v3", see="functions-bindings-cosmosdb-v2-trigger")]:
        """TODO."""

class CosmosV3Bindings:
    def cosmos_db_input_v3(
        self,
        arg_name: ArgName,
        database_name: Entity,
        collection_name: Entity,
        connection_string_setting: CosmosV3Connection,
        id: Text | None = None,
        sql_query: Sql | None = None,
        partition_key: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Input("cosmosDB", takes=(DocumentList, str, bytes), since="1.14.0", bundle="v3", see="functions-bindings-cosmosdb-v2-input")]:
        """TODO."""

    def cosmos_db_output_v3(
        self,
        arg_name: ArgName,
        database_name: Entity,
        collection_name: Entity,
        connection_string_setting: CosmosV3Connection,
        create_if_not_exists: bool | None = None,
        partition_key: Text | None = None,
        collection_throughput: int | None = None,
        use_multiple_write_locations: bool | None = None,
        preferred_locations: SettingText | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Output("cosmosDB", takes=(Document, DocumentList, str, bytes), since="1.14.0", bundle="v3", see="functions-bindings-cosmosdb-v2-output")]:
        """TODO."""
