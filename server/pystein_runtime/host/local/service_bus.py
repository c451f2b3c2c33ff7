"""Service Bus of the local cloud, in process."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from pystein_runtime.amqp import message as amqp
from pystein_runtime.cloud.bus import entities, messages, sessions, settling
from pystein_runtime.cloud.bus.entities import BusError
from pystein_runtime.host.services.messaging import Received

from . import POLL_SECONDS, wait
from .bus import LocalBus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pystein_runtime.cloud.bus.entities import Entity
    from pystein_runtime.cloud.bus.messages import Delivery
    from pystein_runtime.cloud.store import Store
    from pystein_runtime.host.services.messaging import Outgoing, Source

    from . import Cloud

SESSION_IDLE_SECONDS = 1.0  # an empty session is left after this, so that others have their turn


def connect(cloud: Cloud) -> LocalServiceBus:
    """The broker's queues and topics."""
    return LocalServiceBus(cloud.store)


class LocalServiceBus:
    """The broker, as triggers and outputs use it; raises BusError."""

    def __init__(self, store: Store) -> None:
        self._bus = LocalBus(store)
        self._store = store

    async def receiver(self, source: Source) -> LocalReceiver:
        """What takes messages; creates what is missing, with sessions or without as the trigger has them."""
        wanted = None if source.dead_letters else source.sessions
        if source.topic:
            entity = await self._bus.ensure_subscription(
                source.topic, source.subscription, sessions_wanted=bool(wanted)
            )
        else:
            entity = await self._bus.ensure_queue(source.queue, sessions_wanted=wanted)
        return LocalReceiver(self._store, entities.dead_letters(self._store, entity) if source.dead_letters else entity)

    async def send(self, name: str, outgoing: Sequence[Outgoing], *, topic: bool) -> None:
        """Put messages into a queue or a topic, which is created when it is missing."""
        entity = (entities.create_topic if topic else entities.create_queue)(self._store, name)
        raws = [
            amqp.build(body, amqp.Properties(message_id=message_id, content_type=content_type))
            for body, message_id, content_type in outgoing
        ]
        messages.send(self._store, entity, raws)


class LocalReceiver:
    """Takes messages of an entity, or of one session of it."""

    def __init__(self, store: Store, entity: Entity, session: str | None = None) -> None:
        self.path = entity.path
        self.session = session
        self.locked = 0.0
        self._store = store
        self._entity = entity
        self._owner = os.urandom(8).hex()  # of the session; every receiver has its own, also beside one that is ending

    async def receive(self, limit: int) -> list[Received]:
        """Lock up to so many messages as soon as there are any; none when nothing has come for a while."""
        taken = messages.receive(self._store, self._entity, limit, session=self.session)
        if not taken:
            await self._wait()
            if self.session is not None:  # the last look before it is left
                taken = messages.receive(self._store, self._entity, limit, session=self.session)
        return [_received(delivery) for delivery in taken]

    async def _wait(self) -> None:
        seconds = POLL_SECONDS if self.session is None else SESSION_IDLE_SECONDS
        due = messages.next_due(self._store, self._entity)
        seconds = seconds if due is None else min(seconds, due - self._store.now())
        await wait(self._store, entities.topic_of(self._entity), seconds)

    async def complete(self, taken: Sequence[Received]) -> None:
        """Messages have been dealt with; of some whose lock was lost, the others are complete all the same."""
        lost: BusError | None = None
        with self._store.transaction():
            for item in taken:
                try:
                    settling.complete(self._store, self._entity, item.token)
                except BusError as error:  # noqa: PERF203 - each by itself
                    lost = error
        if lost is not None:
            raise lost

    async def abandon(self, taken: Received) -> None:
        """A message is to be delivered again."""
        settling.abandon(self._store, self._entity, taken.token)

    async def renew(self, taken: Received | None) -> float:
        """Keep a message's lock, or the session's; gives its new end."""
        if taken is not None:
            return settling.renew(self._store, self._entity, taken.token)
        assert self.session is not None
        return sessions.renew(self._store, self._entity, self._owner, self.session)

    async def next_session(self) -> LocalReceiver | None:
        """Lock the next session that has messages; None when there was none for a while."""
        found = LocalReceiver(self._store, self._entity)
        accepted = sessions.accept(self._store, self._entity, found._owner)
        if accepted is None:
            await self._wait()
            return None
        found.session, found.locked = accepted
        return found

    async def close(self) -> None:
        """Let go of the session."""
        if self.session is not None:
            with contextlib.suppress(BusError):
                sessions.leave(self._store, self._entity, self._owner, self.session)


def _received(delivery: Delivery) -> Received:
    assert delivery.token is not None
    return Received(
        delivery.sequence, delivery.enqueued, delivery.expires, delivery.locked, delivery.deliveries, delivery.token,
        delivery.message(),
    )  # fmt: skip
