"""An instance that has not come to its end: what is for it, and what its history means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import events as ev
from .replay import Execution

if TYPE_CHECKING:
    from .model import Instance, Message
    from .store import TaskHubStore


class Live:
    """An instance that has not come to its end."""

    def __init__(self, instance: Instance, *, begun: bool) -> None:
        self.instance = instance
        self.execution: Execution | None = None if begun else Execution(instance.execution)
        self.inbox: list[Message] = []
        self.timers: dict[int, Message] = {}
        self.queued = False
        self.crashes = 0
        self.doubted = False
        self.rest = 0.0
        """Until then (the loop's time) it collects what comes, so that replays take half of the time at most."""
        self.resting = False

    @property
    def is_suspended(self) -> bool:
        """Whether it keeps still until it is resumed."""
        return self.instance.status == "Suspended"

    def load(self, store: TaskHubStore) -> Execution:
        """The state that follows from the history, read when it is first needed.

        Raises:
            HistoryError: it cannot be read.
        """
        if self.execution is None:
            self.execution = Execution.load(self.instance.execution, store.episodes(self.instance.id))
        return self.execution

    def ready(self, store: TaskHubStore, *, keeps_events: bool) -> list[Message]:
        """The messages that the orchestrator is ready for.

        Args:
            store: has the history.
            keeps_events: whether external events may come before somebody waits for them.

        Raises:
            HistoryError: the history cannot be read.
        """
        if keeps_events:
            return list(self.inbox)
        taken: dict[str, int] = {}
        ready = []
        for message in self.inbox:
            event = message.event
            if event["EventType"] == ev.EVENT_RAISED and "_reply" not in event:
                execution = self.load(store)
                name = event["Name"]
                taken[name] = taken.get(name, 0) + 1
                if execution.waits.get(name, 0) < execution.raised.get(name, 0) + taken[name]:
                    continue
            ready.append(message)
        return ready
