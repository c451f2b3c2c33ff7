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
from typing import TYPE_CHECKING, Any, NamedTuple

from pystein_runtime.amqp import message as amqp
from pystein_runtime.cloud.bus import entities
from pystein_runtime.host import datetimes
from pystein_runtime.host.services.messaging import Received, Source
from pystein_runtime.host.services.outage import GONE, Outage, steadily

from . import BY_HAND, Event, bus_values, sdk_values
from .metadata import combine

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from pystein_runtime.host.functions import Function
    from pystein_runtime.host.services.messaging import Receiver

    from . import Listener, Listening

GLANCE_SECONDS = 1.0  # between two looks whether a lock is half over, which is when it is renewed
BATCH_SIZE = 100  # the platform's default is 1000, for which azure-functions takes seconds: it grows with the square
_SECTION = "serviceBus"


def create(functions: Sequence[Function], host: Listening) -> list[Listener]:
    """One listener for each function."""
    return [_Listener(function, host) for function in functions]


class _Held(NamedTuple):
    """A message that is being processed."""

    receiver: Receiver
    item: Received
    renewal: float
    """When its lock wants to be renewed, in seconds since 1970."""


def _half(locked: float) -> float:
    """The moment when half of a lock is over that has just begun."""
    now = time.time()
    return now + (locked - now) / 2


class _Listener:
    """Empties one queue or subscription."""

    def __init__(self, function: Function, host: Listening) -> None:
        self.label = f"function '{function.name}'"
        self._function = function
        self._host = host
        trigger, config = function.trigger, host.config
        self._many = bus_values.is_many(function)
        self._source = source(function)
        complete = trigger.properties.get("autoCompleteMessages")
        if complete is None:
            complete = bus_values.setting(config, _SECTION, "autoCompleteMessages")
        self._complete = str(complete).lower() != "false"
        self._calls = bus_values.number(config, _SECTION, "maxConcurrentCalls", 16)
        self._parallel_sessions = bus_values.number(config, _SECTION, "maxConcurrentSessions", 8)
        self._batch = bus_values.number(config, _SECTION, "maxMessageBatchSize", BATCH_SIZE)
        self._outage = Outage(host.report)
        self._receiver: Receiver | None = None
        self._sessions: dict[Receiver, float] = {}
        """When the lock of each wants to be renewed."""
        self._held: dict[bytes, _Held] = {}
        self._done: dict[Receiver, list[Received]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._loops: list[asyncio.Task[None]] = []
        self._free = asyncio.Event()

    async def start(self) -> None:
        """Create what the trigger names, where it is the local cloud's, and begin.

        Raises:
            ServiceError, BusError: the service cannot be used, or refuses.
        """
        self._service = self._host.services.service_bus(self._function.trigger.text("connection"))
        with contextlib.suppress(*GONE):  # it is told by who receives
            self._receiver = await self._service.receiver(self._source)
        step = self._serve_batch if self._many else self._serve_calls
        steps = [self._serve_next_session] * self._parallel_sessions if self._source.sessions else [step]
        loop = asyncio.get_running_loop()
        self._loops = [loop.create_task(item) for item in (*map(self._forever, steps), self._renew())]

    async def stop(self, seconds: float) -> None:
        """Take no more; let what runs finish for some time, and give the rest back."""
        if not self._loops:
            return
        for loop in self._loops[:-1]:
            loop.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in (*self._loops, *self._tasks):
            task.cancel()
        await asyncio.gather(*self._loops, *self._tasks, return_exceptions=True)
        receivers = [*self._sessions, *([] if self._receiver is None else [self._receiver])]
        for receiver in receivers:
            with contextlib.suppress(Exception):  # its messages come back by themselves when their time is over
                await self._flush(receiver)
        for held in list(self._held.values()):
            with contextlib.suppress(Exception):
                await held.receiver.abandon(held.item)
        for receiver in receivers:
            with contextlib.suppress(Exception):
                await receiver.close()

    # -- loops --------------------------------------------------------------------------------------------

    async def _forever(self, step: Callable[[Receiver], Awaitable[None]]) -> None:
        """Do a step again and again, whatever happens."""
        while True:
            try:
                if self._receiver is None:
                    self._receiver = await self._service.receiver(self._source)
                await step(self._receiver)
                self._outage.over(f"'{self._path}' can be received from again.")
            except Exception as error:  # noqa: PERF203 - the service may come back, and the loop goes on
                await self._outage.failed(f"'{self._path}' cannot be received from: {error}")

    @property
    def _path(self) -> str:
        known, wanted = self._receiver, self._source
        return known.path if known is not None else wanted.queue or f"{wanted.topic}/{wanted.subscription}"

    async def _serve_calls(self, receiver: Receiver) -> None:
        """One message for each call, several calls at a time."""
        while len(self._tasks) >= self._calls:
            self._free.clear()
            await self._free.wait()
        taken = await self._receive(receiver, self._calls - len(self._tasks))
        for item in taken:
            self._begin(receiver, [item])
        await asyncio.sleep(0)

    async def _serve_batch(self, receiver: Receiver) -> None:
        """All messages that there are for one call, one call after the other."""
        taken = await self._receive(receiver, self._batch)
        if taken:
            await asyncio.wait([self._begin(receiver, taken)])

    async def _serve_next_session(self, receiver: Receiver) -> None:
        """One session after the other: the messages of each in their order, until there are none for a while."""
        session = await receiver.next_session()
        if session is None:
            return
        self._sessions[session] = _half(session.locked)  # what `stop` finds there it closes
        try:
            while taken := await self._receive(session, self._batch if self._many else 1):
                await asyncio.wait([self._begin(session, taken)])
                await self._flush(session)
        except Exception:
            del self._sessions[session]
            await session.close()
            raise
        del self._sessions[session]
        await session.close()

    async def _renew(self) -> None:
        """Keep what is being processed from others: a lock is renewed when half of it is over."""
        while True:
            await asyncio.sleep(GLANCE_SECONDS)
            now = time.time()
            for token, held in list(self._held.items()):
                if (
                    held.renewal <= now
                    and (renewal := await self._keep(held.receiver, held.item))
                    and token in self._held
                ):
                    self._held[token] = held._replace(renewal=renewal)
            for session, renewal in list(self._sessions.items()):
                if renewal <= now and (later := await self._keep(session, None)) and session in self._sessions:
                    self._sessions[session] = later

    async def _keep(self, receiver: Receiver, item: Received | None) -> float:
        """Renew a lock; gives when it wants to be renewed again."""
        try:
            return _half(await receiver.renew(item))
        except GONE:
            return time.time() + GLANCE_SECONDS
        except Exception as error:
            what = "A message of" if item is not None else f"The session '{receiver.session}' of"
            self._host.report(f"{what} '{receiver.path}' could not be kept: {error}")
            return float("inf")

    # -- messages -----------------------------------------------------------------------------------------

    async def _receive(self, receiver: Receiver, limit: int) -> list[Received]:
        taken = await receiver.receive(limit)
        for item in taken:
            renewal = _half(item.locked) if receiver.session is None else float("inf")  # else the session keeps it
            self._held[item.token] = _Held(receiver, item, renewal)
        return taken

    def _begin(self, receiver: Receiver, taken: list[Received]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(self._handle(receiver, taken))
        self._tasks.add(task)
        task.add_done_callback(self._end)
        return task

    def _end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._free.set()

    async def _handle(self, receiver: Receiver, taken: list[Received]) -> None:
        event = to_event(self._function, taken, f"(Reason='New ServiceBus message detected on '{receiver.path}'.')")
        outcome = await self._host.run(self._function, event)
        try:
            if outcome.ok and self._complete:
                self._done.setdefault(receiver, []).extend(taken)
                await asyncio.sleep(0)  # others that have just succeeded are completed in the same transaction
                await self._flush(receiver)
            elif not outcome.ok:
                for item in taken:
                    await steadily(lambda item=item: receiver.abandon(item))  # type: ignore[misc]  # its default
        except Exception as error:  # they are delivered again
            self._host.report(f"A message of '{receiver.path}' could not be settled: {error}")
        finally:
            for item in taken:
                self._held.pop(item.token, None)

    async def _flush(self, receiver: Receiver) -> None:
        done = self._done.pop(receiver, None)
        if done:
            await steadily(lambda: receiver.complete(done))


def source(function: Function) -> Source:
    """What a trigger receives from: people write the dead letters of something into its name."""
    trigger = function.trigger
    queue, topic, subscription = (trigger.text(name) for name in ("queueName", "topicName", "subscriptionName"))
    dead_letters = (subscription if topic else queue).lower().endswith(entities.DEAD_LETTERS)
    if dead_letters:
        queue, subscription = (_without_suffix(name) for name in (queue, subscription))
    sessions = str(trigger.properties.get("isSessionsEnabled", "")).lower() == "true" and not dead_letters
    return Source("" if topic else queue, topic, subscription, sessions, dead_letters)


def _without_suffix(name: str) -> str:
    return name[: -len(entities.DEAD_LETTERS)] if name.lower().endswith(entities.DEAD_LETTERS) else name


# -- events ---------------------------------------------------------------------------------------------------


def to_event(function: Function, taken: Sequence[Received], reason: str) -> Event:
    """The event of a message, or of several for a function that takes many."""
    bodies = [amqp.body_bytes(item.message) for item in taken]
    described = [_describe(item) for item in taken]
    data: Mapping[str, Any] = {}
    if bus_values.is_many(function):
        names = described[0]
        metadata = {f"{name}Array": bus_values.collection([item[name] for item in described]) for name in names}
        datum = bus_values.many(function, bodies)
    else:
        known = {name: value for name, value in described[0].items() if value is not None}
        metadata, data = combine(known, bus_values.text_of(bodies[0]) or "")
        datum = bus_values.one(function, bodies[0])
    if sdk_values.are_wanted(function):
        datum = sdk_values.of_messages(function, taken)
    return Event(datum, metadata, data, reason)


def _describe(delivery: Received) -> dict[str, Any]:
    message = delivery.message
    properties, annotations = message.properties, message.annotations
    user = bus_values.plain(message.application)
    enqueued = datetimes.utc(delivery.enqueued)
    expires = datetimes.utc(delivery.expires or bus_values.NEVER)
    return {
        "MessageId": bus_values.plain(properties.message_id),
        "DeliveryCount": delivery.deliveries + 1,
        "LockToken": str(uuid.UUID(bytes=delivery.token)),
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
        Received(
            number, now, None, now + 60, 0, uuid.uuid4().bytes,
            amqp.parse(amqp.build(body.encode(), amqp.Properties(message_id=uuid.uuid4().hex))),
        )
        for number, body in enumerate(bus_values.given(function, data), 1)
    ]  # fmt: skip
    return to_event(function, taken, BY_HAND)
