"""A session: links by handle, transfers in both directions, and how deliveries are settled.

The client's windows are not counted: azure-servicebus and azure-eventhub take whatever a link's credit allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pystein_runtime.amqp import performatives as p
from pystein_runtime.amqp.types import CodecError, UInt, ULong
from pystein_runtime.cloud.bus.entities import BusError
from pystein_runtime.cloud.bus.messages import MAX_SIZE

from . import links

if TYPE_CHECKING:
    from collections.abc import Callable

    from .connection import Connection
    from .outgoing import Outgoing

CREDIT = 1000  # messages that a client may send ahead


class LinkError(Exception):
    """A client broke the protocol of its session."""

    def __init__(self, condition: str, message: str) -> None:
        super().__init__(message)
        self.condition = condition


class Incoming:
    """A link over which the client sends."""

    def __init__(self, handle: int, take: Callable[[bytes, int], None]) -> None:
        self.handle = handle
        self.take = take
        """Gets a message and its format; raises BusError."""
        self.count = 0
        self.parts: list[bytes] = []
        self.size = 0
        self.delivery = 0
        self.format = 0
        self.settled = False


class Session:
    """One session of a connection."""

    def __init__(self, connection: Connection, channel: int, next_incoming: int) -> None:
        self.connection = connection
        self.channel = channel
        self.outgoing: dict[int, Outgoing] = {}
        self._incoming: dict[int, Incoming] = {}
        self._unsettled: dict[int, tuple[Outgoing, bytes]] = {}
        self._next_incoming = next_incoming
        self._next_outgoing = 0

    def close(self) -> None:
        """The session has ended."""
        for link in self.outgoing.values():
            link.close()
        self.outgoing.clear()
        self._incoming.clear()

    def wake(self) -> None:
        """Let the links send that have something."""
        for link in self.outgoing.values():
            link.wake()

    def send(self, code: int, *fields: Any, payload: bytes = b"") -> None:
        """Send a frame."""
        self.connection.send(self.channel, code, *fields, payload=payload)

    def handle(self, code: int, fields: list[Any], payload: bytes) -> None:
        """Deal with a frame.

        Raises:
            LinkError: it ends the session.
        """
        if code == p.TRANSFER:
            self._transfer(fields, payload)
        elif code == p.FLOW:
            self._flow(fields)
        elif code == p.DISPOSITION:
            self._disposition(fields)
        elif code == p.ATTACH:
            self._attach(fields)
        elif code == p.DETACH:
            self._detach(fields[0])
        else:
            raise LinkError("amqp:not-allowed", "This frame is not expected here.")

    # -- links --------------------------------------------------------------------------------------------

    def _attach(self, fields: list[Any]) -> None:
        name, handle, is_receiver = fields[0], fields[1], fields[2]
        if not isinstance(name, str) or not isinstance(handle, int) or not 0 <= handle <= 255:
            raise LinkError("amqp:invalid-field", "A link needs a name, and a handle of at most 255.")
        if handle in self.outgoing or handle in self._incoming:
            raise LinkError("amqp:session:handle-in-use", f"The handle {handle} is in use.")
        try:
            if is_receiver:
                links.attach_receiver(self, fields)
            else:
                self._incoming[handle] = Incoming(handle, links.taker(self, fields))
                self.answer_attach(fields)
                self._grant(self._incoming[handle])
        except BusError as error:
            self.refuse(fields, error)

    def answer_attach(self, fields: list[Any], source: Any = None, properties: dict[Any, Any] | None = None) -> None:
        """Agree to a link."""
        name, handle, is_receiver, sends, receives, wanted, target = fields[:7]
        self.send(
            p.ATTACH, name, UInt(handle), not is_receiver, sends, receives, source or wanted, target, None, False,
            UInt(0) if is_receiver else None, ULong(MAX_SIZE), None, None, properties or {},
        )  # fmt: skip

    def refuse(self, fields: list[Any], error: BusError) -> None:
        """Answer with a link that leads nowhere and end it at once, which is how AMQP refuses one."""
        name, handle, is_receiver = fields[:3]
        first = UInt(0) if is_receiver else None
        self.send(p.ATTACH, name, UInt(handle), not is_receiver, None, None, None, None, None, False, first)
        self._drop(fields[1])
        self.send(p.DETACH, UInt(fields[1]), True, p.error(error.condition, str(error)))

    def detach(self, handle: int, error: BusError) -> None:
        """End a link from our side."""
        self._drop(handle)
        self.send(p.DETACH, UInt(handle), True, p.error(error.condition, str(error)))

    def _drop(self, handle: int) -> bool:
        link = self.outgoing.pop(handle, None)
        if link is not None:
            link.close()
        return self._incoming.pop(handle, None) is not None or link is not None

    def _detach(self, handle: Any) -> None:
        if self._drop(handle):
            self.send(p.DETACH, UInt(handle), True, None)

    def _grant(self, link: Incoming) -> None:
        """Let the client send more."""
        self._send_flow(link.handle, link.count, CREDIT)

    def _send_flow(self, handle: int, count: int, credit: int, *, drain: bool = False) -> None:
        window = UInt(0x7FFFFFFF)
        self.send(
            p.FLOW, UInt(self._next_incoming), window, UInt(self._next_outgoing), window, UInt(handle), UInt(count),
            UInt(credit), UInt(0), drain, False, None,
        )  # fmt: skip

    # -- from the client ----------------------------------------------------------------------------------

    def _transfer(self, fields: list[Any], payload: bytes) -> None:
        self._next_incoming = (self._next_incoming + 1) & 0xFFFFFFFF
        link = self._incoming.get(fields[0])
        if link is None:  # it was refused, and the client does not know yet
            return
        if fields[1] is not None and not link.parts:
            link.delivery, link.format, link.settled = fields[1], fields[3] or 0, fields[4] is True
        if fields[9] is True:  # aborted
            link.parts, link.size = [], 0
            return
        link.size += len(payload)
        link.parts.append(payload if link.size <= MAX_SIZE else b"")
        if fields[5] is True:  # more
            return
        raw = payload if len(link.parts) == 1 else b"".join(link.parts)
        size = link.size
        link.parts, link.size, link.count = [], 0, link.count + 1
        outcome = p.described(p.ACCEPTED)
        try:
            if size > MAX_SIZE:
                raise _too_large(size)
            link.take(raw, link.format)
        except (BusError, CodecError) as error:
            condition = error.condition if isinstance(error, BusError) else "amqp:decode-error"
            outcome = p.described(p.REJECTED, p.error(condition, str(error)))
        if not link.settled:
            delivery = UInt(link.delivery)
            self.send(p.DISPOSITION, True, delivery, delivery, True, outcome, None)
        if link.count % (CREDIT // 2) == 0:
            self._grant(link)

    def _flow(self, fields: list[Any]) -> None:
        link = self.outgoing.get(fields[4])
        if link is not None:
            link.flow(int(fields[5] or 0), int(fields[6] or 0), drain=fields[8] is True)
        elif fields[9] is True:  # echo
            window = UInt(0x7FFFFFFF)
            self.send(p.FLOW, UInt(self._next_incoming), window, UInt(self._next_outgoing), window)

    def _disposition(self, fields: list[Any]) -> None:
        is_receiver, first, last, settled, state = fields[:5]
        if is_receiver is not True or not isinstance(first, int):
            return
        last = first if last is None else last
        ids = [first] if last == first else [number for number in self._unsettled if first <= number <= last]
        for number in ids:
            known = self._unsettled.get(number)
            if known is None:
                continue
            link, token = known
            code, values = p.unwrap(state) if state is not None else (p.ACCEPTED, [])
            if code == p.RECEIVED:
                continue
            del self._unsettled[number]
            # The outcome comes back without what was said about it: with a reason, azure-servicebus takes it for a refusal.
            outcome = p.described(code)
            try:
                link.settle(token, code, values)
            except BusError as error:
                outcome = p.described(p.REJECTED, p.error(error.condition, str(error)))
            if settled is not True:
                self.send(p.DISPOSITION, False, UInt(number), UInt(number), True, outcome, None)

    # -- to the client ------------------------------------------------------------------------------------

    def deliver(self, link: Outgoing, raw: bytes, tag: bytes, token: bytes | None) -> None:
        """Send a message, in as many frames as it takes; what has a token is to be settled."""
        number = self._next_outgoing
        self._next_outgoing = (number + 1) & 0xFFFFFFFF
        if token is not None:
            self._unsettled[number] = (link, token)
        size = self.connection.max_frame - 128  # for the performative
        handle, settled = UInt(link.handle), token is None
        for start in range(0, len(raw), size) if raw else (0,):
            more = start + size < len(raw)
            self.send(
                p.TRANSFER, handle, UInt(number), tag, UInt(0), settled, more, None, None, False, False, False,
                payload=raw[start : start + size],
            )  # fmt: skip

    def drained(self, link: Outgoing) -> None:
        """Say that a link has nothing more for the credit it had."""
        self._send_flow(link.handle, link.count, 0, drain=True)


def _too_large(size: int) -> BusError:
    return BusError(
        "amqp:link:message-size-exceeded",
        f"The received message (size:{size} bytes) exceeds the limit ({MAX_SIZE} bytes).",
    )
