from _typeshed import Incomplete
from azure.functions.decorators.core import Setting as Setting

FUNCTION_NAME: str

class FunctionName(Setting):
    function_name: Incomplete
    def __init__(self, function_name: str, **kwargs) -> None: ...
