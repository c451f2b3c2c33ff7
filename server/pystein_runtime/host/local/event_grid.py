"""Event Grid topics of the local cloud, in process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud import event_grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pystein_runtime.cloud.store import Store

    from . import Cloud


def connect(cloud: Cloud) -> LocalTopics:
    """The topics."""
    return LocalTopics(cloud.store)


class LocalTopics:
    """Topics of the local cloud."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def publish(self, topic: str, events: Sequence[dict[str, Any]]) -> None:
        """Keep events under a topic's name."""
        event_grid.publish(self._store, topic, events)
