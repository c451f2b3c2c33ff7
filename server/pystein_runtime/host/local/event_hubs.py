"""Event Hubs of the local cloud, in process; checkpoints are in its store, for each function by itself."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from pystein_runtime.amqp import message as amqp
from pystein_runtime.cloud.bus import entities, hubs
from pystein_runtime.host.services.messaging import ReceivedEvent
from pystein_runtime.host.services.outage import Outage

from . import wait

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pystein_runtime.cloud.bus.entities import Entity
    from pystein_runtime.cloud.bus.hubs import Event
    from pystein_runtime.cloud.store import Store
    from pystein_runtime.host.services.messaging import HubReader, Outgoing

    from . import Cloud


def connect(cloud: Cloud) -> LocalEventHubs:
    """The broker's hubs."""
    return LocalEventHubs(cloud.store)


class LocalEventHubs:
    """The broker, as triggers and outputs use it; raises BusError."""

    namespace = "localhost"

    def __init__(self, store: Store) -> None:
        entities.prepare(store)
        self._store = store

    async def ensure(self, hub: str, group: str) -> None:
        """Create the hub and the consumer group unless they are there."""
        entities.create_hub(self._store, hub, (group,))

    async def send(self, hub: str, events: Sequence[Outgoing]) -> None:
        """Append events to a hub, which is created when it is missing."""
        entity = entities.create_hub(self._store, hub)
        hubs.send(self._store, entity, [amqp.build(event.body) for event in events])

    async def follow(self, reader: HubReader) -> None:
        """Hand on events until cancelled."""
        hub = entities.create_hub(self._store, reader.hub, (reader.group,))
        await asyncio.gather(*(self._read(hub, number, reader) for number in range(hub.options.partitions)))

    async def _read(self, hub: Entity, partition: int, reader: HubReader) -> None:
        """One partition, in its order."""
        name = f"{reader.group.lower()}:{reader.function.lower()}"
        outage = Outage(reader.report)
        position: int | None = None

        async def handle(events: list[Event]) -> int:
            async def checkpoint(event: ReceivedEvent) -> None:
                hubs.set_checkpoint(self._store, hub, name, partition, event.sequence)

            await reader.handle(str(partition), [_received(event) for event in events], checkpoint)
            return events[-1].sequence + 1

        while True:
            try:
                if position is None:
                    position = self._position(hub, name, partition, reader)
                events = hubs.read(self._store, hub, partition, position, reader.batch)
                outage.over(f"The event hub '{hub.path}' can be read again.")
                if events:
                    position = await handle(events)
                else:
                    await wait(self._store, hubs.topic_of(hub, partition))
            except Exception as error:  # noqa: PERF203 - it may work a moment later, and the loop goes on
                position = None
                await outage.failed(f"The event hub '{hub.path}' cannot be read: {error}")

    def _position(self, hub: Entity, name: str, partition: int, reader: HubReader) -> int:
        """The sequence number to go on with."""
        known = hubs.checkpoint(self._store, hub, name, partition)
        if known is not None:
            return known + 1
        moment = reader.initial()
        if moment is None:
            return hubs.describe(self._store, hub, partition).last + 1
        return 0 if moment == 0 else hubs.since(self._store, hub, partition, moment, inclusive=True)


def _received(event: Event) -> ReceivedEvent:
    return ReceivedEvent(event.sequence, str(event.sequence), event.enqueued, event.message())
