"""A pytest plugin: functions of an app are called by name, with their bindings, in a local cloud of their own.

It is there wherever pystein-lsp is installed beside pytest; docs/testing.md shows it. Nothing of the runtime is imported
before a test asks for it.
"""

from .cloud import LocalCloud
from .durable import Call, Durable, Orchestration, OrchestrationError, Replacement, durable
from .fixtures import function_app, load_function_app, local_cloud, pytest_addoption
from .function_app import FunctionApp
from .results import AppError, FunctionError, InvocationError, LogRecord, Response, Result
from .undecorated import undecorated

__all__ = [
    "AppError",
    "Call",
    "Durable",
    "FunctionApp",
    "FunctionError",
    "InvocationError",
    "LocalCloud",
    "LogRecord",
    "Orchestration",
    "OrchestrationError",
    "Replacement",
    "Response",
    "Result",
    "durable",
    "function_app",
    "load_function_app",
    "local_cloud",
    "pytest_addoption",
    "undecorated",
]
