"""The `eventHub` output: every element of what the function set becomes an event; those of one call are one batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.cloud.bus.entities import BusError
from pystein_runtime.host import expressions
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
    return bus_connections.is_development(bus_connections.event_hubs(settings, binding.text("connection")))


async def write(context: Context, datum: Datum) -> None:
    """Send what was set.

    Raises:
        BindingError: a value that is no event, or that the service refuses.
        ServiceError: the service is out of reach.
    """
    service = context.services.event_hubs(context.binding.text("connection"))
    name = expressions.resolve(context.services.hub_name(context.binding), context.data, context.function)
    try:
        await service.send(name, [Outgoing(body) for body in bodies(datum)])
    except BusError as error:
        raise BindingError(str(error)) from error
