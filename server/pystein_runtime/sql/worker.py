"""Threads for a database: its driver blocks, and most drivers' connections stay in the thread that made them."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from .database import Database

_T = TypeVar("_T")


class Worker:
    """Makes a database in each thread that first needs it, and does everything with these.

    Args:
        connect: makes one.
        threads: how many things may be done at once. What a database remembers of tables that it follows wants one thread.
    """

    def __init__(self, connect: Callable[[], Database], threads: int = 1) -> None:
        self._connect = connect
        self._threads = ThreadPoolExecutor(threads, "sql")
        self._own = threading.local()

    async def run(self, work: Callable[[Database], _T]) -> _T:
        """Do something with the database.

        Raises:
            SqlError: it cannot be reached, or refuses.
        """
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._do, work)

    def _do(self, work: Callable[[Database], _T]) -> _T:
        if not hasattr(self._own, "database"):
            self._own.database = self._connect()
        return work(self._own.database)
