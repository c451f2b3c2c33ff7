"""Data of our protocol in the JSON that the oracle's scripts read and write."""

import base64
from typing import Any

from pystein_runtime.worker.protocol import Datum


def to_json(datum: Datum) -> dict[str, Any]:
    """For the oracle."""
    kind, value = datum
    if kind == "http":
        value = {**value._asdict(), "body": to_json(value.body)}
    return {"type": kind, "value": _plain(value)}


def from_datum(datum: Datum | None) -> dict[str, Any] | None:
    """As the oracle writes it."""
    if datum is None or datum.type is None:
        return None
    value = datum.value
    if datum.type == "http":
        cookies = [cookie._asdict() for cookie in value.cookies]
        value = {**value._asdict(), "cookies": cookies, "body": from_datum(value.body)}
    return {"type": datum.type, "value": _plain(value)}


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
