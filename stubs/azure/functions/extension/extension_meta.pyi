import abc
from .._jsonutils import json as json
from .app_extension_hooks import AppExtensionHooks as AppExtensionHooks
from .extension_hook_meta import ExtensionHookMeta as ExtensionHookMeta
from .extension_scope import ExtensionScope as ExtensionScope
from .func_extension_hooks import FuncExtensionHooks as FuncExtensionHooks
from .function_extension_exception import FunctionExtensionException as FunctionExtensionException

class ExtensionMeta(abc.ABCMeta):
    def __init__(cls, *args, **kwargs) -> None: ...
    def __call__(cls, *args, **kwargs): ...
    @classmethod
    def get_function_hooks(cls, name: str) -> FuncExtensionHooks | None: ...
    @classmethod
    def get_application_hooks(cls) -> AppExtensionHooks | None: ...
    @classmethod
    def get_registered_extensions_json(cls) -> str: ...
