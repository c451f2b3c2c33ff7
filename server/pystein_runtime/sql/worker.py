"""A thread for a database: its driver blocks, and most drivers' connections stay in the thread that made them."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from .database import Database

_T = TypeVar("_T")


class Worker:
    """Makes a database when it is first needed, and does everything with it, one thing after the other."""

    def __init__(self, connect: Callable[[], Database]) -> None:
        self._connect = connect
        self._thread = ThreadPoolExecutor(1, "sql")
        self._database: Database | None = None

    async def run(self, work: Callable[[Database], _T]) -> _T:
        """Do something with the database.

        Raises:
            SqlError: it cannot be reached, or refuses.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._do, work)

    def _do(self, work: Callable[[Database], _T]) -> _T:
        if self._database is None:
            self._database = self._connect()
        return work(self._database)
