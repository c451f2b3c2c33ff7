"""The Event Hubs trigger: every partition in its order, one event or many at a time, with a checkpoint after each call.

Rules and defaults: azure-sdk-for-net, `EventHubListener` and `EventHubOptions`. The checkpoint moves on whether the
function has succeeded or not (its retry policy has been followed before that); what a dying worker or host had begun is
delivered again.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from pystein_runtime.amqp import message as amqp
from pystein_runtime.host import datetimes
from pystein_runtime.host.services.messaging import HubReader, ReceivedEvent
from pystein_runtime.host.services.outage import GONE, Outage, steadily

from . import BY_HAND, Event, bus_values, sdk_values
from .metadata import combine
from .polling import AGAIN_SECONDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pystein_runtime.host.functions import Function
    from pystein_runtime.host.services.messaging import Checkpoint

    from . import Listener, Listening

DEFAULT_GROUP = "$Default"
BALANCE_SECONDS = 10.0
LEASE_SECONDS = 60.0
_SECTION = "eventHubs"


def create(functions: Sequence[Function], host: Listening) -> list[Listener]:
    """One listener for each function."""
    return [_Listener(function, host) for function in functions]


class _Listener:
    """Reads the partitions of a hub for one function."""

    def __init__(self, function: Function, host: Listening) -> None:
        self.label = f"function '{function.name}'"
        self._function = function
        self._host = host
        self._many = bus_values.is_many(function)
        self._task: asyncio.Task[None] | None = None
        self._running: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Create the hub, where it is the local cloud's, and begin.

        Raises:
            ServiceError, BusError: the service cannot be used, or refuses.
        """
        services, trigger = self._host.services, self._function.trigger
        self._service = services.event_hubs(trigger.text("connection"))
        config = self._host.config
        self._reader = HubReader(
            services.hub_name(trigger), group_of(self._function), self._function.name,
            bus_values.number(config, _SECTION, "maxEventBatchSize", 100),
            self._initial, self._take, services.place, services.blobs(""),
            bus_values.span(config, _SECTION, "loadBalancingUpdateInterval", BALANCE_SECONDS),
            bus_values.span(config, _SECTION, "partitionOwnershipExpirationInterval", LEASE_SECONDS),
            self._host.report,
        )  # fmt: skip
        with contextlib.suppress(*GONE):  # it is told by who follows
            await self._service.ensure(self._reader.hub, self._reader.group)
        self._task = asyncio.get_running_loop().create_task(self._follow())

    async def stop(self, seconds: float) -> None:
        """Read no more; let what runs finish for some time. What does not comes again with the next start."""
        if self._task is None:
            return
        self._task.cancel()
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        for task in self._running:
            task.cancel()
        await asyncio.gather(self._task, *self._running, return_exceptions=True)

    async def _follow(self) -> None:
        outage = Outage(self._host.report)
        while True:
            try:
                await self._service.follow(self._reader)
            except Exception as error:  # noqa: PERF203 - the service may come back, and the loop goes on
                await outage.failed(f"The event hub '{self._reader.hub}' cannot be read: {error}")

    async def _take(self, partition: str, events: Sequence[ReceivedEvent], checkpoint: Checkpoint) -> None:
        """Run the function for events, all together or one after the other; it goes on when the reader is stopped."""
        for some in [events] if self._many else [[event] for event in events]:
            task = asyncio.get_running_loop().create_task(self._handle(partition, some, checkpoint))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
            await asyncio.shield(task)

    async def _handle(self, partition: str, events: Sequence[ReceivedEvent], checkpoint: Checkpoint) -> None:
        reason = f"(Reason='(Event Hub message detected on '{self._reader.hub}', partition {partition}.)')"
        place = Place(self._service.namespace, self._reader.hub, partition)
        event = to_event(self._function, place, events, reason)
        while True:
            outcome = await self._host.run(self._function, event)
            if not outcome.interrupted:  # else the worker died of something; the events have not had their chance
                break
            await asyncio.sleep(AGAIN_SECONDS)
        await steadily(lambda: checkpoint(events[-1]))

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


class Place(NamedTuple):
    """Where events come from."""

    namespace: str = "localhost"
    hub: str = ""
    partition: str = "0"


def group_of(function: Function) -> str:
    """The consumer group of a trigger."""
    return function.trigger.text("consumerGroup") or DEFAULT_GROUP


def to_event(function: Function, place: Place, events: Sequence[ReceivedEvent], reason: str) -> Event:
    """The event of an event, or of several for a function that takes many."""
    bodies = [amqp.body_bytes(event.message) for event in events]
    described = [_describe(event) for event in events]
    context = {
        "FullyQualifiedNamespace": place.namespace,
        "EventHubName": place.hub,
        "ConsumerGroup": group_of(function),
        "PartitionId": place.partition,
    }
    if bus_values.is_many(function):
        arrays = {f"{name}Array": bus_values.array([item[name] for item in described]) for name in described[0]}
        metadata = {**combine({"PartitionContext": context})[0], **arrays}
        datum, data = bus_values.many(function, bodies), {"partitioncontext": context}
    else:
        known = {name: value for name, value in described[0].items() if value is not None}
        metadata, data = combine({"PartitionContext": context, **known}, bus_values.text_of(bodies[0]) or "")
        datum = bus_values.one(function, bodies[0])
    if sdk_values.are_wanted(function):
        datum = sdk_values.of_events(function, events)
    return Event(datum, metadata, data, reason)


def _describe(event: ReceivedEvent) -> dict[str, Any]:
    message = event.message
    key = message.annotations.get("x-opt-partition-key")
    enqueued = datetimes.utc(event.enqueued)
    system = {
        **{str(name): value for name, value in message.annotations.items()},
        "x-opt-sequence-number": event.sequence, "x-opt-offset": event.offset, "x-opt-enqueued-time": enqueued,
        "SequenceNumber": event.sequence, "Offset": event.offset, "PartitionKey": key, "EnqueuedTimeUtc": enqueued,
        **{name: value for name, value in (("message-id", message.properties.message_id),
           ("correlation-id", message.properties.correlation_id), ("content-type", message.properties.content_type),
           ("subject", message.properties.subject)) if value is not None},
    }  # fmt: skip
    return {
        "PartitionKey": key, "Offset": event.offset, "SequenceNumber": event.sequence, "EnqueuedTimeUtc": enqueued,
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
        ReceivedEvent(number, str(number), now, amqp.parse(amqp.build(body.encode())))
        for number, body in enumerate(bus_values.given(function, data))
    ]
    return to_event(function, Place(), events, BY_HAND)
