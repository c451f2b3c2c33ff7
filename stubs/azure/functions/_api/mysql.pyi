"""MySQL."""

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from azure.functions._api.markers import Input, Output, Trigger
from azure.functions._api.values import ArgName, DataTypeName, Sql, StringConnection, Text
from azure.functions._mysql import MySqlRow, MySqlRowList

_F = TypeVar("_F", bound=Callable[..., Any])

class MySqlTriggers:
    def mysql_trigger(
        self,
        arg_name: ArgName,
        table_name: str,
        connection_string_setting: StringConnection,
        leases_table_name: str | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "mysqlTrigger",
            takes=(MySqlRowList, str, bytes),
            since="1.23.0",
            see="functions-bindings-azure-mysql-trigger",
        ),
    ]:
        """Run for changed rows of a MySQL table.

        The parameter receives a `func.MySqlRowList`; annotated `str`, a JSON array of the changes. The table needs
        the column `az_func_updated_at`.

        Args:
            arg_name: Name of the function's parameter for the changes.
            table_name: Table to watch; nothing in it is resolved.
            connection_string_setting: Name of the app setting that holds the MySQL connection string; nothing in it
                is resolved.
            leases_table_name: Table for the leases. Default `Leases_` with the ids of function and table.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.mysql_trigger(arg_name="changes", table_name="orders", connection_string_setting="MYSQL")
            def on_mysql_rows(changes: str) -> None:
                print(json.loads(changes))

        Binding type `mysqlTrigger`; azure-functions since 1.23.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-azure-mysql-trigger
        """

class MySqlBindings:
    def mysql_input(
        self,
        arg_name: ArgName,
        command_text: Sql,
        connection_string_setting: StringConnection,
        command_type: Literal["Text", "StoredProcedure"] | None = "Text",
        parameters: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Input("mysql", takes=(MySqlRowList, str, bytes), since="1.23.0", see="functions-bindings-azure-mysql-input"),
    ]:
        """Read rows of a MySQL database with a query or a stored procedure.

        The parameter receives a `func.MySqlRowList`.

        Args:
            arg_name: Name of the function's parameter for the rows.
            command_text: Query with `@name` parameters, or the name of a stored procedure. `%SETTING%` and
                `{expression}` are resolved.
            connection_string_setting: Name of the app setting that holds the MySQL connection string; nothing in it
                is resolved.
            command_type: `Text`, the default, or `StoredProcedure`.
            parameters: Values of the parameters, as `@id={id},@kind=book`. `%SETTING%` and `{expression}` are
                resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="orders-mysql/{id}")
            @app.mysql_input(arg_name="rows", command_text="SELECT * FROM orders WHERE id = @id", parameters="@id={id}",
                             connection_string_setting="MYSQL")
            def get_mysql_rows(req: func.HttpRequest, rows: func.MySqlRowList) -> str:
                return json.dumps([json.loads(row.to_json()) for row in rows])

        Binding type `mysql`; azure-functions since 1.23.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-azure-mysql-input
        """

    def mysql_output(
        self,
        arg_name: ArgName,
        command_text: Text,
        connection_string_setting: StringConnection,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Output(
            "mysql",
            takes=(MySqlRow, MySqlRowList, str, bytes),
            returns=(MySqlRow, MySqlRowList),
            since="1.23.0",
            see="functions-bindings-azure-mysql-output",
        ),
    ]:
        """Insert rows into a MySQL table, or update those whose primary key exists.

        The parameter is a `func.Out[func.MySqlRow]`, or of a `func.MySqlRowList`.

        Args:
            arg_name: Name of the function's parameter, a `func.Out`, or `$return` to send what the function returns.
            command_text: Table to write to. `%SETTING%` and `{expression}` are resolved.
            connection_string_setting: Name of the app setting that holds the MySQL connection string; nothing in it
                is resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="orders-mysql")
            @app.mysql_output(arg_name="row", command_text="orders", connection_string_setting="MYSQL")
            def add_mysql_row(req: func.HttpRequest, row: func.Out[func.MySqlRow]) -> str:
                row.set(func.MySqlRow.from_dict(req.get_json()))
                return "stored"

        Binding type `mysql`; azure-functions since 1.23.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-azure-mysql-output
        """
