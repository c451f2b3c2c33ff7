"""The `queue` output: every element of what the function set becomes a message."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from . import BindingError

if TYPE_CHECKING:
    from pystein_runtime.worker.messages import Datum

    from . import Context


async def write(context: Context, datum: Datum) -> None:
    """Send what was set.

    Raises:
        BindingError: a value that is no message.
        ServiceError, QueueError: the service is out of reach or refuses.
    """
    queue = context.text("queueName").lower()
    service = context.services.queues(context.text("connection"))
    for body in bodies(datum):
        await service.send(queue, encode(body, base64_wanted=context.config.queues.base64))


def bodies(datum: Datum) -> list[bytes]:
    """The messages in a value: one, or those of an array or a collection.

    Text that is a JSON array is one message for each element too (azure-functions-host, `FunctionBinding`).

    Raises:
        BindingError: a value that is no message.
    """
    kind, value = datum
    if kind in {"string", "json"}:
        array = _array(value)
        return [value.encode()] if array is None else [_element(item) for item in array]
    if kind in {"int", "double"}:
        return [str(value).encode()]
    if kind == "bytes":
        return [value]
    if kind == "collection_string":
        return [item.encode() for item in value]
    if kind == "collection_bytes":
        return list(value)
    raise BindingError(f"A queue message cannot be made of a value of type {kind}.")


def _array(text: str) -> list[object] | None:
    stripped = text.strip()
    if not (stripped.startswith("[") and stripped.endswith("]")):
        return None
    try:
        value = json.loads(stripped)
    except ValueError:
        return None
    return value if isinstance(value, list) else None


def _element(item: object) -> bytes:
    return item.encode() if isinstance(item, str) else json.dumps(item, ensure_ascii=False).encode()


def encode(body: bytes, *, base64_wanted: bool) -> str:
    """A body as it stands on the wire.

    Raises:
        BindingError: bytes that are no text, where host.json wants no Base64.
    """
    if base64_wanted:
        return base64.b64encode(body).decode("ascii")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BindingError('A message of bytes that are no UTF-8 needs "messageEncoding": "base64".') from error


def decode(body: str, *, base64_wanted: bool) -> bytes:
    """The body of a message as it stands on the wire.

    Raises:
        BindingError: it is not Base64, where host.json wants that.
    """
    if not base64_wanted:
        return body.encode()
    try:
        return base64.b64decode(body, validate=True)
    except ValueError as error:
        raise BindingError(
            'The message is not Base64: send it encoded, or set "messageEncoding": "none" in host.json.'
        ) from error
