"""Exceptions of the app, as its author wants to read them: without the frames of those who called it."""

from __future__ import annotations

import os
import traceback
from typing import TYPE_CHECKING, NamedTuple

from .messages import Error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType

_WORKER = os.path.dirname(os.path.abspath(__file__)) + os.sep  # noqa: PTH120, PTH100 - pathlib costs 3 ms
_OUTSIDE = (f"{os.sep}site-packages{os.sep}", f"{os.sep}dist-packages{os.sep}")
# Callers that stand between the worker and the app: the library and what runs its tasks.
_CALLERS = (
    f"{os.sep}azure{os.sep}functions{os.sep}",
    f"{os.sep}azure{os.sep}durable_functions{os.sep}",
    f"{os.sep}importlib{os.sep}__init__.py",
    "<frozen ",
)


class Place(NamedTuple):
    """A line of the app."""

    file: str
    line: int
    function: str


def place_of(function: Callable[..., object]) -> Place | None:
    """Where a function of the app begins, beneath what its decorators and the durable library wrapped around it."""
    inner: object = function
    for _ in range(100):  # a wrapper that wraps itself must not hang us
        for name in ("orchestrator_function", "entity_function", "client_function", "__wrapped__"):
            if hasattr(inner, name):
                inner = getattr(inner, name)
                break
        else:
            break
    code: CodeType | None = getattr(inner, "__code__", None)
    return code and Place(code.co_filename, code.co_firstlineno, code.co_name)


def make_error(error: BaseException, root: str, place: Place | None = None, message: str | None = None) -> Error:
    """An exception of the app for the host.

    Args:
        error: the exception.
        root: the app's folder.
        place: where the mistake is when no frame says so, e.g. the function that could not be indexed.
        message: another text than the exception's own.
    """
    if message is None:
        message = _text_of(error)
    try:
        return _make(error, root, place, message)
    except Exception as fault:  # the app may raise objects on which even the standard library stumbles
        return Error(type(error).__name__, message, f"(its traceback cannot be shown: {fault!r})")


def _make(error: BaseException, root: str, place: Place | None, message: str) -> Error:
    trimmed = traceback.TracebackException(type(error), error, error.__traceback__)
    long = "".join(trimmed.format())
    for link in _chain(trimmed):
        _trim(link)
    if isinstance(error, SyntaxError) and isinstance(error.filename, str) and isinstance(error.lineno, int):
        where: Place | None = Place(error.filename, error.lineno, "")
    else:
        where = _innermost(trimmed.stack, root, place)
        if not trimmed.stack and place is not None:
            trimmed.stack.append(traceback.FrameSummary(place.file, place.line, place.function))
    short = "".join(trimmed.format())
    file, line = (where.file, where.line) if where else (None, None)
    return Error(type(error).__name__, message, short, "" if short == long else long, file, line)


def _text_of(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # the app's __str__ may do anything
        # Text: azure-functions-runtime 1.3.0, utils/tracing.py.
        return "Unhandled exception in function. Could not serialize original exception message."


def _chain(error: traceback.TracebackException) -> Iterator[traceback.TracebackException]:
    """An exception with those that caused it and those it groups: any number, so without recursion."""
    pending: list[traceback.TracebackException | None] = [error]
    while pending:
        link = pending.pop()
        if link is not None:
            yield link
            pending += [link.__cause__, link.__context__, *(getattr(link, "exceptions", None) or ())]


def _trim(error: traceback.TracebackException) -> None:
    """Leave out the frames before the app's first one; all of them where the app has none."""
    frames = list(error.stack)
    start = next((n for n, frame in enumerate(frames) if not _is_caller(frame.filename)), len(frames))
    error.stack[:] = frames[start:]


def _is_caller(filename: str) -> bool:
    return filename.startswith(_WORKER) or any(part in filename for part in _CALLERS)


def _innermost(stack: traceback.StackSummary, root: str, place: Place | None) -> Place | None:
    """The last frame in the app's own files, else the place that the caller knows, else the first frame."""
    frames = list(stack)
    own = next((frame for frame in reversed(frames) if _is_own(frame.filename, root)), None)
    if own is None and place is not None:
        return place
    frame = own or (frames[0] if frames else None)
    return frame and Place(frame.filename, frame.lineno or 0, frame.name)


def _is_own(filename: str, root: str) -> bool:
    within = filename.startswith(os.path.join(root, ""))  # noqa: PTH118 - pathlib costs 3 ms
    return within and not any(part in filename for part in _OUTSIDE)
