"""The wire format of protocol buffers, as far as the messages of durabletask need it.

Written and read by field numbers, without the protobuf package: the host's interpreter need not have it, and whatever
version the app has is none of the host's business. Format: protobuf.dev, "Encoding".
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_MASK = (1 << 64) - 1  # negative numbers are written as 64 bits
_MICROS = 1_000_000
_SIZES = {_FIXED64: 8, _FIXED32: 4}


class WireError(ValueError):
    """Bytes that are no message."""


# -- writing: each gives the bytes of one field, none where there is nothing to say -----------------------------


def number(field: int, value: int | bool | None) -> bytes:
    """A number, a truth value or a member of an enum; 0 is what is read when it is missing."""
    return _varint(field << 3 | _VARINT) + _varint(value & _MASK) if value else b""


def text(field: int, value: str | None) -> bytes:
    """A text."""
    return data(field, value.encode()) if value else b""


def data(field: int, value: bytes | None) -> bytes:
    """A message within this one, or any bytes; an empty one is something, None is nothing."""
    return b"" if value is None else _varint(field << 3 | _BYTES) + _varint(len(value)) + value


def wrapped(field: int, value: str | None) -> bytes:
    """A text that may be missing: google.protobuf.StringValue."""
    return b"" if value is None else data(field, text(1, value))


def moment(field: int, micros: int | None) -> bytes:
    """Microseconds since 1970: google.protobuf.Timestamp."""
    if micros is None:
        return b""
    seconds, rest = divmod(micros, _MICROS)
    return data(field, number(1, seconds) + number(2, rest * 1000))


def _varint(value: int) -> bytes:
    if value < 128:
        return bytes((value,))
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    found.append(value)
    return bytes(found)


# -- reading ----------------------------------------------------------------------------------------------------


class Message:
    """A message that was read."""

    def __init__(self, body: bytes) -> None:
        """Read it.

        Raises:
            WireError: it is none.
        """
        self.body = body
        self._fields: dict[int, list[int | bytes]] = {}
        try:
            for field, value in _read(body):
                self._fields.setdefault(field, []).append(value)
        except IndexError as error:
            raise WireError("the message ends too early") from error

    def has(self, field: int) -> bool:
        """Whether a field is there."""
        return field in self._fields

    def number(self, field: int) -> int:
        """A signed number of up to 64 bits; 0 where there is none."""
        value = self._fields.get(field, [0])[-1]
        if not isinstance(value, int):
            raise WireError(f"field {field} is no number")
        return value - (1 << 64) if value >> 63 else value

    def numbers(self, field: int) -> list[int]:
        """Repeated numbers, which may be packed into one value."""
        found: list[int] = []
        for value in self._fields.get(field, ()):
            if isinstance(value, int):
                found.append(value)
            else:
                position = 0
                while position < len(value):
                    item, position = _read_varint(value, position)
                    found.append(item)
        return found

    def text(self, field: int) -> str:
        """A text; empty where there is none."""
        texts = self.texts(field)
        return texts[-1] if texts else ""

    def texts(self, field: int) -> list[str]:
        """Repeated texts."""
        return [value.decode() for value in self._values(field)]

    def message(self, field: int) -> Message | None:
        """A message within this one."""
        found = self.messages(field)
        return found[-1] if found else None

    def messages(self, field: int) -> list[Message]:
        """Repeated messages."""
        return [Message(value) for value in self._values(field)]

    def wrapped(self, field: int) -> str | None:
        """A text that may be missing."""
        found = self.message(field)
        return None if found is None else found.text(1)

    def moment(self, field: int) -> int | None:
        """Microseconds since 1970."""
        found = self.message(field)
        return None if found is None else found.number(1) * _MICROS + found.number(2) // 1000

    def pairs(self, field: int) -> dict[str, str]:
        """A map of texts."""
        return {pair.text(1): pair.text(2) for pair in self.messages(field)}

    def _values(self, field: int) -> list[bytes]:
        values = self._fields.get(field, [])
        found = [value for value in values if isinstance(value, bytes)]
        if len(found) != len(values):
            raise WireError(f"field {field} is no text or message")
        return found


def _read(body: bytes) -> Iterator[tuple[int, int | bytes]]:
    position = 0
    while position < len(body):
        key, position = _read_varint(body, position)
        kind = key & 7
        if kind == _VARINT:
            value, position = _read_varint(body, position)
            yield key >> 3, value
            continue
        if kind == _BYTES:
            size, position = _read_varint(body, position)
        elif kind in _SIZES:
            size = _SIZES[kind]
        else:
            raise WireError(f"there is no field of kind {kind}")
        end = position + size
        if end > len(body):
            raise WireError("the message ends too early")
        yield key >> 3, body[position:end]
        position = end


def _read_varint(body: bytes, position: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = body[position]
        position += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, position
        shift += 7
        if shift > 63:
            raise WireError("a number has too many bytes")


# -- moments ----------------------------------------------------------------------------------------------------

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def micros(at: datetime) -> int:
    """Microseconds since 1970, without the rounding that seconds as a float bring."""
    since = at - _EPOCH
    return (since.days * 86400 + since.seconds) * _MICROS + since.microseconds
