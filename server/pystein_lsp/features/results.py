"""The result of a run in words."""

from __future__ import annotations

from typing import Any

_LONG = 200
_RUNNING = "still runs after "


def headline(result: dict[str, Any]) -> str:
    """One line: `hello: 200 in 12 ms`, `purge: succeeded in 3 ms`, `hello: ValueError: boom (after 8 ms)`."""
    text = outcome(result)
    return f"{result.get('function')}{' ' if text.startswith(_RUNNING) else ': '}{text}"


def outcome(result: dict[str, Any]) -> str:
    """The same without the function's name."""
    took = duration(result.get("durationMs"))
    error = result.get("error")
    if isinstance(error, dict):
        message = str(error.get("message") or "").strip().split("\n", 1)[0]
        what = f"{error.get('type')}: {message[:_LONG]}" if message else str(error.get("type"))
        return f"{what} (after {took})"
    for note in result.get("notes") or ():
        said = str(note).removeprefix(f"{result.get('function')} ")
        if said.startswith(_RUNNING):  # an orchestration that waits is not over
            return said.partition(";")[0]
    status = http_status(result)
    return f"{status if status is not None else result.get('status')} in {took}"


def went_wrong(result: dict[str, Any]) -> bool:
    """Whether it failed, or answered with a status of failure."""
    return result.get("status") == "failed" or (http_status(result) or 0) >= 400


def http_status(result: dict[str, Any]) -> int | None:
    """The status of an HTTP answer; None for everything else."""
    value = result.get("return")
    if isinstance(value, dict) and isinstance(value.get("headers"), dict) and isinstance(value.get("status"), int):
        return int(value["status"])
    return None


def duration(milliseconds: Any) -> str:
    """A duration as a person says it: `0.4 ms`, `12 ms`, `1.5 s`."""
    if not isinstance(milliseconds, (int, float)):
        return "no time"
    if milliseconds >= 1000:
        return f"{milliseconds / 1000:.1f} s"
    return f"{milliseconds:.0f} ms" if milliseconds >= 1 else f"{milliseconds:.1f} ms"
