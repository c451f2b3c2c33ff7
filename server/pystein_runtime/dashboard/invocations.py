"""Invocations: their list, in which a page of 10,000 is small, and each with all that is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pystein_runtime.host import results
from pystein_runtime.host.history import is_whole

from . import values
from .values import Unusable

if TYPE_CHECKING:
    from pystein_runtime.host.app_host import AppHost
    from pystein_runtime.host.invocation import Outcome

PAGE = 2000
"""Invocations of one answer."""


def listed(host: AppHost, after: int, limit: int = PAGE) -> dict[str, Any]:
    """The invocations after a number, the oldest first; `next` is what to ask with the next time."""
    found: list[dict[str, Any]] = []
    for number, outcome in host.history.since(after):
        if len(found) == limit:
            break
        found.append(summary(number, outcome))
    return {"invocations": found, "next": found[-1]["number"] if found else max(after, host.history.newest)}


def summary(number: int, outcome: Outcome) -> dict[str, Any]:
    """An invocation as a line of the list."""
    error = outcome.error
    line = {
        "number": number,
        "invocationId": outcome.id,
        "function": outcome.function,
        "status": "succeeded" if outcome.ok else "failed",
        "started": values.moment(outcome.started),
        "durationMs": round(outcome.milliseconds, 1),
        "reason": outcome.reason,
    }
    return line if error is None else {**line, "error": f"{error.type}: {error.message}"[:300]}


def shown(host: AppHost, id_: str) -> dict[str, Any]:
    """All that is known of an invocation.

    Raises:
        Unusable: it is forgotten.
    """
    outcome = _find(host, id_)
    function = host.app.functions.find(outcome.function)
    shape: dict[str, Any] = results.to_json(outcome, function) if function else {"function": outcome.function}
    returned = shape.get("return")
    if isinstance(returned, dict) and isinstance(returned.get("headers"), dict):
        shape["return"] = {**returned, "headers": values.without_secrets(returned["headers"])}
    event = outcome.event
    return {
        **shape,
        "started": values.moment(outcome.started),
        "reason": outcome.reason,
        "notes": outcome.notes,
        "whole": is_whole(outcome),
        "input": None if event is None else values.given(event.datum),
        "metadata": {} if event is None else {name: results.value_of(datum) for name, datum in event.metadata.items()},
    }


def again(host: AppHost, id_: str) -> str:
    """Run a function with the same event once more; gives its name.

    Raises:
        Unusable: the event is forgotten, or the function is gone.
    """
    outcome = _find(host, id_)
    function = host.app.functions.find(outcome.function)
    if function is None:
        raise Unusable(host.app.unknown(outcome.function), 404)
    if outcome.event is None or outcome.event.datum.type is None:
        raise Unusable("What set this invocation off is no longer kept.", 410)
    host.later(host.app.run(function, outcome.event._replace(id=None, trace=None)))
    return function.name


def _find(host: AppHost, id_: str) -> Outcome:
    outcome = host.history.find(id_)
    if outcome is None:
        raise Unusable("This invocation is no longer kept.", 404)
    return outcome
