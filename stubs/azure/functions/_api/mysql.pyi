"""mysql."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Trigger, Input, Output
from azure.functions._api.values import ArgName, SettingText, Text, Sql, StringConnection, DataTypeName
from azure.functions._mysql import MySqlRow, MySqlRowList

F = TypeVar("F", bound=Callable[..., Any])

class MySqlTriggers:
    def mysql_trigger(
        self,
        arg_name: ArgName,
        table_name: SettingText,
        connection_string_setting: StringConnection,
        leases_table_name: str | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("mysqlTrigger", takes=(MySqlRowList, str, bytes), since="1.23.0", see="functions-bindings-azure-mysql-trigger")]:
        """TODO."""

class MySqlBindings:
    def mysql_input(
        self,
        arg_name: ArgName,
        command_text: Sql,
        connection_string_setting: StringConnection,
        command_type: Literal["Text", "StoredProcedure"] | None = "Text",
        parameters: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Input("mysql", takes=(MySqlRowList, str, bytes), since="1.23.0", see="functions-bindings-azure-mysql-input")]:
        """TODO."""

    def mysql_output(
        self,
        arg_name: ArgName,
        command_text: Sql,
        connection_string_setting: StringConnection,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Output("mysql", takes=(MySqlRow, MySqlRowList, str, bytes), since="1.23.0", see="functions-bindings-azure-mysql-output")]:
        """TODO."""
