"""Importing the app as the official worker does (azure-functions-runtime 1.3.0, loader.py, utils/validators.py)."""

from __future__ import annotations

import importlib
import os
import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from .bindings import Bindings
from .bytecode import keep_none_of
from .durable import replay_faster
from .indexing import IndexedFunction, index_function
from .messages import Error, Function, Problem
from .streaming import Streaming, find_streaming
from .tracebacks import Place, make_error, place_of

if TYPE_CHECKING:
    from types import ModuleType

_PACKAGES = os.path.join(".python_packages", "lib", "site-packages")  # noqa: PTH118 - pathlib costs 3 ms
_FILE_NAME = re.compile(r"^[a-zA-Z0-9_][a-zA-Z0-9_\-]*\.py$")
_MODULE_HINT = (
    "Cannot find module. Please check the requirements.txt file for the missing module. For more info, please refer "
    "the troubleshooting guide: https://aka.ms/functions-modulenotfound. Current sys.path: "
)


class InvalidFileNameError(Exception):
    """A setting PYTHON_SCRIPT_FILE_NAME that the platform refuses; the text is as odd as the platform's."""

    def __init__(self, file_name: str) -> None:
        super().__init__("Invalid file name: %s", file_name)


class App(NamedTuple):
    """A loaded app."""

    functions: dict[str, IndexedFunction]  # by name
    bindings: Bindings
    problems: list[Problem]
    container: Any  # the library's FunctionApp
    streaming: Streaming | None  # where the app's HTTP goes past the protocol


class LoadError(Exception):
    """The app cannot be loaded; says why, for the host."""

    def __init__(self, error: Error) -> None:
        super().__init__(error.message)
        self.error = error


def use_app_folder(root: str) -> None:
    """Make the app's folder the first place of the search path and the working directory."""
    packages = os.path.join(root, _PACKAGES)  # noqa: PTH118 - pathlib costs 3 ms
    places = [root, packages]
    sys.path[:] = places + [place for place in sys.path if place not in (*places, "")]
    os.chdir(root)
    keep_none_of(root)


def find_library() -> ModuleType | None:
    """The app's azure.functions; None when its interpreter has none that can be imported."""
    try:
        library = importlib.import_module("azure.functions")
        importlib.import_module("azure.functions.meta")
    except Exception:  # the app's own import will say what is wrong, with its place
        return None
    return library


def load_app(root: str, entry: str) -> App:
    """Import the app and index it.

    Raises:
        LoadError: the platform would load none of its functions.
    """
    try:
        return _load(root, entry)
    except LoadError:
        raise
    except BaseException as error:  # the app's module may even exit
        raise LoadError(make_error(error, root)) from error


def _load(root: str, entry: str) -> App:
    if not _FILE_NAME.match(entry):
        raise InvalidFileNameError(entry)
    file = os.path.join(root, entry)  # noqa: PTH118 - pathlib costs 3 ms
    if not os.path.exists(file):  # noqa: PTH110 - pathlib costs 3 ms
        raise FileNotFoundError(f"{entry} does not exist in {root}.")
    try:
        container = _find_container(importlib.import_module(entry.removesuffix(".py")), entry)
        functions = _get_functions(container, root)
    except ImportError as error:
        text = (getattr(error, "msg", None) or str(error)).rstrip(".")
        text = f"{text}. {_MODULE_HINT}{' '.join(sys.path)}"
        raise LoadError(make_error(error, root, message=text)) from error
    library = find_library()
    assert library is not None, "it has made the container"
    replay_faster()
    streaming = find_streaming()
    bindings = Bindings(library, _find_deferred(), streaming and streaming.extension)
    indexed = {}
    for function in functions:
        try:
            one = index_function(function, bindings)
        except Exception as error:
            raise LoadError(make_error(error, root, place_of(function.get_user_function()))) from error
        indexed[one.name] = one
    problems = [] if indexed else [_no_functions(container, entry)]
    return App(indexed, bindings, problems, container, streaming)


def _find_container(module: ModuleType, entry: str) -> Any:
    """The one function app among the module's names.

    Raises:
        ValueError: there is none, or more than one, or one under two names.
        ImportError: the library is too old for this programming model.
    """
    from azure.functions import FunctionRegister  # noqa: PLC0415 - the app's own library, which the app chooses

    found = None
    for name in module.__dir__():  # in the order of their definition
        value = getattr(module, name, None)
        if isinstance(value, FunctionRegister):
            if found is not None:
                raise ValueError(
                    f"More than one {type(found).__name__} or other top level function app instances are defined."
                )
            found = value
    if found is None:
        raise ValueError(f"Could not find top level function app instances in {entry}.")
    return found


def _get_functions(container: Any, root: str) -> list[Any]:
    """The library's functions, which it checks at this point."""
    try:
        functions: list[Any] = container.get_functions()
    except ValueError as error:
        raise LoadError(make_error(error, root, _place_of_mentioned(container, str(error)))) from error
    return functions


def _place_of_mentioned(container: Any, message: str) -> Place | None:
    """Where the last function stands that the library's message names: the library has no line to offer."""
    place = None
    for builder in getattr(container, "_function_builders", ()):
        function = getattr(builder, "_function", None)
        if function is not None and f"Function {function.get_function_name()} " in message:
            place = place_of(function.get_user_function())
    return place


def _find_deferred() -> Any:
    """The registry of SDK-type bindings, where the app has imported it: only then can it use one."""
    extension = sys.modules.get("azurefunctions.extensions.base")
    return extension and extension.get_binding_registry()


def _no_functions(container: Any, entry: str) -> Problem:
    kind = type(container).__name__
    return Problem(
        f"The {kind} of {entry} has no functions: it decorates none, and no blueprint with functions is registered.",
        file=entry,
    )


def describe(function: IndexedFunction) -> Function:
    """A function for the host."""
    place = place_of(function.call) or Place("", 0, "")
    return Function(
        function.name,
        function.id,
        function.directory,
        place.file,
        place.line,
        function.bindings,
        function.retry,
        function.http_parameter is not None,
        function.is_async,
    )
