"""How far a long run is, for whoever watches a terminal."""

from __future__ import annotations

import sys
from time import monotonic

_PATIENCE = 0.5
"""Seconds after which one wants to know."""

_INTERVAL = 0.1


class Progress:
    """Shows a line on standard error that goes away in the end; nothing where that is no terminal."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._next = monotonic() + _PATIENCE
        self._shown = False
        self._watched = sys.stderr is not None and sys.stderr.isatty()

    def advance(self) -> None:
        """One app more is done."""
        self._done += 1
        if self._watched and monotonic() >= self._next:
            self._next = monotonic() + _INTERVAL
            self._shown = True
            self._write(f"\r\x1b[Kchecked {self._done} of {self._total} apps")

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
