"""The `serviceBus` output: every element of what the function set becomes a message of a queue or a topic.

Content types: azure-sdk-for-net, `StringToMessageConverter` and `ByteArrayToMessageConverter`.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from pystein_runtime.amqp import message as amqp
from pystein_runtime.cloud.bus.entities import BusError

from . import BindingError
from .queue import bodies

if TYPE_CHECKING:
    from pystein_runtime.worker.messages import Datum

    from . import Context


async def write(context: Context, datum: Datum) -> None:
    """Send what was set, all of it or nothing.

    Raises:
        BindingError: a value that is no message, or that the service refuses.
        ServiceError: the service is out of reach.
    """
    topic = context.text("topicName")
    bus = context.services.bus(context.binding)
    content_type = "application/octet-stream" if datum.type in {"bytes", "collection_bytes"} else "text/plain"
    raws = [
        amqp.build(body, amqp.Properties(message_id=uuid.uuid4().hex, content_type=content_type))
        for body in bodies(datum)
    ]
    try:
        if topic:
            await bus.ensure_topic(topic)
        else:
            await bus.ensure_queue(context.text("queueName"))
        await bus.send(topic or context.text("queueName"), raws)
    except BusError as error:
        raise BindingError(str(error)) from error
