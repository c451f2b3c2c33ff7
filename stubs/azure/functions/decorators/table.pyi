from _typeshed import Incomplete
from azure.functions.decorators.constants import TABLE as TABLE
from azure.functions.decorators.core import (
    DataType as DataType,
    InputBinding as InputBinding,
    OutputBinding as OutputBinding,
)

class TableInput(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    connection: Incomplete
    table_name: Incomplete
    row_key: Incomplete
    partition_key: Incomplete
    take: Incomplete
    filter: Incomplete
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
    connection: Incomplete
    table_name: Incomplete
    row_key: Incomplete
    partition_key: Incomplete
    def __init__(
        self,
        name: str,
        connection: str,
        table_name: str,
        row_key: str | None = None,
        partition_key: str | None = None,
        data_type: DataType | None = None,
    ) -> None: ...
