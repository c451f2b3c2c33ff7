import abc
from logging import Logger
from typing import Any

from azure.functions._abc import Context
from azure.functions.extension.extension_meta import ExtensionMeta

class FuncExtensionBase(metaclass=ExtensionMeta):
    """An extension that runs around every call of the functions in one file.

    Args:
        file_path: `__file__` of the module with the functions.
    """

    @abc.abstractmethod
    def __init__(self, file_path: str) -> None: ...
    def post_function_load(self, function_name: str, function_directory: str, *args: Any, **kwargs: Any) -> None: ...
    def pre_invocation(
        self, logger: Logger, context: Context, func_args: dict[str, object] | None = None, *args: Any, **kwargs: Any
    ) -> None: ...
    def post_invocation(
        self,
        logger: Logger,
        context: Context,
        func_args: dict[str, object] | None = None,
        func_ret: object | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None: ...
