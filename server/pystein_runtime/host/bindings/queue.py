"""The `queue` output: every element of what the function set becomes a message."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from . import BindingError
from .values import bodies

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
