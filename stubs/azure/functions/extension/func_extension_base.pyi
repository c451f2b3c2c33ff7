import abc
from .._abc import Context as Context
from .extension_meta import ExtensionMeta as ExtensionMeta
from .extension_scope import ExtensionScope as ExtensionScope
from .function_extension_exception import FunctionExtensionException as FunctionExtensionException
from logging import Logger

class FuncExtensionBase(metaclass=ExtensionMeta):
    @abc.abstractmethod
    def __init__(self, file_path: str): ...
    def post_function_load(self, function_name: str, function_directory: str, *args, **kwargs) -> None: ...
    def pre_invocation(
        self, logger: Logger, context: Context, func_args: dict[str, object] | None = None, *args, **kwargs
    ) -> None: ...
    def post_invocation(
        self,
        logger: Logger,
        context: Context,
        func_args: dict[str, object] | None = None,
        func_ret: object | None = None,
        *args,
        **kwargs,
    ) -> None: ...
