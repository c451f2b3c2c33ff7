"""An invocation's outcome in the shape that `invoke`, the lens and the tests show."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from . import datetimes
from .http import responses

if TYPE_CHECKING:
    from pystein_runtime.worker.messages import Datum, Error, Log

    from .functions import Function
    from .invocation import Outcome


def to_json(outcome: Outcome, function: Function) -> dict[str, Any]:
    """The outcome as an object of JSON."""
    error = outcome.error
    return {
        "function": outcome.function,
        "invocationId": outcome.id,
        "status": "succeeded" if outcome.ok else "failed",
        "durationMs": round(outcome.milliseconds, 3),
        "return": _returned(outcome, function),
        "outputs": {name: value_of(datum) for name, datum in outcome.outputs.items()},
        "logs": [log_to_json(record) for record in outcome.logs],
        "error": None
        if error is None
        else {
            "type": error.type,
            "message": error.message,
            "traceback": error.traceback,
            "file": error.file,
            "line": error.line,
        },
        **({"notes": outcome.notes} if outcome.notes else {}),
    }


def load_failure(function: str, text: str, error: Error | None) -> dict[str, Any]:
    """The outcome of a function whose app cannot be loaded: as of one that failed, without an invocation."""
    return {
        "function": function,
        "invocationId": None,
        "status": "failed",
        "durationMs": 0.0,
        "return": None,
        "outputs": {},
        "logs": [],
        "error": {
            "type": error.type if error else "AppCannotBeLoaded",
            "message": error.message if error else text,
            "traceback": text,
            "file": error.file if error else None,
            "line": error.line if error else None,
        },
    }


def _returned(outcome: Outcome, function: Function) -> Any:
    if function.trigger_type == "httptrigger":
        return responses.shown(responses.to_response(outcome.return_value)) if outcome.ok else None
    return None if outcome.return_value is None else value_of(outcome.return_value)


def value_of(datum: Datum) -> Any:
    """A value as JSON has it; bytes are text, or `{"base64": ...}` when they are none."""
    kind, value = datum
    if kind == "json":
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    if kind == "bytes":
        return _bytes(value)
    if kind == "collection_bytes":
        return [_bytes(item) for item in value]
    if kind == "http":
        return responses.shown(responses.to_response(datum))
    return None if kind is None else value


def _bytes(value: bytes) -> Any:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(value).decode()}


def log_to_json(record: Log) -> dict[str, Any]:
    """One record."""
    shown = {
        "level": record.level,
        "message": record.message,
        "category": record.category,
        "time": datetimes.iso(record.time),
    }
    return {**shown, "exception": record.exception} if record.exception else shown
