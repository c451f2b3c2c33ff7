"""What the Service Bus and Event Hubs triggers have in common: values of messages as the worker gets them."""

from __future__ import annotations

import base64
import contextlib
import json
import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pystein_lsp.ncrontab.timespan import seconds_of
from pystein_runtime.host import datetimes
from pystein_runtime.worker.messages import Datum

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pystein_runtime.host.functions import Function
    from pystein_runtime.host.host_config import HostConfig

NEVER = 253402300799.0  # 9999-12-31T23:59:59Z: how .NET writes that something does not expire


def plain(value: Any) -> Any:
    """A value of AMQP as JSON has it."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, datetime):
        return datetimes.iso(value.timestamp())
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def text_of(body: bytes) -> str | None:
    """A body as text; None when it is none."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def one(function: Function, body: bytes) -> Datum:
    """One body: text, unless the function wants bytes or it is none."""
    text = None if wants_bytes(function) else text_of(body)
    return Datum("bytes", body) if text is None else Datum("string", text)


def many(function: Function, bodies: Sequence[bytes]) -> Datum:
    """Several bodies."""
    texts = [] if wants_bytes(function) else [text_of(body) for body in bodies]
    if not texts or None in texts:
        return Datum("collection_bytes", list(bodies))
    return Datum("collection_string", texts)


def wants_bytes(function: Function) -> bool:
    """Whether `data_type` says binary."""
    return str(function.trigger.properties.get("dataType", "")).lower() == "binary"


def is_many(function: Function) -> bool:
    """Whether the function takes several at once."""
    return str(function.trigger.properties.get("cardinality", "")).lower() == "many"


def given(function: Function, data: str) -> list[str]:
    """The bodies that somebody gave by hand; for many, the elements of a JSON array are bodies."""
    if is_many(function):
        with contextlib.suppress(ValueError, RecursionError):
            value = json.loads(data)
            if isinstance(value, list):
                return [item if isinstance(item, str) else json.dumps(item) for item in value]
    return [data]


def array(values: Sequence[Any]) -> Datum:
    """Metadata of several messages."""
    return Datum("json", json.dumps([plain(value) for value in values]))


def collection(values: Sequence[Any]) -> Datum:
    """Metadata of several messages as a collection, where they are of one kind, else as JSON.

    azure-functions takes what it wants out of a collection, but parses JSON afresh for every message. The platform sends
    arrays of texts and numbers as collections, too (azure-functions-host, `RpcMessageConversionExtensions`).
    """
    found = [plain(value) for value in values]
    kinds = {type(value) for value in found}
    if kinds == {str}:
        return Datum("collection_string", found)
    if kinds == {int}:
        return Datum("collection_sint64", found)
    return Datum("collection_string", []) if kinds == {type(None)} else Datum("json", json.dumps(found))


def number(config: HostConfig, section: str, name: str, default: int) -> int:
    """A number of `extensions` in host.json; the default where it is none or not above zero."""
    value = setting(config, section, name)
    try:
        result = default if value is None else int(str(value))
    except ValueError:
        return default
    return result if result > 0 else default


def span(config: HostConfig, section: str, name: str, default: float) -> float:
    """A time span of `extensions` in host.json, in seconds; the default where it is none or not above zero."""
    value = setting(config, section, name)
    seconds = None if value is None else seconds_of(str(value))
    return seconds if seconds is not None and seconds > 0 else default


def setting(config: HostConfig, section: str, *path: str) -> Any:
    """A value of `extensions` in host.json; None: it is not there."""
    found: Any = config.extensions.get(section.lower())
    for name in path:
        found = found.get(name.lower()) if isinstance(found, dict) else None
    return found
