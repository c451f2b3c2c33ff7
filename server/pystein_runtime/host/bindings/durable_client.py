"""The `durableClient` input: what the durable package makes its client of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.worker.messages import Datum

from . import BindingError

if TYPE_CHECKING:
    from . import Context


async def read(context: Context) -> Datum:
    """Where the task hub is reached.

    Raises:
        BindingError: the app has none.
    """
    if context.services.task_hub is None:
        raise BindingError("The app's task hub cannot be used.")
    return Datum("string", await context.services.task_hub.client(context.binding))
