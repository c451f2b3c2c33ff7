"""Input and output bindings: one file per binding type.

A module has `async def read(context: Context) -> Datum`, `async def write(context: Context, datum: Datum) -> None`, or
both.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from pystein_runtime.host import expressions

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from pystein_runtime.host.functions import Binding
    from pystein_runtime.host.host_config import HostConfig
    from pystein_runtime.host.services import Services
    from pystein_runtime.worker.messages import Datum

_INPUTS = {
    "blob": "blob",
    "table": "table",
    "durableclient": "durable_client",
    "cosmosdb": "cosmos_db",
    "sql": "sql",
    "mysql": "sql",
    "redis": "redis",
}
_OUTPUTS = {
    "queue": "queue",
    "blob": "blob",
    "table": "table",
    "servicebus": "service_bus",
    "eventhub": "event_hub",
    "cosmosdb": "cosmos_db",
    "eventgrid": "event_grid",
    "kafka": "kafka",
    "sql": "sql",
    "mysql": "sql",
    "redis": "redis",
}
OWN_OUTPUTS = {"http"}
"""Output bindings whose value is the answer to the trigger itself."""


class BindingError(Exception):
    """A binding has no value or cannot take one; the text is for the user."""


class Context(NamedTuple):
    """What a binding works with."""

    binding: Binding
    data: Mapping[str, Any]
    """Binding data: what expressions may name, in lower case."""
    function: str
    services: Services
    config: HostConfig

    def text(self, name: str) -> str:
        """A property with its expressions resolved.

        Raises:
            ExpressionError: an expression has no value.
        """
        return expressions.resolve(self.binding.text(name), self.data, self.function)


def reader(binding: Binding) -> Callable[[Context], Awaitable[Datum]] | None:
    """What reads an input binding; None when its type is not known."""
    module = _INPUTS.get(binding.type.lower())
    return None if module is None else import_module(f"{__name__}.{module}").read


def writer(binding: Binding) -> Callable[[Context, Datum], Awaitable[None]] | None:
    """What writes an output binding; None when its type is not known."""
    module = _OUTPUTS.get(binding.type.lower())
    return None if module is None else import_module(f"{__name__}.{module}").write


def is_local(binding: Binding, services: Services) -> bool:
    """Whether an output is written to the local cloud; a module may know better what its connection stands for."""
    module = _OUTPUTS.get(binding.type.lower())
    check = None if module is None else getattr(import_module(f"{__name__}.{module}"), "is_local", None)
    return bool(services.is_local(place(binding)) if check is None else check(services.settings, binding))


def place(binding: Binding) -> str:
    """What a binding calls its service: the name of its connection, its brokers, or its topic."""
    names = ("connection", "connectionStringSetting", "brokerList", "topicEndpointUri")
    return next((text for name in names if (text := binding.text(name))), "")
