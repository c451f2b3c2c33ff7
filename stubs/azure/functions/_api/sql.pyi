"""sql."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Trigger, Input, Output
from azure.functions._api.values import ArgName, SettingText, Text, Sql, StringConnection, DataTypeName
from azure.functions._sql import SqlRow, SqlRowList

F = TypeVar("F", bound=Callable[..., Any])

class SqlTriggers:
    def sql_trigger(
        self,
        arg_name: ArgName,
        table_name: SettingText,
        connection_string_setting: StringConnection,
        leases_table_name: str | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("sqlTrigger", takes=(str, bytes), since="1.18.0", see="functions-bindings-azure-sql-trigger")]:
        """TODO."""

class SqlBindings:
    def sql_input(
        self,
        arg_name: ArgName,
        command_text: Sql,
        connection_string_setting: StringConnection,
        command_type: Literal["Text", "StoredProcedure"] | None = "Text",
        parameters: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Input("sql", takes=(SqlRowList, str, bytes), since="1.18.0", see="functions-bindings-azure-sql-input")]:
        """TODO."""

    def sql_output(
        self,
        arg_name: ArgName,
        command_text: Sql,
        connection_string_setting: StringConnection,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Output("sql", takes=(SqlRow, SqlRowList, str, bytes), since="1.18.0", see="functions-bindings-azure-sql-output")]:
        """TODO."""
