"""The threads that synchronous functions run in."""

from __future__ import annotations

import logging
import os
import threading
from collections import deque
from queue import SimpleQueue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_COUNT = "PYTHON_THREADPOOL_THREAD_COUNT"
_logger = logging.getLogger("azure.functions")


class ThreadPool:
    """Threads that come as they are needed, up to a number, and wait for more.

    Not the standard library's: its threads keep a process alive until they end, and a worker must be able to leave
    while a function hangs; and a call without a future is half the price.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._calls: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._idle: deque[None] = deque()
        self._started = 0

    def submit(self, call: Callable[[], None]) -> None:
        """Run this in a thread. It must not raise. To be called from one thread only."""
        self._calls.put(call)
        try:
            self._idle.pop()
        except IndexError:
            if self._started < self.size:
                self._start()

    def _start(self) -> None:
        # The name that functions see in their log formats on the platform, whose pool is the standard library's.
        name = f"ThreadPoolExecutor-0_{self._started}"
        self._started += 1
        threading.Thread(target=self._work, name=name, daemon=True).start()

    def _work(self) -> None:
        while True:
            self._calls.get()()
            self._idle.append(None)


def default_size() -> int:
    """How many threads the app may have: its setting, else the platform's default, that of Python's own pool.

    Texts: azure-functions-runtime 1.3.0, utils/threadpool.py.
    """
    default = min(32, (os.cpu_count() or 1) + 4)
    setting = os.environ.get(_COUNT)
    if setting is None:
        return default
    try:
        size = int(setting)
    except ValueError:
        _logger.warning("%s must be an integer", _COUNT)
        return default
    if size < 1:
        _logger.warning("%s must be set to a value of at least 1. Reverting to default value (%s).", _COUNT, default)
        return default
    return size
