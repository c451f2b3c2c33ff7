"""Azure SQL and SQL Server."""

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from azure.functions._api.markers import Input, Output, Trigger
from azure.functions._api.values import ArgName, DataTypeName, Sql, StringConnection, Text
from azure.functions._sql import SqlRow, SqlRowList

_F = TypeVar("_F", bound=Callable[..., Any])

class SqlTriggers:
    def sql_trigger(
        self,
        arg_name: ArgName,
        table_name: str,
        connection_string_setting: StringConnection,
        leases_table_name: str | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger("sqlTrigger", takes=(str, bytes), since="1.18.0", see="functions-bindings-azure-sql-trigger"),
    ]:
        """Run for changed rows of a SQL table that has change tracking on.

        The parameter must be annotated `str` (or `bytes`): it receives a JSON array of `{"Operation": ..., "Item":
        {...}}`. The library has no converter for it, so `func.SqlRowList` is refused.

        Args:
            arg_name: Name of the function's parameter for the changes.
            table_name: Table to watch, as `dbo.orders`; nothing in it is resolved.
            connection_string_setting: Name of the app setting that holds the SQL connection string; nothing in it is
                resolved.
            leases_table_name: Table for the leases. Default `Leases_` with the ids of function and table.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.sql_trigger(arg_name="changes", table_name="dbo.orders", connection_string_setting="SQL")
            def on_rows(changes: str) -> None:
                print(json.loads(changes))

        Binding type `sqlTrigger`; azure-functions since 1.18.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-azure-sql-trigger
        """

class SqlBindings:
    def sql_input(
        self,
        arg_name: ArgName,
        command_text: Sql,
        connection_string_setting: StringConnection,
        command_type: Literal["Text", "StoredProcedure"] | None = "Text",
        parameters: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Input("sql", takes=(SqlRowList, str, bytes), since="1.18.0", see="functions-bindings-azure-sql-input"),
    ]:
        """Read rows of a SQL database with a query or a stored procedure.

        The parameter receives a `func.SqlRowList`.

        Args:
            arg_name: Name of the function's parameter for the rows.
            command_text: Query with `@name` parameters, or the name of a stored procedure. `%SETTING%` and
                `{expression}` are resolved.
            connection_string_setting: Name of the app setting that holds the SQL connection string; nothing in it is
                resolved.
            command_type: `Text`, the default, or `StoredProcedure`.
            parameters: Values of the parameters, as `@id={id},@kind=book`. `%SETTING%` and `{expression}` are
                resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="orders-sql/{id}")
            @app.sql_input(arg_name="rows", command_text="SELECT * FROM dbo.orders WHERE id = @id", parameters="@id={id}",
                           connection_string_setting="SQL")
            def get_rows(req: func.HttpRequest, rows: func.SqlRowList) -> str:
                return json.dumps([json.loads(row.to_json()) for row in rows])

        Binding type `sql`; azure-functions since 1.18.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-azure-sql-input
        """

    def sql_output(
        self,
        arg_name: ArgName,
        command_text: Text,
        connection_string_setting: StringConnection,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Output(
            "sql",
            takes=(SqlRow, SqlRowList, str, bytes),
            returns=(SqlRow, SqlRowList),
            since="1.18.0",
            see="functions-bindings-azure-sql-output",
        ),
    ]:
        """Insert rows into a SQL table, or update those whose primary key exists.

        The parameter is a `func.Out[func.SqlRow]`, or of a `func.SqlRowList`.

        Args:
            arg_name: Name of the function's parameter, a `func.Out`, or `$return` to send what the function returns.
            command_text: Table to write to, as `dbo.orders`. `%SETTING%` and `{expression}` are resolved.
            connection_string_setting: Name of the app setting that holds the SQL connection string; nothing in it is
                resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="orders-sql")
            @app.sql_output(arg_name="row", command_text="dbo.orders", connection_string_setting="SQL")
            def add_row(req: func.HttpRequest, row: func.Out[func.SqlRow]) -> str:
                row.set(func.SqlRow.from_dict(req.get_json()))
                return "stored"

        Binding type `sql`; azure-functions since 1.18.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-azure-sql-output
        """
