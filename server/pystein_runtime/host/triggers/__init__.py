"""Triggers: one file per trigger type. A listener turns what its service has into invocations and settles it.

A module has `create(functions, host)`, which gives the listeners for its functions, `sample(function)`, which gives an
event to begin with in the form that people edit, and `from_data(function, data, host)`, which makes an event of that.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

    from pystein_runtime.durable.task_hub import TaskHub
    from pystein_runtime.host.functions import Function
    from pystein_runtime.host.host_config import HostConfig
    from pystein_runtime.host.invocation import Outcome
    from pystein_runtime.host.services import Services
    from pystein_runtime.host.settings import Settings
    from pystein_runtime.worker.messages import Datum, Trace

_MODULES = {
    "timertrigger": "timer",
    "queuetrigger": "queue",
    "blobtrigger": "blob",
    "warmuptrigger": "warmup",
    "orchestrationtrigger": "durable",
    "activitytrigger": "durable",
    "entitytrigger": "durable",
    "servicebustrigger": "service_bus",
    "eventhubtrigger": "event_hub",
    "cosmosdbtrigger": "cosmos_db",
    "eventgridtrigger": "event_grid",
    "kafkatrigger": "kafka",
    "sqltrigger": "sql",
    "mysqltrigger": "sql",
    "redislisttrigger": "redis",
    "redisstreamtrigger": "redis",
    "redispubsubtrigger": "redis",
    "mcptooltrigger": "mcp",
    "mcpresourcetrigger": "mcp",
    "mcpprompttrigger": "mcp",
}
BY_HAND = "This function was programmatically called via the host APIs."
"""The reason of invocations that somebody asked for."""
RETRY_SECONDS = 5.0
"""Until a service that failed is asked again."""


class Event(NamedTuple):
    """What sets a function off, as the worker gets it."""

    datum: Datum
    metadata: Mapping[str, Datum]
    data: Mapping[str, Any]
    """Binding data: what expressions of the other bindings may name, in lower case."""
    reason: str
    """As the log has it: `New queue message detected on 'orders'.`"""
    trace: Trace | None = None
    id: str | None = None
    """The invocation's id, where somebody has to know it before; None: a new one."""
    note: str | None = None
    """What whoever gave it by hand should know of how it was understood."""


class Listener(Protocol):
    """Waits for what sets functions off."""

    @property
    def label(self) -> str:
        """For whom: `function 'orders'`."""

    async def start(self) -> None:
        """Begin; raises ServiceError, QueueError or BlobError when the service cannot be used."""

    async def stop(self, seconds: float) -> None:
        """Take nothing new; let what runs finish for some time, and give the rest back."""


class Listening(Protocol):
    """What a listener needs of the host."""

    @property
    def id(self) -> str:
        """Names the app in what the host keeps in storage."""

    @property
    def config(self) -> HostConfig:
        """What host.json says."""

    @property
    def settings(self) -> Settings:
        """The app's settings."""

    @property
    def services(self) -> Services:
        """The storage services."""

    @property
    def task_hub(self) -> TaskHub | None:
        """The task hub of an app with durable functions."""

    async def run(self, function: Function, event: Event) -> Outcome:
        """Run a function."""

    def report(self, message: str) -> None:
        """Tell the user what went wrong."""


def module_for(function: Function) -> ModuleType | None:
    """The module of a function's trigger; None for HTTP and for types that this version does not know."""
    name = _MODULES.get(function.trigger_type)
    return None if name is None else import_module(f"{__name__}.{name}")


def create(functions: Sequence[Function], host: Listening) -> list[Listener]:
    """The listeners for an app's functions that are not disabled."""
    listeners: list[Listener] = []
    for kind in _MODULES:
        mine = [function for function in functions if function.trigger_type == kind and not function.disabled]
        if mine:
            module = module_for(mine[0])
            assert module is not None
            listeners.extend(module.create(mine, host))
    return listeners
