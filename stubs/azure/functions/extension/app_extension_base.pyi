from .._abc import Context as Context
from .extension_meta import ExtensionMeta as ExtensionMeta
from .extension_scope import ExtensionScope as ExtensionScope
from logging import Logger

class AppExtensionBase(metaclass=ExtensionMeta):
    @classmethod
    def init(cls) -> None: ...
    @classmethod
    def configure(cls, *args, **kwargs) -> None: ...
    @classmethod
    def post_function_load_app_level(cls, function_name: str, function_directory: str, *args, **kwargs) -> None: ...
    @classmethod
    def pre_invocation_app_level(
        cls, logger: Logger, context: Context, func_args: dict[str, object] | None = None, *args, **kwargs
    ) -> None: ...
    @classmethod
    def post_invocation_app_level(
        cls,
        logger: Logger,
        context: Context,
        func_args: dict[str, object] | None = None,
        func_ret: object | None = None,
        *args,
        **kwargs,
    ) -> None: ...
