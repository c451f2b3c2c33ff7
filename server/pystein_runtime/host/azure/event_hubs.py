"""Event hubs of a namespace; hosts on several machines share their partitions by leases beside the checkpoints."""

from __future__ import annotations

import asyncio
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from azure.eventhub import EventData
from azure.eventhub.aio import EventHubConsumerClient, EventHubProducerClient

from pystein_runtime.host.services.messaging import ReceivedEvent

from . import bus
from .checkpoints import Checkpoints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azure.eventhub.aio import PartitionContext

    from pystein_runtime.host.services.messaging import HubReader, Outgoing
    from pystein_runtime.host.settings import Connection


def connect(connection: Connection) -> AzureEventHubs:
    """The hubs of a namespace."""
    return AzureEventHubs(connection)


class AzureEventHubs:
    """A namespace."""

    def __init__(self, connection: Connection) -> None:
        self.namespace = bus.namespace_of(connection)
        self._connection = connection
        self._producers: dict[str, tuple[EventHubProducerClient, asyncio.Lock]] = {}

    async def ensure(self, hub: str, group: str) -> None:
        """Hubs and consumer groups are made by who keeps the namespace."""

    async def send(self, hub: str, events: Sequence[Outgoing]) -> None:
        """Append events: one batch, where they fit into one."""
        if hub not in self._producers:
            client = bus.client(EventHubProducerClient, self._connection, eventhub_name=hub)
            self._producers[hub] = client, asyncio.Lock()
        client, lock = self._producers[hub]
        async with lock:
            with bus.refusals():
                batch = await client.create_batch()
                for event in events:
                    data = EventData(event.body)
                    try:
                        batch.add(data)
                    except ValueError:  # it is full
                        await client.send_batch(batch)
                        batch = await client.create_batch()
                        batch.add(data)
                if len(batch):
                    await client.send_batch(batch)

    async def follow(self, reader: HubReader) -> None:
        """Hand on events until cancelled."""
        told = ""

        async def handle(context: PartitionContext, events: list[EventData]) -> None:
            async def checkpoint(event: ReceivedEvent) -> None:
                await store.update_checkpoint(
                    {
                        "fully_qualified_namespace": context.fully_qualified_namespace,
                        "eventhub_name": context.eventhub_name,
                        "consumer_group": context.consumer_group,
                        "partition_id": context.partition_id,
                        "offset": event.offset,
                        "sequence_number": event.sequence,
                    }
                )

            if events:
                await reader.handle(context.partition_id, [_received(event) for event in events], checkpoint)

        async def report(_context: PartitionContext | None, error: Exception) -> None:
            nonlocal told
            text = f"The event hub '{reader.hub}' cannot be read: {str(error).partition(chr(10))[0]} It is tried again."
            if text != told:
                told = text
                reader.report(text)

        store = Checkpoints(reader.checkpoints, reader.owner)
        client = bus.client(
            EventHubConsumerClient,
            self._connection,
            eventhub_name=reader.hub,
            consumer_group=reader.group,
            checkpoint_store=store,
            load_balancing_interval=reader.balance_seconds,
            partition_ownership_expiration_interval=reader.lease_seconds,
        )
        try:
            with bus.refusals():
                await client.receive_batch(
                    handle, max_batch_size=reader.batch, starting_position=_start(reader.initial()), on_error=report
                )  # fmt: skip
        finally:
            await client.close()

    async def close(self) -> None:
        """Close the connections."""
        for client, _ in self._producers.values():
            await client.close()


def _start(moment: float | None) -> str | datetime:
    """The position from which on a reader without a checkpoint gets events: those after it, not that itself."""
    if moment is None:
        return "@latest"
    return datetime.fromtimestamp(moment - 0.001, timezone.utc) if moment else "-1"


def _received(event: EventData) -> ReceivedEvent:
    enqueued = event.enqueued_time
    return ReceivedEvent(
        event.sequence_number or 0,
        str(event.offset),
        0.0 if enqueued is None else enqueued.timestamp(),
        bus.message(event.raw_amqp_message),
    )
