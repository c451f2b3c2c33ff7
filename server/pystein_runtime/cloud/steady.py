"""The time of day, which does not go back when the machine's clock is set back.

Messages become visible, locks end and timers are due at moments that were computed before; a service's own clock is not
set, and nothing of it stands still for an hour because of daylight saving done wrongly or a virtual machine that was resumed.
"""

from __future__ import annotations

import time

TOLERANCE = 30.0  # seconds; smaller steps back only delay what is due by that much


class SteadyClock:
    """Follows the machine's clock forwards; where it is set back, goes on at its pace from where it was."""

    def __init__(self) -> None:
        self.ahead = 0.0
        """Seconds before the machine's clock."""
        self._time = time.time()
        self._running = time.monotonic()

    def now(self) -> float:
        """Seconds since 1970."""
        wall, running = time.time(), time.monotonic()
        back = self._time + (running - self._running) - wall
        if abs(back) > TOLERANCE:
            self.ahead = max(self.ahead + back, 0.0)
        self._time, self._running = wall, running
        return wall + self.ahead


CLOCK = SteadyClock()
"""That of this process."""
