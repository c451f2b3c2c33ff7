"""What to say when an orchestrator does not do again what it did: which call has changed, and where it stands.

The place is looked up in the source, which is read and never run.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .model import Action, Call

_WORDS = {
    "activity": "activity '{}'",
    "http": "call_http",
    "orchestration": "sub-orchestration '{}'",
    "timer": "timer",
    "call": "call of the operation '{}' of an entity",
    "signal": "signal '{}' to an entity",
    "lock": "lock of entities",
    "unlock": "end of a lock of entities",
    "send": "event '{}' to another orchestration",
}
_METHODS = {
    "activity": ("call_activity", "call_activity_with_retry"),
    "http": ("call_http",),
    "orchestration": ("call_sub_orchestrator", "call_sub_orchestrator_with_retry"),
    "timer": ("create_timer",),
    "call": ("call_entity",),
    "signal": ("signal_entity",),
    "lock": ("lock_entities",),
    "send": ("send_event",),
}
"""The context's methods that make such a call."""
_NAMED = {"activity": 0, "orchestration": 0, "call": 1, "signal": 1, "send": 1}
"""Which argument has the name."""
_CAUSE = (
    "Either the orchestrator was changed while this instance was running, or it decides by something that is not the"
    " same at every replay, such as the time, random numbers, settings or I/O. Start the instance anew, or bring the"
    " former code back and rewind it."
)


class Orchestrator(NamedTuple):
    """The function that an instance runs."""

    name: str
    file: str
    """Where it stands; empty: nobody knows."""
    line: int


def changed(orchestrator: Orchestrator, position: int, call: Call, action: Action) -> str:
    """Another call is made in the place of one that was made."""
    return (
        f"Non-deterministic workflow detected: call {position + 1} of the orchestrator '{orchestrator.name}' was the"
        f" {_words(call)} (sequence ID {call.number}) when it first ran, and is the {_words(action)} now"
        f"{_place(orchestrator, action)}. {_CAUSE}"
    )


def missing(orchestrator: Orchestrator, position: int, call: Call) -> str:
    """A call is not made any more."""
    return (
        f"Non-deterministic workflow detected: call {position + 1} of the orchestrator '{orchestrator.name}'"
        f"{_beginning(orchestrator)} was the {_words(call)} (sequence ID {call.number}) when it first ran, and is not"
        f" made any more. {_CAUSE}"
    )


def told_by_package(orchestrator: Orchestrator, text: str) -> str:
    """The package has found out by itself."""
    return (
        f"Non-deterministic workflow detected in the orchestrator '{orchestrator.name}'{_beginning(orchestrator)}:"
        f" {text} {_CAUSE}"
    )


def doubt(orchestrator: Orchestrator, position: int, call: Call, action: Action) -> str:
    """The same call is made with another argument."""
    what = "moment" if call.kind == "timer" else "input"
    return (
        f"Call {position + 1} of the orchestrator '{orchestrator.name}', the {_words(call)}{_place(orchestrator, action)},"
        f" was made with the {what} {_short(call.input)} when it first ran, and with {_short(action.input)} now: the first"
        " one counts. The orchestrator uses something that is not the same at every replay, such as the time or random"
        " numbers."
    )


def _words(call: Call | Action) -> str:
    return _WORDS[call.kind].format(call.name)


def _short(text: str | None) -> str:
    return str(text) if text is None or len(text) <= 80 else f"{text[:77]}..."


# -- places ---------------------------------------------------------------------------------------------------


def _place(orchestrator: Orchestrator, action: Action) -> str:
    """Where a call is made, as far as its lines can be told apart from others."""
    lines = sorted({call.lineno for call in _calls(orchestrator) if _makes(call, action)})
    if not lines:
        return _beginning(orchestrator)
    numbers = " or ".join(map(str, lines))
    return f" ({Path(orchestrator.file).name}, line {numbers})"


def _beginning(orchestrator: Orchestrator) -> str:
    if not orchestrator.file:
        return ""
    return f" ({Path(orchestrator.file).name}, line {orchestrator.line})"


def _calls(orchestrator: Orchestrator) -> Iterator[ast.Call]:
    """The calls in the orchestrator's code as it is now."""
    try:
        tree = ast.parse(Path(orchestrator.file).read_bytes())
    except (OSError, SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            if first == orchestrator.line:
                yield from (item for item in ast.walk(node) if isinstance(item, ast.Call))


def _makes(call: ast.Call, action: Action) -> bool:
    method = call.func.attr if isinstance(call.func, ast.Attribute) else None
    if method not in _METHODS.get(action.kind, ()):
        return False
    position = _NAMED.get(action.kind)
    if position is None or len(call.args) <= position:
        return True
    name = call.args[position]
    if isinstance(name, ast.Constant):
        return str(name.value).lower() == action.name.lower()
    return not isinstance(name, ast.Name) or name.id.lower() == action.name.lower()
