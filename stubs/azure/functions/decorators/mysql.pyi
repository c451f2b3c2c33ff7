from _typeshed import Incomplete
from azure.functions.decorators.constants import MYSQL as MYSQL, MYSQL_TRIGGER as MYSQL_TRIGGER
from azure.functions.decorators.core import (
    DataType as DataType,
    InputBinding as InputBinding,
    OutputBinding as OutputBinding,
    Trigger as Trigger,
)

class MySqlInput(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    command_text: Incomplete
    connection_string_setting: Incomplete
    command_type: Incomplete
    parameters: Incomplete
    def __init__(
        self,
        name: str,
        command_text: str,
        connection_string_setting: str,
        command_type: str | None = "Text",
        parameters: str | None = None,
        data_type: DataType | None = None,
        **kwargs,
    ) -> None: ...

class MySqlOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    command_text: Incomplete
    connection_string_setting: Incomplete
    def __init__(
        self, name: str, command_text: str, connection_string_setting: str, data_type: DataType | None = None, **kwargs
    ) -> None: ...

class MySqlTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    table_name: Incomplete
    connection_string_setting: Incomplete
    leases_table_name: Incomplete
    def __init__(
        self,
        name: str,
        table_name: str,
        connection_string_setting: str,
        leases_table_name: str | None = None,
        data_type: DataType | None = None,
        **kwargs,
    ) -> None: ...
