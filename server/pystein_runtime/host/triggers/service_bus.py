"""The Service Bus trigger: queues and subscriptions, one message or many at a time, with sessions or without.

Rules and defaults: azure-sdk-for-net, `ServiceBusListener` and `ServiceBusOptions`. A message is completed after its
function has succeeded, unless that is switched off; when it fails, the message comes back at once with its delivery count
grown, and after the entity's maximum it is a dead letter.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
import uuid
from typing import TYPE_CHECKING, Any

from pystein_runtime.amqp import message as amqp
from pystein_runtime.cloud.bus import entities
from pystein_runtime.cloud.bus.entities import BusError
from pystein_runtime.cloud.bus.messages import Delivery
from pystein_runtime.host import datetimes

from . import BY_HAND, RETRY_SECONDS, Event, bus_values
from .metadata import combine

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from pystein_runtime.cloud.bus.entities import Entity
    from pystein_runtime.host.functions import Function
    from pystein_runtime.host.local.bus import LocalBus

    from . import Listener, Listening

RENEW_SECONDS = 20.0
SESSION_IDLE_SECONDS = 1.0  # an empty session is left after this, so that others have their turn
BATCH_SIZE = 100  # the platform's default is 1000, for which azure-functions takes seconds: it grows with the square
_SECTION = "serviceBus"


def create(functions: Sequence[Function], host: Listening) -> list[Listener]:
    """One listener for each function."""
    return [_Receiver(function, host) for function in functions]


class _Receiver:
    """Empties one queue or subscription."""

    def __init__(self, function: Function, host: Listening) -> None:
        self.label = f"function '{function.name}'"
        self._function = function
        self._host = host
        trigger, config = function.trigger, host.config
        self._many = bus_values.is_many(function)
        self._sessions = str(trigger.properties.get("isSessionsEnabled", "")).lower() == "true"
        complete = trigger.properties.get("autoCompleteMessages")
        if complete is None:
            complete = bus_values.setting(config, _SECTION, "autoCompleteMessages")
        self._complete = str(complete).lower() != "false"
        self._calls = bus_values.number(config, _SECTION, "maxConcurrentCalls", 16)
        self._parallel_sessions = bus_values.number(config, _SECTION, "maxConcurrentSessions", 8)
        self._batch = bus_values.number(config, _SECTION, "maxMessageBatchSize", BATCH_SIZE)
        self._owner = uuid.uuid4().hex  # of the sessions; the listener that a reload puts beside this one has its own
        self._held: dict[bytes, Entity] = {}
        self._held_sessions: set[str] = set()
        self._done: list[bytes] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._loops: list[asyncio.Task[None]] = []
        self._free = asyncio.Event()
        self._stopping = False

    async def start(self) -> None:
        """Create what the trigger names and begin.

        Raises:
            ServiceError, BusError: the service is out of reach or refuses.
        """
        self._bus: LocalBus = self._host.services.bus(self._function.trigger)
        self._entity = await _ensure(self._bus, self._function, sessions_wanted=self._sessions)
        step = self._serve_batch if self._many else self._serve_calls
        steps = [self._serve_next_session] * self._parallel_sessions if self._sessions else [step]
        loop = asyncio.get_running_loop()
        self._loops = [loop.create_task(item) for item in (*map(self._forever, steps), self._renew())]

    async def stop(self, seconds: float) -> None:
        """Take no more; let what runs finish for some time, and give the rest back."""
        if not self._loops:
            return
        self._stopping = True
        self._free.set()
        for loop in self._loops[:-1]:
            loop.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in (*self._loops, *self._tasks):
            task.cancel()
        await asyncio.gather(*self._loops, *self._tasks, return_exceptions=True)
        with contextlib.suppress(BusError):
            await self._flush()
        for token in list(self._held):
            with contextlib.suppress(BusError):  # it comes back by itself when its time is over
                await self._bus.abandon(self._entity, token)
        for session in list(self._held_sessions):
            await self._bus.leave_session(self._entity, self._owner, session)

    # -- loops --------------------------------------------------------------------------------------------

    async def _forever(self, step: Callable[[], Awaitable[None]]) -> None:
        """Do a step again and again, whatever happens."""
        while True:
            try:
                await step()
            except Exception as error:  # noqa: PERF203 - the service may come back, and the loop goes on
                self._host.report(f"'{self._entity.path}' cannot be received from: {error}")
                await asyncio.sleep(RETRY_SECONDS)

    async def _serve_calls(self) -> None:
        """One message for each call, several calls at a time."""
        while len(self._tasks) >= self._calls:
            self._free.clear()
            await self._free.wait()
        taken = await self._receive(self._calls - len(self._tasks))
        for delivery in taken:
            self._begin([delivery])
        if taken:
            await asyncio.sleep(0)
        else:
            await self._bus.wait(self._entity)

    async def _serve_batch(self) -> None:
        """All messages that there are for one call, one call after the other."""
        taken = await self._receive(self._batch)
        if taken:
            await asyncio.wait([self._begin(taken)])
        else:
            await self._bus.wait(self._entity)

    async def _serve_next_session(self) -> None:
        """One session after the other."""
        session = await self._bus.accept_session(self._entity, self._owner)
        if session is None:
            await self._bus.wait(self._entity)
            return
        self._held_sessions.add(session)
        try:
            await self._serve_session(session)
        finally:
            if not self._stopping:
                self._held_sessions.discard(session)
                await self._bus.leave_session(self._entity, self._owner, session)

    async def _serve_session(self, session: str) -> None:
        """The messages of a session in their order, until there are none for a while."""
        idle = False
        while True:
            taken = await self._receive(self._batch if self._many else 1, session)
            if taken:
                idle = False
                await asyncio.wait([self._begin(taken)])
                await self._flush()
            elif idle:
                return
            else:
                await self._bus.wait(self._entity, SESSION_IDLE_SECONDS)
                idle = True

    async def _renew(self) -> None:
        """Keep what is being processed from others."""
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            for token in list(self._held):
                try:
                    await self._bus.renew(self._entity, token)
                except BusError as error:  # noqa: PERF203 - each by itself
                    self._host.report(f"A message of '{self._entity.path}' could not be kept: {error}")
            for session in list(self._held_sessions):
                try:
                    await self._bus.renew_session(self._entity, self._owner, session)
                except BusError as error:  # noqa: PERF203 - each by itself
                    self._host.report(f"The session '{session}' of '{self._entity.path}' could not be kept: {error}")

    # -- messages -----------------------------------------------------------------------------------------

    async def _receive(self, limit: int, session: str | None = None) -> list[Delivery]:
        taken = await self._bus.receive(self._entity, limit, session)
        for delivery in taken:
            if delivery.token is not None:
                self._held[delivery.token] = self._entity
        return taken

    def _begin(self, taken: list[Delivery]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(self._handle(taken))
        self._tasks.add(task)
        task.add_done_callback(self._end)
        return task

    def _end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._free.set()

    async def _handle(self, taken: list[Delivery]) -> None:
        event = to_event(self._function, taken, f"(Reason='New ServiceBus message detected on '{self._entity.path}'.')")
        outcome = await self._host.run(self._function, event)
        tokens = [delivery.token for delivery in taken if delivery.token is not None]
        for token in tokens:
            self._held.pop(token, None)
        try:
            if outcome.ok and self._complete:
                self._done.extend(tokens)
                await asyncio.sleep(0)  # others that have just succeeded are completed in the same transaction
                await self._flush()
            elif not outcome.ok:
                for token in tokens:
                    await self._bus.abandon(self._entity, token)
        except BusError as error:
            self._host.report(f"A message of '{self._entity.path}' could not be settled: {error}")

    async def _flush(self) -> None:
        tokens, self._done = self._done, []
        if tokens:
            await self._bus.complete(self._entity, tokens)


async def _ensure(bus: LocalBus, function: Function, *, sessions_wanted: bool) -> Entity:
    """The queue or the subscription, or the dead letters of either, which people write into the name."""
    trigger = function.trigger
    queue, topic, subscription = (trigger.text(name) for name in ("queueName", "topicName", "subscriptionName"))
    name = subscription if topic else queue
    base = name[: -len(entities.DEAD_LETTERS)] if name.lower().endswith(entities.DEAD_LETTERS) else name
    is_dead = base != name
    wanted = sessions_wanted and not is_dead
    if topic:
        entity = await bus.ensure_subscription(topic, base, sessions_wanted=wanted)
    else:
        entity = await bus.ensure_queue(base, sessions_wanted=None if is_dead else wanted)
    return await bus.dead_letters(entity) if is_dead else entity


# -- events ---------------------------------------------------------------------------------------------------


def to_event(function: Function, taken: Sequence[Delivery], reason: str) -> Event:
    """The event of a message, or of several for a function that takes many."""
    parsed = [delivery.message() for delivery in taken]
    bodies = [amqp.body_bytes(message) for message in parsed]
    described = [_describe(delivery, message) for delivery, message in zip(taken, parsed, strict=True)]
    if bus_values.is_many(function):
        names = described[0]
        metadata = {f"{name}Array": bus_values.array([item[name] for item in described]) for name in names}
        return Event(bus_values.many(function, bodies), metadata, {}, reason)
    known = {name: value for name, value in described[0].items() if value is not None}
    metadata, data = combine(known, bus_values.text_of(bodies[0]) or "")
    return Event(bus_values.one(function, bodies[0]), metadata, data, reason)


def _describe(delivery: Delivery, message: amqp.Message) -> dict[str, Any]:
    properties, annotations = message.properties, message.annotations
    user = bus_values.plain(message.application)
    enqueued = datetimes.utc(delivery.enqueued)
    expires = datetimes.utc(delivery.expires or bus_values.NEVER)
    return {
        "MessageId": bus_values.plain(properties.message_id),
        "DeliveryCount": delivery.deliveries + 1,
        "LockToken": None if delivery.token is None else str(uuid.UUID(bytes=delivery.token)),
        "SequenceNumber": delivery.sequence,
        "EnqueuedSequenceNumber": annotations.get("x-opt-enqueue-sequence-number", delivery.sequence),
        "EnqueuedTimeUtc": enqueued, "EnqueuedTime": enqueued, "ExpiresAtUtc": expires, "ExpiresAt": expires,
        "ContentType": properties.content_type, "CorrelationId": bus_values.plain(properties.correlation_id),
        "ReplyTo": properties.reply_to, "To": properties.to, "Subject": properties.subject, "Label": properties.subject,
        "SessionId": properties.group_id, "ReplyToSessionId": properties.reply_to_group_id,
        "PartitionKey": annotations.get("x-opt-partition-key"),
        "TransactionPartitionKey": annotations.get("x-opt-via-partition-key"),
        "DeadLetterSource": annotations.get("x-opt-deadletter-source"),
        "DeadLetterReason": user.get("DeadLetterReason"),
        "DeadLetterErrorDescription": user.get("DeadLetterErrorDescription"),
        "ApplicationProperties": user, "UserProperties": user,
        "MessageReceiver": {}, "MessageSession": {}, "MessageActions": {}, "SessionActions": {}, "ReceiveActions": {},
        "Client": {},
    }  # fmt: skip


def sample(function: Function) -> Any:
    """An event to begin with: the message's body, or several for a function that takes many."""
    body = {"id": 1, "text": "sample"}
    return [body] if bus_values.is_many(function) else body


async def from_data(function: Function, data: str, _host: Listening) -> Event:
    """The event of a message's body that somebody gave by hand; for many, the elements of a JSON array are messages."""
    now = time.time()
    taken = [
        Delivery(
            number, 0, None, now, None, None, 0, uuid.uuid4().bytes, now + 60, b"",
            amqp.build(body.encode(), amqp.Properties(message_id=uuid.uuid4().hex)), None, 0,
        )
        for number, body in enumerate(bus_values.given(function, data), 1)
    ]  # fmt: skip
    return to_event(function, taken, BY_HAND)
