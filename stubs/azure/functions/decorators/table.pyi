"""The classes behind the decorators: table bindings."""

from azure.functions.decorators.core import DataType, InputBinding, OutputBinding

class TableInput(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    connection: str
    table_name: str
    row_key: str | None
    partition_key: str | None
    take: int | None
    filter: str | None

    def __init__(
        self,
        name: str,
        connection: str,
        table_name: str,
        row_key: str | None = None,
        partition_key: str | None = None,
        take: int | None = None,
        filter: str | None = None,
        data_type: DataType | None = None,
    ) -> None: ...

class TableOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    connection: str
    table_name: str
    row_key: str | None
    partition_key: str | None

    def __init__(
        self,
        name: str,
        connection: str,
        table_name: str,
        row_key: str | None = None,
        partition_key: str | None = None,
        data_type: DataType | None = None,
    ) -> None: ...
