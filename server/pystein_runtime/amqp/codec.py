"""Values of AMQP 1.0 from bytes and back (OASIS AMQP 1.0, part 1). A plain int is encoded as `long`, a float as `double`."""

from __future__ import annotations

import struct
import uuid
from typing import TYPE_CHECKING, Any

from .types import (
    Array,
    Byte,
    Char,
    CodecError,
    Decimal,
    Described,
    Float,
    Int,
    Short,
    Symbol,
    Timestamp,
    UByte,
    UInt,
    ULong,
    UShort,
)

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_DEPTH = 32  # of values within values


_unpack_u16 = struct.Struct(">H").unpack_from
_unpack_u32 = struct.Struct(">I").unpack_from


def _fixed(format_: str, kind: Callable[[Any], Any] | None) -> tuple[struct.Struct, Callable[[Any], Any] | None]:
    return struct.Struct(">" + format_), kind


_FIXED: dict[int, tuple[struct.Struct, Callable[[Any], Any] | None]] = {
    0x50: _fixed("B", UByte),
    0x51: _fixed("b", Byte),
    0x60: _fixed("H", UShort),
    0x61: _fixed("h", Short),
    0x70: _fixed("I", UInt),
    0x52: _fixed("B", UInt),
    0x71: _fixed("i", Int),
    0x54: _fixed("b", Int),
    0x80: _fixed("Q", ULong),
    0x53: _fixed("B", ULong),
    0x81: _fixed("q", None),
    0x55: _fixed("b", None),
    0x72: _fixed("f", Float),
    0x82: _fixed("d", None),
    0x83: _fixed("q", Timestamp),
}
_CONSTANT: dict[int, Any] = {0x40: None, 0x41: True, 0x42: False, 0x43: UInt(0), 0x44: ULong(0)}
_DECIMAL = {0x74: 4, 0x84: 8, 0x94: 16}


def decode(data: bytes | memoryview, position: int = 0) -> tuple[Any, int]:
    """The value at a position, and the position after it.

    Raises:
        CodecError: the bytes are no AMQP.
    """
    try:
        return _decode(data, position, 0)
    except (IndexError, struct.error, UnicodeDecodeError, OverflowError) as error:
        raise CodecError(f"These bytes are no AMQP value: {error}.") from error


def _decode(data: bytes | memoryview, position: int, depth: int) -> tuple[Any, int]:
    code = data[position]
    position += 1
    if code == 0:
        if depth > MAX_DEPTH:
            raise CodecError("Values are nested too deeply.")
        descriptor, position = _decode(data, position, depth + 1)
        value, position = _decode(data, position, depth + 1)
        return Described(descriptor, value), position
    return _value(data, position, code, depth)


def _value(data: bytes | memoryview, position: int, code: int, depth: int) -> tuple[Any, int]:
    if code in _CONSTANT:
        return _CONSTANT[code], position
    fixed = _FIXED.get(code)
    if fixed is not None:
        layout, kind = fixed
        number = layout.unpack_from(data, position)[0]
        return (number if kind is None else kind(number)), position + layout.size
    family = code >> 4
    if family in {0xA, 0xB}:
        return _variable(data, position, code)
    if family in {0xC, 0xD, 0xE, 0xF}:
        return _compound(data, position, code, depth)
    if code == 0x45:
        return [], position
    if code == 0x56:
        return data[position] == 1, position + 1
    if code == 0x98:
        return uuid.UUID(bytes=_take(data, position, 16)), position + 16
    if code == 0x73:
        number = _unpack_u32(data, position)[0]
        if number > 0x10FFFF:
            raise CodecError("A character is out of range.")
        return Char(chr(number)), position + 4
    if code in _DECIMAL:
        size = _DECIMAL[code]
        return Decimal(_take(data, position, size)), position + size
    raise CodecError(f"There is no type with the code 0x{code:02x}.")


def _take(data: bytes | memoryview, position: int, size: int) -> bytes:
    if position + size > len(data):
        raise CodecError("The bytes end within a value.")
    return bytes(data[position : position + size])


def _variable(data: bytes | memoryview, position: int, code: int) -> tuple[Any, int]:
    if code >> 4 == 0xA:
        size, position = data[position], position + 1
    else:
        size, position = _unpack_u32(data, position)[0], position + 4
    raw = _take(data, position, size)
    kind = code & 15
    if kind == 0:
        return raw, position + size
    if kind == 1:
        return raw.decode(), position + size
    if kind == 3:
        return Symbol(raw.decode("ascii")), position + size
    raise CodecError(f"There is no type with the code 0x{code:02x}.")


def _compound(data: bytes | memoryview, position: int, code: int, depth: int) -> tuple[Any, int]:
    if depth > MAX_DEPTH:
        raise CodecError("Values are nested too deeply.")
    if code >> 4 in {0xC, 0xE}:
        size, count, start = data[position], data[position + 1], position + 2
        end = position + 1 + size
    else:
        size, count, start = _unpack_u32(data, position)[0], _unpack_u32(data, position + 4)[0], position + 8
        end = position + 4 + size
    if end > len(data) or end < start:
        raise CodecError("The bytes end within a value.")
    if code in {0xE0, 0xF0}:
        return _array(data, start, end, count, depth), end
    if code not in {0xC0, 0xD0, 0xC1, 0xD1} or count > size:  # every value within takes a byte at least
        raise CodecError("A list or a map is malformed.")
    values = []
    position = start
    for _ in range(count):
        value, position = _decode(data, position, depth + 1)
        values.append(value)
    if position != end:
        raise CodecError("The size of a list or a map is wrong.")
    if code & 15 == 0:
        return values, end
    if count % 2:
        raise CodecError("A map has a key without a value.")
    try:
        return dict(zip(values[::2], values[1::2], strict=True)), end
    except TypeError as error:
        raise CodecError("The key of a map is a list or a map.") from error


def _array(data: bytes | memoryview, position: int, end: int, count: int, depth: int) -> Array:
    code = data[position]
    position += 1
    descriptor = None
    if code == 0:
        descriptor, position = _decode(data, position, depth + 1)
        code = data[position]
        position += 1
    if count > end:  # also an array of values without bytes may not be larger than what it came in
        raise CodecError("An array is malformed.")
    values = Array()
    for _ in range(count):
        value, position = _value(data, position, code, depth + 1)
        values.append(value if descriptor is None else Described(descriptor, value))
    if position != end:
        raise CodecError("The size of an array is wrong.")
    return values


def encode(value: Any) -> bytes:
    """A value's bytes.

    Raises:
        CodecError: AMQP has no such value.
    """
    encoder = _ENCODERS.get(type(value))
    if encoder is None:
        raise CodecError(f"AMQP has no value for a {type(value).__name__}.")
    try:
        return encoder(value)
    except (struct.error, UnicodeEncodeError, OverflowError) as error:
        raise CodecError(f"AMQP cannot carry {value!r}: {error}.") from error


def _sized(short: int, raw: bytes) -> bytes:
    if len(raw) < 256:
        return bytes((short, len(raw))) + raw
    return bytes((short + 0x10,)) + len(raw).to_bytes(4, "big") + raw


def _list(value: list[Any] | tuple[Any, ...]) -> bytes:
    if not value:
        return b"\x45"
    return _counted(0xC0, len(value), b"".join([encode(item) for item in value]))


def _map(value: dict[Any, Any]) -> bytes:
    return _counted(0xC1, 2 * len(value), b"".join([encode(part) for item in value.items() for part in item]))


def _counted(short: int, count: int, raw: bytes) -> bytes:
    if len(raw) < 255 and count < 256:
        return bytes((short, len(raw) + 1, count)) + raw
    return bytes((short + 0x10,)) + (len(raw) + 4).to_bytes(4, "big") + count.to_bytes(4, "big") + raw


def _encode_array(value: Array) -> bytes:
    """All with one constructor: the widest that the type has."""
    if not value:
        return b"\xe0\x02\x00\x40"
    kinds = {type(item) for item in value}
    if len(kinds) > 1:
        raise CodecError("The values of an array are of several types.")
    kind = kinds.pop()
    descriptor = b""
    items: list[Any] = list(value)
    if kind is Described:
        descriptors = {encode(item.descriptor) for item in items}
        if len(descriptors) > 1:
            raise CodecError("The values of an array have several descriptors.")
        descriptor = b"\x00" + descriptors.pop()
        items = [item.value for item in items]
        kinds = {type(item) for item in items}
        if len(kinds) > 1:
            raise CodecError("The values of an array are of several types.")
        kind = kinds.pop()
    code, element = _element(kind, items)
    raw = descriptor + bytes((code,)) + b"".join([element(item) for item in items])
    return b"\xf0" + (len(raw) + 4).to_bytes(4, "big") + len(value).to_bytes(4, "big") + raw


def _element(kind: type, items: list[Any]) -> tuple[int, Callable[[Any], bytes]]:
    """The constructor of an array's elements, and what makes the bytes after it."""
    if kind is bool:
        return 0x56, lambda item: b"\x01" if item else b"\x00"
    if kind in _WIDE:
        code, layout = _WIDE[kind]
        return code, layout.pack
    if kind is uuid.UUID:
        return 0x98, lambda item: bytes(item.bytes)
    if kind is type(None):
        return 0x40, lambda _: b""
    if kind in {str, Symbol, bytes}:
        code = {str: 0xB1, Symbol: 0xB3, bytes: 0xB0}[kind]
        return code, lambda item: _long(item if kind is bytes else item.encode())
    if kind in {list, dict, Array}:
        widened = {id(item): _widened(item) for item in items}
        return widened[id(items[0])][0], lambda item: widened[id(item)][1:]
    raise CodecError(f"AMQP has no array of {kind.__name__}.")


def _long(raw: bytes) -> bytes:
    return len(raw).to_bytes(4, "big") + raw


def _widened(value: Any) -> bytes:
    """A list, map or array with sizes of four bytes."""
    if isinstance(value, Array):
        raw = _encode_array(value)
        if raw[0] == 0xF0:
            return raw
        return b"\xf0\x00\x00\x00\x05\x00\x00\x00\x00\x40"
    parts = [part for item in value.items() for part in item] if isinstance(value, dict) else value
    raw = b"".join([encode(part) for part in parts])
    code = 0xD1 if isinstance(value, dict) else 0xD0
    return bytes((code,)) + (len(raw) + 4).to_bytes(4, "big") + len(parts).to_bytes(4, "big") + raw


_WIDE: dict[type, tuple[int, struct.Struct]] = {
    kind: (code, struct.Struct(">" + format_))
    for kind, code, format_ in (
        (UByte, 0x50, "B"), (Byte, 0x51, "b"), (UShort, 0x60, "H"), (Short, 0x61, "h"), (UInt, 0x70, "I"),
        (Int, 0x71, "i"), (ULong, 0x80, "Q"), (int, 0x81, "q"), (Float, 0x72, "f"), (float, 0x82, "d"),
        (Timestamp, 0x83, "q"),
    )
}  # fmt: skip


def _number(kind: type) -> Callable[[Any], bytes]:
    code, layout = _WIDE[kind]
    prefix = bytes((code,))
    pack = layout.pack
    return lambda value: prefix + pack(value)


def _uint(value: int) -> bytes:
    if 0 <= value < 256:
        return bytes((0x52, value)) if value else b"\x43"
    return b"\x70" + struct.pack(">I", value)


def _ulong(value: int) -> bytes:
    if 0 <= value < 256:
        return bytes((0x53, value)) if value else b"\x44"
    return b"\x80" + struct.pack(">Q", value)


def _decimal(value: Decimal) -> bytes:
    code = {4: 0x74, 8: 0x84, 16: 0x94}.get(len(value.raw))
    if code is None:
        raise CodecError("A decimal has 4, 8 or 16 bytes.")
    return bytes((code,)) + value.raw


_ENCODERS: dict[type, Callable[[Any], bytes]] = {
    type(None): lambda _: b"\x40",
    bool: lambda value: b"\x41" if value else b"\x42",
    **{kind: _number(kind) for kind in _WIDE},
    UInt: _uint,
    ULong: _ulong,
    str: lambda value: _sized(0xA1, value.encode()),
    Symbol: lambda value: _sized(0xA3, value.encode("ascii")),
    bytes: lambda value: _sized(0xA0, value),
    Char: lambda value: b"\x73" + ord(value).to_bytes(4, "big"),
    uuid.UUID: lambda value: b"\x98" + value.bytes,
    Decimal: _decimal,
    Described: lambda value: b"\x00" + encode(value.descriptor) + encode(value.value),
    list: _list,
    dict: _map,
    Array: _encode_array,
}
