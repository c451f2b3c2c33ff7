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
        BindingError: the app has none, or not the one that is wanted.
    """
    task_hub = context.services.task_hub
    if task_hub is None:
        raise BindingError("The app's task hub cannot be used.")
    from pystein_runtime.durable.model import DurableError  # noqa: PLC0415 - of durable apps only

    try:
        return Datum("string", await task_hub.client(context.binding))
    except DurableError as error:
        raise BindingError(str(error)) from error
    except ImportError as error:
        raise BindingError(
            f"azure-functions-durable 2.x needs the package {error.name} beside pystein-lsp: pip install {error.name}."
        ) from error
