"""Extensions of the Python worker: code that runs around every call."""

from .app_extension_base import AppExtensionBase
from .extension_meta import ExtensionMeta
from .func_extension_base import FuncExtensionBase
from .function_extension_exception import FunctionExtensionException

__all__ = ["AppExtensionBase", "ExtensionMeta", "FuncExtensionBase", "FunctionExtensionException"]
