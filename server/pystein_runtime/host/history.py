"""The last invocations of a host, and how often each function has run."""

from __future__ import annotations

from collections import deque
from itertools import chain
from typing import TYPE_CHECKING

from pystein_runtime.worker.messages import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pystein_runtime.worker.messages import Datum

    from .invocation import Outcome

LIMIT = 10_000
"""Invocations that are remembered at all."""
WHOLE = 1_000
"""Of these the last ones that keep what went in, what came out and every log record."""
LARGE = 64 * 1024
"""Text or bytes of a value beyond which it is not kept: a browser could not show it anyway."""
_LOGS = 20  # records that the older ones keep when they have failed


class Counts:
    """How often a function has run since the host started."""

    __slots__ = ("failed", "last", "succeeded")

    def __init__(self) -> None:
        self.succeeded = 0
        self.failed = 0
        self.last: Outcome | None = None


class History:
    """Remembers outcomes, the last one at the end. Every outcome has a number; the first one of a host has 1."""

    def __init__(self) -> None:
        self._older: deque[Outcome] = deque(maxlen=LIMIT - WHOLE)
        self._recent: deque[Outcome] = deque()
        self.newest = 0
        """The number of the last outcome."""
        self.counts: dict[str, Counts] = {}
        """By function."""

    def add(self, outcome: Outcome) -> None:
        """An invocation has ended."""
        kept = _bounded(outcome)
        self._recent.append(kept)
        self.newest += 1
        if len(self._recent) > WHOLE:
            self._older.append(_short(self._recent.popleft()))
        counts = self.counts.get(outcome.function)
        if counts is None:
            counts = self.counts[outcome.function] = Counts()
        if outcome.ok:
            counts.succeeded += 1
        else:
            counts.failed += 1
        counts.last = kept

    def since(self, number: int) -> Iterator[tuple[int, Outcome]]:
        """The outcomes after one, with their numbers, the oldest first."""
        first = self.newest - len(self._older) - len(self._recent) + 1
        for own, outcome in enumerate(chain(self._older, self._recent), first):
            if own > number:
                yield own, outcome

    def find(self, id_: str) -> Outcome | None:
        """The last outcome of an invocation, which has several when it was tried again."""
        known = chain(reversed(self._recent), reversed(self._older))
        return next((outcome for outcome in known if outcome.id == id_), None)


def is_whole(outcome: Outcome) -> bool:
    """Whether it has what went in and what came out, as far as that was not too large."""
    return outcome.event is not None


def _short(outcome: Outcome) -> Outcome:
    logs = [] if outcome.ok else outcome.logs[-_LOGS:]
    return outcome._replace(return_value=None, outputs={}, event=None, logs=logs)


def _bounded(outcome: Outcome) -> Outcome:
    event, returned = outcome.event, outcome.return_value
    if event is not None and _size(event.datum) > LARGE:
        outcome = outcome._replace(event=event._replace(datum=NOTHING, metadata={}, data={}))
    if returned is not None and _size(returned) > LARGE:
        outcome = outcome._replace(return_value=_left_out(returned))
    if outcome.outputs and any(_size(datum) > LARGE for datum in outcome.outputs.values()):
        small = {name: _left_out(item) if _size(item) > LARGE else item for name, item in outcome.outputs.items()}
        outcome = outcome._replace(outputs=small)
    return outcome


def _left_out(datum: Datum) -> Datum:
    return datum._replace(type="string", value=f"({_size(datum):,} bytes, not kept)")


def _size(datum: Datum) -> int:
    kind, value = datum
    if kind == "http":
        return _size(value.body)
    if isinstance(value, (str, bytes)):
        return len(value)
    if isinstance(value, list):
        return sum(len(item) for item in value if isinstance(item, (str, bytes)))
    return 0
