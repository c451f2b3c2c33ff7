"""An event loop beside the tests: what is local runs there, and tests wait for it as for a service."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Coroutine

T = TypeVar("T")


class Background:
    """A loop in a thread of its own."""

    def __init__(self) -> None:
        import asyncio  # noqa: PLC0415 - not before a test asks

        self._loop: asyncio.AbstractEventLoop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="pystein", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do something there and wait for it; raises what it raises."""
        import asyncio  # noqa: PLC0415 - as above

        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except BaseException:  # such as Ctrl-C while waiting
            future.cancel()
            raise

    @staticmethod
    async def _settle() -> None:
        """Let what is being closed come to its end."""
        import asyncio  # noqa: PLC0415 - as above

        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0)
        await asyncio.get_running_loop().shutdown_asyncgens()

    def close(self) -> None:
        """End the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.run_until_complete(self._settle())
        self._loop.close()
