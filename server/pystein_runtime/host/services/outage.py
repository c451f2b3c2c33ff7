"""A service that fails for a while: told once, asked again after longer and longer pauses, and told when it is back."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING, TypeVar

from pystein_runtime.host.services import ServiceGoneError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

GONE = (ServiceGoneError, sqlite3.Error, OSError)
"""How a service fails that may work a moment later; the local cloud's does when the disk is full or its file is locked."""
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds until it is asked again; the last one from then on."""


T = TypeVar("T")


async def steadily(step: Callable[[], Awaitable[T]]) -> T:
    """Do something with a service that may be gone for half a minute; what is being processed is kept meanwhile."""
    for pause in PAUSES:
        try:
            return await step()
        except GONE:  # noqa: PERF203 - it is seldom so
            await asyncio.sleep(pause)
    return await step()


class Outage:
    """What one listener has seen of its service lately."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self._report = report
        self._failures = 0
        self._told = ""

    async def failed(self, message: str) -> None:
        """It has failed: tell that, unless it was told already, and wait."""
        if message != self._told:
            self._report(f"{message} It is tried again.")
            self._told = message
        pause = PAUSES[min(self._failures, len(PAUSES) - 1)]
        self._failures += 1
        await asyncio.sleep(pause)

    def over(self, message: str) -> None:
        """It has answered."""
        if self._failures:
            self._failures, self._told = 0, ""
            self._report(message)
