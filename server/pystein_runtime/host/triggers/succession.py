"""Listeners that follow each other: a reload starts the next one of a function before the one before has ended.

Where both would read the same, the next one waits; else what still runs would be delivered a second time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Hashable

_last: dict[Hashable, Turn] = {}


class Turn:
    """One listener's time. Two with the same key do not overlap."""

    def __init__(self, *key: Hashable) -> None:
        self._ended = asyncio.Event()
        self._before = _last.get(key)
        _last[key] = self

    async def begin(self) -> None:
        """Wait until the one before has ended."""
        if self._before is not None:
            await self._before._ended.wait()
            self._before = None

    def end(self) -> None:
        """From now on the next one may begin."""
        self._ended.set()
