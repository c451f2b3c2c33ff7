from azure.functions.decorators.core import (
    DataType as DataType,
    InputBinding as InputBinding,
    OutputBinding as OutputBinding,
    Trigger as Trigger,
)

class GenericInputBinding(InputBinding):
    @staticmethod
    def get_binding_name() -> None: ...
    def __init__(self, name: str, type: str, data_type: DataType | None = None, **kwargs) -> None: ...

class GenericOutputBinding(OutputBinding):
    @staticmethod
    def get_binding_name() -> None: ...
    def __init__(self, name: str, type: str, data_type: DataType | None = None, **kwargs) -> None: ...

class GenericTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> None: ...
    def __init__(self, name: str, type: str, data_type: DataType | None = None, **kwargs) -> None: ...
