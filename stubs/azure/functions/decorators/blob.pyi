from _typeshed import Incomplete
from azure.functions.decorators.constants import BLOB as BLOB, BLOB_TRIGGER as BLOB_TRIGGER
from azure.functions.decorators.core import (
    BlobSource as BlobSource,
    DataType as DataType,
    InputBinding as InputBinding,
    OutputBinding as OutputBinding,
    Trigger as Trigger,
)

class BlobTrigger(Trigger):
    path: Incomplete
    connection: Incomplete
    source: Incomplete
    def __init__(
        self,
        name: str,
        path: str,
        connection: str,
        source: BlobSource | None = None,
        data_type: DataType | None = None,
        **kwargs,
    ) -> None: ...
    @staticmethod
    def get_binding_name() -> str: ...

class BlobInput(InputBinding):
    path: Incomplete
    connection: Incomplete
    def __init__(self, name: str, path: str, connection: str, data_type: DataType | None = None, **kwargs) -> None: ...
    @staticmethod
    def get_binding_name() -> str: ...

class BlobOutput(OutputBinding):
    path: Incomplete
    connection: Incomplete
    def __init__(self, name: str, path: str, connection: str, data_type: DataType | None = None, **kwargs) -> None: ...
    @staticmethod
    def get_binding_name() -> str: ...
