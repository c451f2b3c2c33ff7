"""Tables of Azure Storage and Cosmos DB."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from azure.functions._api.markers import Input, Output
from azure.functions._api.values import ArgName, DataTypeName, Table, TableConnection, Text

_F = TypeVar("_F", bound=Callable[..., Any])

class TableBindings:
    def table_input(
        self,
        arg_name: ArgName,
        connection: TableConnection,
        table_name: Table,
        row_key: Text | None = None,
        partition_key: Text | None = None,
        take: int | None = None,
        filter: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Input("table", takes=(str, bytes), since="1.12.0", see="functions-bindings-storage-table-input", extra=False),
    ]:
        """Read rows of a table.

        The parameter receives the rows as JSON text: one object where both keys are given, else an array.

        Args:
            arg_name: Name of the function's parameter for the rows.
            connection: Name of the app setting that holds the storage connection string, or the prefix of
                identity-based settings (`NAME__tableServiceUri`). Empty means `AzureWebJobsStorage`. `%SETTING%` is
                resolved.
            table_name: Table: 3 to 63 letters and digits, a letter first. `%SETTING%` and `{expression}` are
                resolved.
            row_key: Row key of one row; needs `partition_key`, excludes `filter` and `take`. `%SETTING%` and
                `{expression}` are resolved.
            partition_key: Partition key of the rows. `%SETTING%` and `{expression}` are resolved.
            take: Most rows to read.
            filter: OData filter, as `PartitionKey eq 'users'`. `%SETTING%` and `{expression}` are resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="user/{id}")
            @app.table_input(arg_name="user", table_name="users", partition_key="users", row_key="{id}",
                             connection="AzureWebJobsStorage")
            def get_user_row(req: func.HttpRequest, user: str) -> str:
                return user

        Binding type `table`; azure-functions since 1.12.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-storage-table-input
        """

    def table_output(
        self,
        arg_name: ArgName,
        connection: TableConnection,
        table_name: Table,
        row_key: Text | None = None,
        partition_key: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Output(
            "table",
            takes=(str, bytes, bytearray),
            since="1.12.0",
            see="functions-bindings-storage-table-output",
            extra=False,
        ),
    ]:
        """Insert rows into a table.

        The parameter is a `func.Out[str]` that takes JSON text: an object with `PartitionKey` and `RowKey`, or an
        array of them.

        Args:
            arg_name: Name of the function's parameter, a `func.Out`, or `$return` to send what the function returns.
            connection: Name of the app setting that holds the storage connection string, or the prefix of
                identity-based settings (`NAME__tableServiceUri`). Empty means `AzureWebJobsStorage`. `%SETTING%` is
                resolved.
            table_name: Table, created if missing: 3 to 63 letters and digits, a letter first. `%SETTING%` and
                `{expression}` are resolved.
            row_key: Row key for rows that bring none. `%SETTING%` and `{expression}` are resolved.
            partition_key: Partition key for rows that bring none. `%SETTING%` and `{expression}` are resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="user")
            @app.table_output(arg_name="row", table_name="users", connection="AzureWebJobsStorage")
            def add_user(req: func.HttpRequest, row: func.Out[str]) -> str:
                row.set('{"PartitionKey": "users", "RowKey": "1", "Name": "Ada"}')
                return "added"

        Binding type `table`; azure-functions since 1.12.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-storage-table-output
        """
