"""Links over which the client receives, whatever it is that they bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from .session import Session

BURST = 100  # messages that a link sends before others have their turn


class Outgoing:
    """A link over which the client receives; by itself the one for answers, which are sent when they are there."""

    def __init__(self, session: Session, handle: int, path: str) -> None:
        self.session = session
        self.handle = handle
        self.path = path
        self.count = 0
        self.credit = 0
        self._woken = False
        self._closed = False
        self._forget: Callable[[], None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    def watch(self, topic: str) -> None:
        """Be woken by what is announced."""
        self._forget = self.session.connection.store.watch(topic, self.wake)

    def close(self) -> None:
        """The link is no more."""
        self._closed = True
        if self._forget is not None:
            self._forget()
            self._forget = None
        if self._timer is not None:
            self._timer.cancel()

    def flow(self, count: int, credit: int, *, drain: bool) -> None:
        """The client lets us send so much in all."""
        self.credit = max(count + credit - self.count, 0)
        self.pump()
        if drain and not self._closed and self.credit:
            self.count += self.credit
            self.credit = 0
            self.session.drained(self)

    def wake(self) -> None:
        """Send soon what there is."""
        if not self._woken and not self._closed:
            self._woken = True
            self.session.connection.loop.call_soon(self._run)

    def wake_at(self, moment: float | None) -> None:
        """Send what there will be then: seconds since 1970."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if moment is not None and not self._closed:
            delay = max(moment - self.session.connection.store.now(), 0.0) + 0.001
            self._timer = self.session.connection.loop.call_later(min(delay, 3600.0), self.wake)

    def _run(self) -> None:
        self._woken = False
        connection = self.session.connection
        if not self._closed and not connection.paused and not connection.closed:
            with connection.batch():
                self.pump()

    def pump(self) -> None:
        """Send what there is and what the client has credit for."""

    def send(self, raw: bytes, tag: bytes, token: bytes | None = None) -> None:
        """Send one message."""
        self.credit = max(self.credit - 1, 0)
        self.count += 1
        self.session.deliver(self, raw, tag, token)

    def settle(self, token: bytes, code: int, fields: list[Any]) -> None:
        """The client has settled a message.

        Raises:
            BusError: it no longer had it.
        """
