import abc
from typing import Any

from azure.functions.extension.app_extension_hooks import AppExtensionHooks
from azure.functions.extension.func_extension_hooks import FuncExtensionHooks

class ExtensionMeta(abc.ABCMeta):
    """Registers extensions when their classes are made."""

    def __init__(cls, *args: Any, **kwargs: Any) -> None: ...
    def __call__(cls, *args: Any, **kwargs: Any) -> Any: ...
    @classmethod
    def get_function_hooks(cls, name: str) -> FuncExtensionHooks | None: ...
    @classmethod
    def get_application_hooks(cls) -> AppExtensionHooks | None: ...
    @classmethod
    def get_registered_extensions_json(cls) -> str: ...
