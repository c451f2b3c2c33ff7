"""Invocations: their list, in which a page of 10,000 is small, and each with all that is known of it."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Any

from pystein_runtime.host import results
from pystein_runtime.host.history import is_whole

from . import values
from .values import Unusable

if TYPE_CHECKING:
    from collections.abc import Iterator

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


async def with_text(host: AppHost, text: str) -> list[int]:
    """The numbers of the invocations that have a text, whatever its case, in what they logged, got or gave."""
    known = list(host.history.since(0))
    return await asyncio.to_thread(_numbers_with, known, text.casefold())


def _numbers_with(known: list[tuple[int, Outcome]], wanted: str) -> list[int]:
    return [number for number, outcome in known if any(wanted in part.casefold() for part in _parts(outcome))]


def _parts(outcome: Outcome) -> Iterator[str]:
    for record in outcome.logs:
        yield from (record.message, record.exception or "")
    if outcome.error is not None:
        yield outcome.error.message
    if outcome.event is not None:
        yield from _texts(values.given(outcome.event.datum))
    if outcome.return_value is not None:
        yield from _texts(_returned(results.value_of(outcome.return_value)))
    for datum in outcome.outputs.values():
        yield from _texts(results.value_of(datum))


def _texts(value: Any) -> Iterator[str]:
    """A value as people see it: text within a request or a response as it is, JSON without escapes."""
    if isinstance(value, str):
        yield value
        if "\\u" not in value:
            return
        with contextlib.suppress(ValueError):
            yield json.dumps(json.loads(value), ensure_ascii=False)
        return
    yield json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, dict):
        for part in value.values():
            if isinstance(part, str):
                yield from _texts(part)


def _returned(value: Any) -> Any:
    """What a function returned; of a response without the headers that carry secrets."""
    if isinstance(value, dict) and isinstance(value.get("headers"), dict):
        return {**value, "headers": values.without_secrets(value["headers"])}
    return value


def shown(host: AppHost, id_: str) -> dict[str, Any]:
    """All that is known of an invocation.

    Raises:
        Unusable: it is forgotten.
    """
    outcome = _find(host, id_)
    function = host.app.functions.find(outcome.function)
    shape: dict[str, Any] = results.to_json(outcome, function) if function else {"function": outcome.function}
    event = outcome.event
    return {
        **shape,
        "return": _returned(shape.get("return")),
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
