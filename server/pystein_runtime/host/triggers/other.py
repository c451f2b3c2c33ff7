"""Triggers whose service this version does not listen to: their functions can be run by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pystein_runtime.worker.messages import Datum

from . import BY_HAND, Event
from .metadata import combine

if TYPE_CHECKING:
    from pystein_runtime.host.functions import Function


def from_data(_function: Function, data: str) -> Event:
    """The event of a payload: JSON, or text."""
    try:
        json.loads(data)
        kind = "json"
    except ValueError:
        kind = "string"
    metadata, binding_data = combine({}, data)
    return Event(Datum(kind, data), metadata, binding_data, BY_HAND)
