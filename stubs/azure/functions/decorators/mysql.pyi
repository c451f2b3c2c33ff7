"""The classes behind the decorators: MySQL bindings."""

from typing import Any

from azure.functions.decorators.core import DataType, InputBinding, OutputBinding, Trigger

class MySqlInput(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    command_text: str
    connection_string_setting: str
    command_type: str | None
    parameters: str | None

    def __init__(
        self,
        name: str,
        command_text: str,
        connection_string_setting: str,
        command_type: str | None = "Text",
        parameters: str | None = None,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

class MySqlOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    command_text: str
    connection_string_setting: str

    def __init__(
        self,
        name: str,
        command_text: str,
        connection_string_setting: str,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

class MySqlTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    table_name: str
    connection_string_setting: str
    leases_table_name: str | None

    def __init__(
        self,
        name: str,
        table_name: str,
        connection_string_setting: str,
        leases_table_name: str | None = None,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...
