"""The entities of the local Service Bus and Event Hubs: created as triggers and outputs name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.cloud.bus import entities

if TYPE_CHECKING:
    from pystein_runtime.cloud.bus.entities import Entity
    from pystein_runtime.cloud.store import Store


class LocalBus:
    """The broker's entities; raises BusError where something else has a name."""

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

    async def ensure_hub(self, name: str, *groups: str) -> Entity:
        """Create a hub and consumer groups unless they are there."""
        return entities.create_hub(self._store, name, groups)

    def _options(self, path: str, sessions_wanted: bool | None) -> entities.Options | None:
        known = entities.find(self._store, path)
        options = entities.Options() if known is None else known.options
        return None if sessions_wanted is None else options._replace(sessions=sessions_wanted)
