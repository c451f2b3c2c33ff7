"""The Event Hubs trigger: every partition in its order, one event or many at a time, with a checkpoint after each call.

Rules and defaults: azure-sdk-for-net, `EventHubListener` and `EventHubOptions`. The checkpoint moves on whether the
function has succeeded or not (its retry policy has been followed before that); what a dying worker or host had begun is
delivered again.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from pystein_runtime.amqp import message as amqp
from pystein_runtime.cloud.bus.hubs import Event as HubEvent
from pystein_runtime.host import datetimes

from . import BY_HAND, RETRY_SECONDS, Event, bus_values
from .metadata import combine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pystein_runtime.cloud.bus.entities import Entity
    from pystein_runtime.host.functions import Function

    from . import Listener, Listening

DEFAULT_GROUP = "$Default"
_SECTION = "eventHubs"


def create(functions: Sequence[Function], host: Listening) -> list[Listener]:
    """One listener for each function."""
    return [_Listener(function, host) for function in functions]


class _Listener:
    """Reads all partitions of a hub for one function."""

    def __init__(self, function: Function, host: Listening) -> None:
        self.label = f"function '{function.name}'"
        self._function = function
        self._host = host
        self._many = bus_values.is_many(function)
        self._group = function.trigger.text("consumerGroup") or DEFAULT_GROUP
        self._batch = bus_values.number(host.config, _SECTION, "maxEventBatchSize", 100)
        self._readers: list[asyncio.Task[None]] = []
        self._running: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Create the hub and begin.

        Raises:
            ServiceError, BusError: the service is out of reach or refuses.
        """
        services, trigger = self._host.services, self._function.trigger
        self._bus = services.bus(trigger)
        self._hub = await self._bus.ensure_hub(services.hub_name(trigger), self._group)
        loop = asyncio.get_running_loop()
        self._readers = [loop.create_task(self._read(number)) for number in range(self._hub.options.partitions)]

    async def stop(self, seconds: float) -> None:
        """Read no more; let what runs finish for some time. What does not comes again with the next start."""
        for reader in self._readers:
            reader.cancel()
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._readers, *self._running, return_exceptions=True)

    async def _read(self, partition: int) -> None:
        """One partition, in its order."""
        reader = f"{self._group.lower()}:{self._function.name.lower()}"
        loop = asyncio.get_running_loop()
        position: int | None = None
        while True:
            try:
                if position is None:
                    position = await self._bus.position(self._hub, reader, partition, self._initial)
                events = await self._bus.read(self._hub, partition, position, self._batch)
                if not events:
                    await self._bus.wait_for_events(self._hub, partition)
                    continue
                for some in [events] if self._many else [[event] for event in events]:
                    task = loop.create_task(self._handle(partition, reader, some))
                    self._running.add(task)
                    task.add_done_callback(self._running.discard)
                    await asyncio.shield(task)
                    position = some[-1].sequence + 1
            except Exception as error:
                self._host.report(f"The event hub '{self._hub.path}' cannot be read: {error}")
                position = None
                await asyncio.sleep(RETRY_SECONDS)

    async def _handle(self, partition: int, reader: str, events: list[HubEvent]) -> None:
        reason = f"(Reason='(Event Hub message detected on '{self._hub.path}', partition {partition}.)')"
        event = to_event(self._function, self._hub, partition, events, reason)
        while True:
            outcome = await self._host.run(self._function, event)
            if not outcome.interrupted:  # else the worker died of something; the events have not had their chance
                break
        await self._bus.checkpoint(self._hub, reader, partition, events[-1].sequence)

    def _initial(self) -> float | None:
        """From when on a function that has not run before gets events; None: those to come."""
        options = bus_values.setting(self._host.config, _SECTION, "initialOffsetOptions")
        kind = str(options.get("type", "")).lower() if isinstance(options, dict) else ""
        if kind == "fromend":
            return None
        if kind == "fromenqueuedtime" and isinstance(options, dict):
            moment = datetimes.parse(str(options.get("enqueuedtimeutc", "")))
            return 0.0 if moment is None else moment.timestamp()
        return 0.0


def to_event(function: Function, hub: Entity | None, partition: int, events: Sequence[HubEvent], reason: str) -> Event:
    """The event of an event, or of several for a function that takes many."""
    parsed = [event.message() for event in events]
    bodies = [amqp.body_bytes(message) for message in parsed]
    described = [_describe(event, message) for event, message in zip(events, parsed, strict=True)]
    context = {
        "FullyQualifiedNamespace": "localhost",
        "EventHubName": "" if hub is None else hub.path,
        "ConsumerGroup": function.trigger.text("consumerGroup") or DEFAULT_GROUP,
        "PartitionId": str(partition),
    }
    if bus_values.is_many(function):
        metadata = {f"{name}Array": bus_values.array([item[name] for item in described]) for name in described[0]}
        data = {"partitioncontext": context}
        return Event(
            bus_values.many(function, bodies), {**combine({"PartitionContext": context})[0], **metadata}, data, reason
        )
    known = {name: value for name, value in described[0].items() if value is not None}
    single, binding_data = combine({"PartitionContext": context, **known}, bus_values.text_of(bodies[0]) or "")
    return Event(bus_values.one(function, bodies[0]), single, binding_data, reason)


def _describe(event: HubEvent, message: amqp.Message) -> dict[str, Any]:
    key = message.annotations.get("x-opt-partition-key")
    enqueued = datetimes.utc(event.enqueued)
    system = {
        **{str(name): value for name, value in message.annotations.items()},
        "x-opt-sequence-number": event.sequence, "x-opt-offset": str(event.sequence), "x-opt-enqueued-time": enqueued,
        "SequenceNumber": event.sequence, "Offset": str(event.sequence), "PartitionKey": key, "EnqueuedTimeUtc": enqueued,
        **{name: value for name, value in (("message-id", message.properties.message_id),
           ("correlation-id", message.properties.correlation_id), ("content-type", message.properties.content_type),
           ("subject", message.properties.subject)) if value is not None},
    }  # fmt: skip
    return {
        "PartitionKey": key, "Offset": str(event.sequence), "SequenceNumber": event.sequence, "EnqueuedTimeUtc": enqueued,
        "Properties": bus_values.plain(message.application), "SystemProperties": bus_values.plain(system),
    }  # fmt: skip


def sample(function: Function) -> Any:
    """An event to begin with, or several for a function that takes many."""
    body = {"id": 1, "temperature": 21.5}
    return [body] if bus_values.is_many(function) else body


async def from_data(function: Function, data: str, _host: Listening) -> Event:
    """The event of a body that somebody gave by hand; for many, the elements of a JSON array are events."""
    now = time.time()
    events = [
        HubEvent(number, now, b"", amqp.build(body.encode()))
        for number, body in enumerate(bus_values.given(function, data))
    ]
    return to_event(function, None, 0, events, BY_HAND)
