"""Cosmos DB with version 3 of the extension, for apps on bundle 3.x."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from azure.functions._api.markers import Input, Output, Trigger
from azure.functions._api.values import (
    ArgName,
    CosmosV3Connection,
    DataTypeName,
    Entity,
    SettingText,
    Sql,
    Text,
    WatchedEntity,
)
from azure.functions._cosmosdb import Document, DocumentList

_F = TypeVar("_F", bound=Callable[..., Any])

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
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "cosmosDBTrigger",
            takes=(DocumentList, str, bytes),
            since="1.14.0",
            bundle="v3",
            see="functions-bindings-cosmosdb-v2-trigger",
        ),
    ]:
        """Run for new and changed documents of a Cosmos DB collection, with version 3 of the extension.

        The parameter receives a `func.DocumentList`. Bundle 4.x holds version 4: use `cosmos_db_trigger` there.

        Args:
            arg_name: Name of the function's parameter for the documents.
            database_name: Database. `%SETTING%` is resolved.
            collection_name: Collection to watch. `%SETTING%` is resolved.
            connection_string_setting: Name of the app setting that holds the Cosmos DB account's connection string.
                `%SETTING%` is resolved.
            lease_collection_name: Collection for the leases. Default `leases`. `%SETTING%` is resolved.
            lease_connection_string_setting: As `connection_string_setting`, for the account with the leases. Default:
                the watched account. `%SETTING%` is resolved.
            lease_database_name: Database of the lease container. Default: the watched database. `%SETTING%` is
                resolved.
            create_lease_collection_if_not_exists: Whether to create the lease collection where it is missing. Default
                False.
            leases_collection_throughput: Request units per second of a lease collection that is created here.
            lease_collection_prefix: Prefix of the leases, so that several functions can share one lease collection.
                `%SETTING%` is resolved.
            checkpoint_interval: Milliseconds between checkpoints. Default: after every call.
            checkpoint_document_count: Documents between checkpoints. Default: after every call.
            feed_poll_delay: Milliseconds to wait for new changes once all are read. Default 5000.
            lease_renew_interval: Milliseconds between renewals of the leases that this instance holds. Default 17000.
            lease_acquire_interval: Milliseconds between checks that partitions are spread evenly over the instances.
                Default 13000.
            lease_expiration_interval: Milliseconds after which a lease that was not renewed passes to another
                instance. Default 60000.
            max_items_per_invocation: Most documents per call. Default: what one read of the change feed brings.
            start_from_beginning: Whether a trigger without leases starts with the container's first change. Default
                False: with the next one.
            preferred_locations: Regions to read from first, comma separated, as `East US,North Europe`. Default: the
                account's own order. `%SETTING%` is resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.cosmos_db_trigger_v3(arg_name="docs", connection_string_setting="COSMOS", database_name="shop",
                                      collection_name="orders")
            def on_change_v3(docs: func.DocumentList) -> None:
                print(len(docs))

        Binding type `cosmosDBTrigger`; azure-functions since 1.14.0 and in every 2.x; extension bundle 3.x or older.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-cosmosdb-v2-trigger
        """

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
    ) -> Annotated[
        Callable[[_F], _F],
        Input(
            "cosmosDB",
            takes=(DocumentList, str, bytes),
            since="1.14.0",
            bundle="v3",
            see="functions-bindings-cosmosdb-v2-input",
        ),
    ]:
        """Read documents of a Cosmos DB collection, with version 3 of the extension.

        The parameter receives a `func.DocumentList`. Bundle 4.x holds version 4: use `cosmos_db_input` there.

        Args:
            arg_name: Name of the function's parameter for the documents.
            database_name: Database. `%SETTING%` and `{expression}` are resolved.
            collection_name: Collection. `%SETTING%` and `{expression}` are resolved.
            connection_string_setting: Name of the app setting that holds the Cosmos DB account's connection string.
                `%SETTING%` is resolved.
            id: Id of the one document to read; excludes `sql_query`. `%SETTING%` and `{expression}` are resolved.
            sql_query: Query; expressions become parameters. `%SETTING%` and `{expression}` are resolved.
            partition_key: Partition key value of the look-up. `%SETTING%` and `{expression}` are resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="orders-v3/{id}")
            @app.cosmos_db_input_v3(arg_name="docs", connection_string_setting="COSMOS", database_name="shop",
                                    collection_name="orders", id="{id}")
            def get_order_v3(req: func.HttpRequest, docs: func.DocumentList) -> str:
                return docs[0].to_json() if docs else "none"

        Binding type `cosmosDB`; azure-functions since 1.14.0 and in every 2.x; extension bundle 3.x or older.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-cosmosdb-v2-input
        """

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
        preferred_locations: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Output(
            "cosmosDB",
            takes=(Document, DocumentList, str, bytes),
            returns=(Document, DocumentList),
            since="1.14.0",
            bundle="v3",
            see="functions-bindings-cosmosdb-v2-output",
        ),
    ]:
        """Write documents to a Cosmos DB collection, with version 3 of the extension.

        The parameter is a `func.Out[func.Document]`, or of a `func.DocumentList`. Bundle 4.x holds version 4: use
        `cosmos_db_output` there.

        Args:
            arg_name: Name of the function's parameter, a `func.Out`, or `$return` to send what the function returns.
            database_name: Database. `%SETTING%` and `{expression}` are resolved.
            collection_name: Collection. `%SETTING%` and `{expression}` are resolved.
            connection_string_setting: Name of the app setting that holds the Cosmos DB account's connection string.
                `%SETTING%` is resolved.
            create_if_not_exists: Whether to create the database and the container where they are missing. Default
                False.
            partition_key: Path of the partition key of a collection that is created here, as `/id`. `%SETTING%` and
                `{expression}` are resolved.
            collection_throughput: Request units per second of a collection that is created here.
            use_multiple_write_locations: Whether to write to the nearest of several write regions. Default False.
            preferred_locations: Regions to read from first, comma separated, as `East US,North Europe`. Default: the
                account's own order. `%SETTING%` and `{expression}` are resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="orders-v3")
            @app.cosmos_db_output_v3(arg_name="doc", connection_string_setting="COSMOS", database_name="shop",
                                     collection_name="orders")
            def add_order_v3(req: func.HttpRequest, doc: func.Out[func.Document]) -> str:
                doc.set(func.Document.from_json(req.get_body().decode()))
                return "stored"

        Binding type `cosmosDB`; azure-functions since 1.14.0 and in every 2.x; extension bundle 3.x or older.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-cosmosdb-v2-output
        """
