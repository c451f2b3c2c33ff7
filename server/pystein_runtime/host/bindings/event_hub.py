"""The `eventHub` output: every element of what the function set becomes an event; those of one call are one batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.amqp import message as amqp
from pystein_runtime.cloud.bus.entities import BusError
from pystein_runtime.host import expressions

from . import BindingError
from .queue import bodies

if TYPE_CHECKING:
    from pystein_runtime.worker.messages import Datum

    from . import Context


async def write(context: Context, datum: Datum) -> None:
    """Send what was set.

    Raises:
        BindingError: a value that is no event, or that the service refuses.
        ServiceError: the service is out of reach.
    """
    bus = context.services.bus(context.binding)
    name = expressions.resolve(context.services.hub_name(context.binding), context.data, context.function)
    try:
        await bus.ensure_hub(name)
        await bus.send_events(name, [amqp.build(body) for body in bodies(datum)])
    except BusError as error:
        raise BindingError(str(error)) from error
