from logging import Logger
from typing import Any

from azure.functions._abc import Context
from azure.functions.extension.extension_meta import ExtensionMeta

class AppExtensionBase(metaclass=ExtensionMeta):
    """An extension that runs around every call of every function of the app."""

    @classmethod
    def init(cls) -> None:
        """Called once, when the class is imported."""

    @classmethod
    def configure(cls, *args: Any, **kwargs: Any) -> None:
        """Called by the app, to set the extension up."""

    @classmethod
    def post_function_load_app_level(
        cls, function_name: str, function_directory: str, *args: Any, **kwargs: Any
    ) -> None: ...
    @classmethod
    def pre_invocation_app_level(
        cls, logger: Logger, context: Context, func_args: dict[str, object] | None = None, *args: Any, **kwargs: Any
    ) -> None: ...
    @classmethod
    def post_invocation_app_level(
        cls,
        logger: Logger,
        context: Context,
        func_args: dict[str, object] | None = None,
        func_ret: object | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None: ...
