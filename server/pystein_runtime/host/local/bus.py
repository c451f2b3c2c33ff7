"""Service Bus and Event Hubs of the local cloud, in process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.cloud.bus import entities, hubs, messages, sessions

from . import POLL_SECONDS, wait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pystein_runtime.cloud.bus.entities import Entity
    from pystein_runtime.cloud.bus.hubs import Event
    from pystein_runtime.cloud.bus.messages import Delivery
    from pystein_runtime.cloud.store import Store

    from . import Cloud


def connect(cloud: Cloud) -> LocalBus:
    """The broker."""
    return LocalBus(cloud.store)


class LocalBus:
    """The broker, as triggers and outputs use it; raises BusError."""

    def __init__(self, store: Store) -> None:
        entities.prepare(store)
        self._store = store

    async def ensure_queue(self, name: str, *, sessions_wanted: bool | None = None) -> Entity:
        """Create a queue unless it is there; a trigger says whether it has sessions."""
        return entities.create_queue(self._store, name, self._options(name, sessions_wanted))

    async def ensure_topic(self, name: str) -> Entity:
        """Create a topic unless it is there."""
        return entities.create_topic(self._store, name)

    async def ensure_subscription(self, topic: str, name: str, *, sessions_wanted: bool) -> Entity:
        """Create a subscription and its topic unless they are there."""
        options = self._options(f"{topic}/subscriptions/{name}", sessions_wanted)
        return entities.create_subscription(self._store, topic, name, options)

    async def dead_letters(self, entity: Entity) -> Entity:
        """Where an entity's dead letters are."""
        return entities.dead_letters(self._store, entity)

    def _options(self, path: str, sessions_wanted: bool | None) -> entities.Options | None:
        known = entities.find(self._store, path)
        options = entities.Options() if known is None else known.options
        return None if sessions_wanted is None else options._replace(sessions=sessions_wanted)

    async def ensure_hub(self, name: str, *groups: str) -> Entity:
        """Create a hub and consumer groups unless they are there."""
        return entities.create_hub(self._store, name, groups)

    async def send(self, name: str, raws: Iterable[bytes]) -> None:
        """Put messages into a queue or a topic."""
        messages.send(self._store, entities.get(self._store, name), raws)

    async def send_events(self, hub: str, raws: Sequence[bytes]) -> None:
        """Append events to a hub."""
        hubs.send(self._store, entities.get(self._store, hub), raws)

    async def receive(self, entity: Entity, limit: int, session: str | None = None) -> list[Delivery]:
        """Lock up to so many messages."""
        return messages.receive(self._store, entity, limit, session=session)

    async def complete(self, entity: Entity, tokens: Sequence[bytes]) -> None:
        """Messages have been dealt with; of some whose lock was lost, the others are complete all the same."""
        lost: Exception | None = None
        with self._store.transaction():
            for token in tokens:
                try:
                    messages.complete(self._store, entity, token)
                except entities.BusError as error:  # noqa: PERF203 - each by itself
                    lost = error
        if lost is not None:
            raise lost

    async def abandon(self, entity: Entity, token: bytes) -> None:
        """A message is to be delivered again."""
        messages.abandon(self._store, entity, token)

    async def release(self, entity: Entity, token: bytes) -> None:
        """A message was not looked at."""
        messages.release(self._store, entity, token)

    async def renew(self, entity: Entity, token: bytes) -> None:
        """Keep a message's lock."""
        messages.renew(self._store, entity, token)

    async def accept_session(self, entity: Entity, owner: str) -> str | None:
        """Lock the next session that has messages."""
        accepted = sessions.accept(self._store, entity, owner)
        return None if accepted is None else accepted[0]

    async def renew_session(self, entity: Entity, owner: str, session: str) -> None:
        """Keep a session's lock."""
        sessions.renew(self._store, entity, owner, session)

    async def leave_session(self, entity: Entity, owner: str, session: str) -> None:
        """Let go of a session."""
        sessions.leave(self._store, entity, owner, session)

    async def read(self, hub: Entity, partition: int, start: int, limit: int) -> list[Event]:
        """Events of a partition from a sequence number on."""
        return hubs.read(self._store, hub, partition, start, limit)

    async def position(self, hub: Entity, reader: str, partition: int, initial: Callable[[], float | None]) -> int:
        """The sequence number to go on with; `initial` says from when on a new reader wants events, None: the end."""
        known = hubs.checkpoint(self._store, hub, reader, partition)
        if known is not None:
            return known + 1
        moment = initial()
        if moment is None:
            return hubs.describe(self._store, hub, partition).last + 1
        return 0 if moment == 0 else hubs.since(self._store, hub, partition, moment, inclusive=True)

    async def checkpoint(self, hub: Entity, reader: str, partition: int, sequence: int) -> None:
        """A reader has dealt with everything up to an event."""
        hubs.set_checkpoint(self._store, hub, reader, partition, sequence)

    async def wait(self, entity: Entity, seconds: float = POLL_SECONDS) -> None:
        """Wait until it may be worth to receive again."""
        due = messages.next_due(self._store, entity)
        seconds = seconds if due is None else min(seconds, due - self._store.now())
        await wait(self._store, entities.topic_of(entity), seconds)

    async def wait_for_events(self, hub: Entity, partition: int) -> None:
        """Wait until it may be worth to read again."""
        await wait(self._store, hubs.topic_of(hub, partition))
