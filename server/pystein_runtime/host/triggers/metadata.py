"""Trigger metadata and binding data, which the worker and the other bindings get beside a trigger's value."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pystein_runtime.host import datetimes, expressions
from pystein_runtime.worker.messages import Datum

if TYPE_CHECKING:
    from collections.abc import Mapping


def combine(metadata: Mapping[str, Any], payload: str = "") -> tuple[dict[str, Datum], dict[str, Any]]:
    """Metadata for the worker, and binding data with names in lower case.

    The properties of a JSON payload override metadata of the same name, without regard to case; the name stays as the
    metadata has it.

    Args:
        metadata: text, moments, or what JSON has.
        payload: the trigger's value, where it is text.
    """
    values = dict(metadata)
    names = {name.lower(): name for name in values}
    for name, value in expressions.payload_properties(payload).items():
        values[names.setdefault(name.lower(), name)] = value
    data = {name.lower(): value for name, value in values.items()}
    return {name: _datum(value) for name, value in values.items()}, data


def _datum(value: object) -> Datum:
    if isinstance(value, datetime):
        return Datum("json", f'"{datetimes.iso(value.timestamp())}"')
    return Datum("string", value) if isinstance(value, str) else Datum("json", json.dumps(value))
