"""The classes behind the decorators: blob bindings."""

from typing import Any

from azure.functions.decorators.core import BlobSource, DataType, InputBinding, OutputBinding, Trigger

class BlobTrigger(Trigger):
    path: str
    connection: str
    source: BlobSource | None

    def __init__(
        self,
        name: str,
        path: str,
        connection: str,
        source: BlobSource | None = None,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...
    @staticmethod
    def get_binding_name() -> str: ...

class BlobInput(InputBinding):
    path: str
    connection: str

    def __init__(
        self, name: str, path: str, connection: str, data_type: DataType | None = None, **kwargs: Any
    ) -> None: ...
    @staticmethod
    def get_binding_name() -> str: ...

class BlobOutput(OutputBinding):
    path: str
    connection: str

    def __init__(
        self, name: str, path: str, connection: str, data_type: DataType | None = None, **kwargs: Any
    ) -> None: ...
    @staticmethod
    def get_binding_name() -> str: ...
