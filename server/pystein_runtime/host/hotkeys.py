"""Single keys on the terminal that `start` runs in."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

POLL_SECONDS = 0.1  # how often a Windows console is asked


class Hotkeys:
    """Calls back for keys, without waiting for Enter, until it is stopped."""

    def __init__(self, actions: Mapping[str, Callable[[], None]]) -> None:
        self._actions = actions
        self._task: asyncio.Task[None] | None = None
        self._restore: Callable[[], None] | None = None

    def start(self) -> None:
        """Listen, if there is a terminal."""
        if sys.stdin is None or not sys.stdin.isatty():
            return
        if sys.platform == "win32":
            self._task = asyncio.get_running_loop().create_task(self._poll())
        else:
            with contextlib.suppress(OSError, ValueError, NotImplementedError):
                self._read_keys()

    def stop(self) -> None:
        """Leave the terminal as it was."""
        if self._task is not None:
            self._task.cancel()
        if self._restore is not None:
            self._restore()
            self._restore = None

    def _press(self, key: str) -> None:
        action = self._actions.get(key.lower())
        if action is not None:
            action()

    if sys.platform == "win32":

        async def _poll(self) -> None:
            import msvcrt  # noqa: PLC0415 - of that system only

            while True:
                while msvcrt.kbhit():
                    self._press(msvcrt.getwch())
                await asyncio.sleep(POLL_SECONDS)

    else:

        def _read_keys(self) -> None:
            import os  # noqa: PLC0415 - of a terminal only
            import termios  # noqa: PLC0415
            import tty  # noqa: PLC0415

            terminal = sys.stdin.fileno()
            before = termios.tcgetattr(terminal)
            tty.setcbreak(terminal, termios.TCSANOW)  # what was typed already is not thrown away
            loop = asyncio.get_running_loop()
            loop.add_reader(terminal, lambda: self._press(os.read(terminal, 1).decode(errors="replace")))

            def restore() -> None:
                loop.remove_reader(terminal)
                termios.tcsetattr(terminal, termios.TCSADRAIN, before)

            self._restore = restore
