"""The types of AMQP 1.0 that Python has not (OASIS AMQP 1.0, part 1).

Numbers keep their wire type as a subclass of int or float, so that what was decoded is encoded as the same type again.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class CodecError(ValueError):
    """Bytes that are no AMQP, or a value that AMQP cannot carry."""


class Symbol(str):
    """A symbol: ASCII text from a fixed set."""

    __slots__ = ()


class Char(str):
    """One character."""

    __slots__ = ()


class UByte(int):
    """0 to 255."""

    __slots__ = ()


class Byte(int):
    """-128 to 127."""

    __slots__ = ()


class UShort(int):
    """Two bytes without a sign."""

    __slots__ = ()


class Short(int):
    """Two bytes."""

    __slots__ = ()


class UInt(int):
    """Four bytes without a sign."""

    __slots__ = ()


class Int(int):
    """Four bytes."""

    __slots__ = ()


class ULong(int):
    """Eight bytes without a sign."""

    __slots__ = ()


class Timestamp(int):
    """Milliseconds since 1970, UTC."""

    __slots__ = ()


class Float(float):
    """Four bytes."""

    __slots__ = ()


class Decimal(NamedTuple):
    """A decimal number, which is only passed on: 4, 8 or 16 bytes."""

    raw: bytes


class Array(list[Any]):
    """Values of one type; `list` where the wire has a list."""

    __slots__ = ()


class Described(NamedTuple):
    """A value with a descriptor that says what it means."""

    descriptor: Any
    value: Any
