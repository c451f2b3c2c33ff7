from .app_extension_base import AppExtensionBase as AppExtensionBase
from .extension_meta import ExtensionMeta as ExtensionMeta
from .func_extension_base import FuncExtensionBase as FuncExtensionBase
from .function_extension_exception import FunctionExtensionException as FunctionExtensionException

__all__ = ["ExtensionMeta", "FunctionExtensionException", "AppExtensionBase", "FuncExtensionBase"]
