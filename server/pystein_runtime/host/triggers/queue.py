"""The queue trigger. Metadata: azure-sdk-for-net, `QueueTriggerBinding`."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud.queues import Message
from pystein_runtime.host.bindings import BindingError
from pystein_runtime.host.bindings.queue import decode
from pystein_runtime.host.datetimes import utc
from pystein_runtime.worker.messages import Datum

from . import BY_HAND, Event
from .metadata import combine
from .pump import Pump, PumpOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pystein_runtime.host.functions import Function
    from pystein_runtime.host.services import QueueService

    from . import Listener, Listening


def create(functions: Sequence[Function], host: Listening) -> list[Listener]:
    """One listener for each function."""
    return [_listener(function, host) for function in functions]


def _listener(function: Function, host: Listening) -> Pump:
    name = function.trigger.text("queueName").lower()
    config = host.config.queues
    options = PumpOptions(
        label=f"function '{function.name}'",
        queue=name,
        poison_queue=f"{name}-poison",
        batch_size=config.batch_size,
        new_batch_threshold=config.new_batch_threshold,
        max_dequeue_count=config.max_dequeue_count,
        retry_delay=config.visibility_timeout,
    )

    async def process(message: Message) -> bool:
        try:
            body = decode(message.body, base64_wanted=config.base64)
        except BindingError as error:
            host.report(f"{function.name} cannot be given a message of the queue '{name}': {error}")
            return False
        event = to_event(function, message, body, f"New queue message detected on '{name}'.")
        return (await host.run(function, event)).ok

    def service() -> QueueService:
        return host.services.queues(function.trigger.text("connection"))

    return Pump(service, options, process, host.report)


def to_event(function: Function, message: Message, body: bytes, reason: str) -> Event:
    """The event of a message."""
    text = _text(body)
    binary = str(function.trigger.properties.get("dataType", "")).lower() == "binary" or text is None
    metadata, data = combine(
        {
            "QueueTrigger": text if text is not None else message.body,
            "DequeueCount": message.dequeued,
            "ExpirationTime": utc(message.expires),
            "Id": message.id,
            "InsertionTime": utc(message.inserted),
            "NextVisibleTime": utc(message.visible),
            "PopReceipt": message.receipt,
        },
        text or "",
    )
    return Event(Datum("bytes", body) if binary else Datum("string", text), metadata, data, reason)


def _text(body: bytes) -> str | None:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def sample(_function: Function) -> Any:
    """An event to begin with: the message's body."""
    return {"id": 1, "text": "sample"}


async def from_data(function: Function, data: str, _host: Listening) -> Event:
    """The event of a message's body that somebody gave by hand."""
    now = time.time()
    message = Message(str(uuid.uuid4()), data, now, now + 7 * 86400, now + 600, 1, "by-hand")
    return to_event(function, message, data.encode(), BY_HAND)
