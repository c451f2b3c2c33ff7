"""The local Service Bus and Event Hubs of one app: opened with what the app names, when it needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.host.connections import bus as bus_connections

from .bus import LocalBus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pystein_runtime.cloud.bus.amqp.endpoint import Endpoint
    from pystein_runtime.cloud.store import Store
    from pystein_runtime.host.connections.bus import Door
    from pystein_runtime.host.functions import Binding, Function
    from pystein_runtime.host.settings import Settings


DEAD_LETTERS = "/$deadletterqueue"
_TYPES = {"servicebustrigger", "servicebus", "eventhubtrigger", "eventhub"}


class BusHost:
    """Opens the local bus for an app that needs it."""

    def __init__(self, store: Store, door: Door, report: Callable[[str], None]) -> None:
        self._store = store
        self._door = door
        self._report = report
        self._endpoint: Endpoint | None = None

    async def open(self, functions: Iterable[Function], settings: Settings) -> None:
        """Create what the functions name, and listen; nothing where neither settings nor functions want a bus."""
        wanted = [
            binding
            for function in functions
            for binding in (function.trigger, *function.outputs)
            if binding.type.lower() in _TYPES and is_local(settings, binding)
        ]
        if not wanted and self._door.socket is None:
            return
        bus = LocalBus(self._store)
        if self._endpoint is None:
            from pystein_runtime.cloud.bus import entities, hubs  # noqa: PLC0415 - of apps with a bus only
            from pystein_runtime.cloud.bus.amqp.endpoint import Endpoint  # noqa: PLC0415 - the same

            entities.release_held(self._store)
            hubs.forget_old(self._store)
            self._endpoint = Endpoint(self._store, self._report)
            self._door.open()
            assert self._door.socket is not None
            await self._endpoint.listen(self._door.socket)
        if self._store.path is not None:
            from . import emulator_config  # noqa: PLC0415 - of apps with a bus only

            emulator_config.apply(self._store, self._store.path.parent.parent, self._report)
        for binding in wanted:
            try:
                await _create(bus, binding, settings)
            except Exception as error:  # noqa: PERF203 - one binding's fault is not the others'
                self._report(f"The local cloud cannot create what {binding.name} names: {error}")

    async def close(self) -> None:
        """Listen no more."""
        if self._endpoint is not None:
            await self._endpoint.close()
        self._door.close()


def is_local(settings: Settings, binding: Binding) -> bool:
    """Whether a binding means the local cloud."""
    find = bus_connections.service_bus if binding.type.lower().startswith("servicebus") else bus_connections.event_hubs
    return find(settings, binding.text("connection")).kind in {"development", "missing"}


async def _create(bus: LocalBus, binding: Binding, settings: Settings) -> None:
    kind = binding.type.lower()
    sessions_wanted = str(binding.properties.get("isSessionsEnabled", "")).lower() == "true"
    queue, topic, subscription = (binding.text(name) for name in ("queueName", "topicName", "subscriptionName"))
    if "{" in queue + topic + binding.text("eventHubName"):  # known only when the function runs
        return
    if kind == "servicebustrigger" and topic:
        await bus.ensure_subscription(topic, subscription, sessions_wanted=sessions_wanted)
    elif kind == "servicebustrigger":
        if not queue.lower().endswith(DEAD_LETTERS):
            await bus.ensure_queue(queue, sessions_wanted=sessions_wanted)
    elif kind == "servicebus":
        await (bus.ensure_topic(topic) if topic else bus.ensure_queue(queue))
    else:
        group = binding.text("consumerGroup")
        await bus.ensure_hub(bus_connections.hub_name(settings, binding), *([group] if group else []))
