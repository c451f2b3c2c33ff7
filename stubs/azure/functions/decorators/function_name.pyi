"""The classes behind the decorators: the name of a function."""

from typing import Any

from azure.functions.decorators.core import Setting

FUNCTION_NAME: str

class FunctionName(Setting):
    function_name: str

    def __init__(self, function_name: str, **kwargs: Any) -> None: ...
