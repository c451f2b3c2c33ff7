"""The `serviceBus` output: every element of what the function set becomes a message of a queue or a topic.

Content types: azure-sdk-for-net, `StringToMessageConverter` and `ByteArrayToMessageConverter`.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from pystein_runtime.cloud.bus.entities import BusError
from pystein_runtime.host.connections import bus as bus_connections
from pystein_runtime.host.services.messaging import Outgoing

from . import BindingError
from .values import bodies

if TYPE_CHECKING:
    from pystein_runtime.host.functions import Binding
    from pystein_runtime.host.settings import Settings
    from pystein_runtime.worker.messages import Datum

    from . import Context


def is_local(settings: Settings, binding: Binding) -> bool:
    """Whether an output may be written without being asked for."""
    return bus_connections.is_development(bus_connections.service_bus(settings, binding.text("connection")))


async def write(context: Context, datum: Datum) -> None:
    """Send what was set, all of it or nothing.

    Raises:
        BindingError: a value that is no message, or that the service refuses.
        ServiceError: the service is out of reach.
    """
    topic = context.text("topicName")
    service = context.services.service_bus(context.binding.text("connection"))
    content_type = "application/octet-stream" if datum.type in {"bytes", "collection_bytes"} else "text/plain"
    messages = [Outgoing(body, uuid.uuid4().hex, content_type) for body in bodies(datum)]
    try:
        await service.send(topic or context.text("queueName"), messages, topic=bool(topic))
    except BusError as error:
        raise BindingError(str(error)) from error
