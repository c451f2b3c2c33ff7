"""Cosmos DB with version 4 of the extension."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from azure.functions._api.markers import Input, Output, Since, Trigger
from azure.functions._api.removed import (
    NoLongerInVersion4,
    NowConnection,
    NowContainerName,
    NowContainerThroughput,
    NowCreateLeaseContainerIfNotExists,
    NowLeaseConnection,
    NowLeaseContainerName,
    NowLeaseContainerPrefix,
    NowLeasesContainerThroughput,
)
from azure.functions._api.values import (
    ArgName,
    ChangeFeedModeName,
    CosmosConnection,
    DataTypeName,
    Entity,
    SettingText,
    Sql,
    Text,
    WatchedEntity,
)
from azure.functions._cosmosdb import Document, DocumentList

_F = TypeVar("_F", bound=Callable[..., Any])

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
        start_from_time: Annotated[SettingText | None, Since("1.14.0")] = None,
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
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "cosmosDBTrigger",
            takes=(DocumentList, str, bytes),
            since="1.11.0",
            see="functions-bindings-cosmosdb-v2-trigger",
            also_tried=("cosmosdb_trigger",),
        ),
    ]:
        """Run for new and changed documents of a Cosmos DB container.

        The parameter receives a `func.DocumentList`. Deleted documents are not reported. Progress is kept in the
        lease container. For the keywords of version 3 of the extension see `cosmos_db_trigger_v3`.

        Args:
            arg_name: Name of the function's parameter for the documents.
            connection: Name of the app setting that holds the Cosmos DB account's connection string, or the prefix of
                identity-based settings (`NAME__accountEndpoint`). Empty means `CosmosDB`. `%SETTING%` is resolved.
                Since 1.14.0.
            database_name: Database. `%SETTING%` is resolved.
            container_name: Container to watch; it cannot hold the leases too. `%SETTING%` is resolved. Since 1.14.0.
            lease_connection: As `connection`, for the account with the leases. Default: the watched account.
                `%SETTING%` is resolved. Since 1.14.0.
            lease_database_name: Database of the lease container. Default: the watched database. `%SETTING%` is
                resolved.
            lease_container_name: Container for the leases. Default `leases`. `%SETTING%` is resolved. Since 1.14.0.
            create_lease_container_if_not_exists: Whether to create the lease container where it is missing. Default
                False. Since 1.14.0.
            leases_container_throughput: Request units per second of a lease container that is created here. Since
                1.14.0.
            lease_container_prefix: Prefix of the leases, so that several functions can share one lease container.
                `%SETTING%` is resolved. Since 1.14.0.
            feed_poll_delay: Milliseconds to wait for new changes once all are read. Default 5000.
            lease_acquire_interval: Milliseconds between checks that partitions are spread evenly over the instances.
                Default 13000.
            lease_expiration_interval: Milliseconds after which a lease that was not renewed passes to another
                instance. Default 60000.
            lease_renew_interval: Milliseconds between renewals of the leases that this instance holds. Default 17000.
            max_items_per_invocation: Most documents per call. Default: what one read of the change feed brings.
            start_from_beginning: Whether a trigger without leases starts with the container's first change. Default
                False: with the next one.
            start_from_time: UTC time from which to read, as `2021-02-16T14:19:29Z`, where there are no leases yet.
                `%SETTING%` is resolved. Since 1.14.0.
            preferred_locations: Regions to read from first, comma separated, as `East US,North Europe`. Default: the
                account's own order. `%SETTING%` is resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.
            change_feed_mode: `LatestVersion`, the default, or `AllVersionsAndDeletes` to see every version and
                deletions; also as a member of `func.CosmosDBChangeFeedMode`. Since 2.3.0.

        Example:
            @app.cosmos_db_trigger(arg_name="docs", connection="COSMOS", database_name="shop", container_name="orders",
                                   create_lease_container_if_not_exists=True)
            def on_change(docs: func.DocumentList) -> None:
                for doc in docs:
                    print(doc["id"])

        Binding type `cosmosDBTrigger`; azure-functions since 1.11.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-cosmosdb-v2-trigger
        """

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
        preferred_locations: Annotated[Text | None, Since("1.14.0")] = None,
        data_type: DataTypeName | None = None,
        *,
        collection_name: NowContainerName = ...,
        connection_string_setting: NowConnection = ...,
    ) -> Annotated[
        Callable[[_F], _F],
        Input("cosmosDB", takes=(DocumentList, str, bytes), since="1.12.0", see="functions-bindings-cosmosdb-v2-input"),
    ]:
        """Read documents of a Cosmos DB container: one by `id`, or those of `sql_query`.

        The parameter receives a `func.DocumentList`, empty where nothing is found.

        Args:
            arg_name: Name of the function's parameter for the documents.
            connection: Name of the app setting that holds the Cosmos DB account's connection string, or the prefix of
                identity-based settings (`NAME__accountEndpoint`). Empty means `CosmosDB`. `%SETTING%` is resolved.
                Since 1.14.0.
            database_name: Database. `%SETTING%` and `{expression}` are resolved.
            container_name: Container. `%SETTING%` and `{expression}` are resolved. Since 1.14.0.
            partition_key: Partition key value of the look-up. `%SETTING%` and `{expression}` are resolved.
            id: Id of the one document to read; excludes `sql_query`. `%SETTING%` and `{expression}` are resolved.
            sql_query: Query, as `SELECT * FROM c WHERE c.kind = {kind}`; expressions become parameters. `%SETTING%`
                and `{expression}` are resolved.
            preferred_locations: Regions to read from first, comma separated, as `East US,North Europe`. Default: the
                account's own order. `%SETTING%` and `{expression}` are resolved. Since 1.14.0.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="orders/{id}")
            @app.cosmos_db_input(arg_name="docs", connection="COSMOS", database_name="shop", container_name="orders", id="{id}",
                                 partition_key="{id}")
            def get_order(req: func.HttpRequest, docs: func.DocumentList) -> str:
                return docs[0].to_json() if docs else "none"

        Binding type `cosmosDB`; azure-functions since 1.12.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-cosmosdb-v2-input
        """

    def cosmos_db_output(
        self,
        arg_name: ArgName,
        connection: Annotated[CosmosConnection, Since("1.14.0")],
        database_name: Entity,
        container_name: Annotated[Entity, Since("1.14.0")],
        create_if_not_exists: bool | None = None,
        partition_key: Text | None = None,
        container_throughput: Annotated[int | None, Since("1.14.0")] = None,
        preferred_locations: Text | None = None,
        data_type: DataTypeName | None = None,
        *,
        collection_name: NowContainerName = ...,
        connection_string_setting: NowConnection = ...,
        collection_throughput: NowContainerThroughput = ...,
        use_multiple_write_locations: NoLongerInVersion4 = ...,
    ) -> Annotated[
        Callable[[_F], _F],
        Output(
            "cosmosDB",
            takes=(Document, DocumentList, str, bytes),
            returns=(Document, DocumentList),
            since="1.12.0",
            see="functions-bindings-cosmosdb-v2-output",
        ),
    ]:
        """Write documents to a Cosmos DB container.

        The parameter is a `func.Out[func.Document]`, or of a `func.DocumentList`. A document whose id exists is
        replaced.

        Args:
            arg_name: Name of the function's parameter, a `func.Out`, or `$return` to send what the function returns.
            connection: Name of the app setting that holds the Cosmos DB account's connection string, or the prefix of
                identity-based settings (`NAME__accountEndpoint`). Empty means `CosmosDB`. `%SETTING%` is resolved.
                Since 1.14.0.
            database_name: Database. `%SETTING%` and `{expression}` are resolved.
            container_name: Container. `%SETTING%` and `{expression}` are resolved. Since 1.14.0.
            create_if_not_exists: Whether to create the database and the container where they are missing. Default
                False.
            partition_key: Path of the partition key of a container that is created here, as `/id`. `%SETTING%` and
                `{expression}` are resolved.
            container_throughput: Request units per second of a container that is created here. Since 1.14.0.
            preferred_locations: Regions to read from first, comma separated, as `East US,North Europe`. Default: the
                account's own order. `%SETTING%` and `{expression}` are resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="orders")
            @app.cosmos_db_output(arg_name="doc", connection="COSMOS", database_name="shop", container_name="orders")
            def add_order(req: func.HttpRequest, doc: func.Out[func.Document]) -> str:
                doc.set(func.Document.from_json(req.get_body().decode()))
                return "stored"

        Binding type `cosmosDB`; azure-functions since 1.12.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-cosmosdb-v2-output
        """
