"""Performatives and outcomes: descriptors, the number of their fields, and frames (OASIS AMQP 1.0, part 2).

Fields are never left out at the end although the standard allows it: azure-eventhub reads every one by its position.
"""

from __future__ import annotations

import struct
from typing import Any

from .codec import decode, encode
from .types import CodecError, Described, Symbol, ULong

OPEN, BEGIN, ATTACH, FLOW, TRANSFER, DISPOSITION, DETACH, END, CLOSE = range(0x10, 0x19)
ERROR = 0x1D
RECEIVED, ACCEPTED, REJECTED, RELEASED, MODIFIED = range(0x23, 0x28)
SOURCE, TARGET = 0x28, 0x29
SASL_MECHANISMS, SASL_INIT, SASL_CHALLENGE, SASL_RESPONSE, SASL_OUTCOME = range(0x40, 0x45)

AMQP_HEADER = b"AMQP\x00\x01\x00\x00"
SASL_HEADER = b"AMQP\x03\x01\x00\x00"
MIN_FRAME = 8

FIELDS = {
    OPEN: 10, BEGIN: 8, ATTACH: 14, FLOW: 11, TRANSFER: 11, DISPOSITION: 6, DETACH: 3, END: 1, CLOSE: 1,
    ERROR: 3, RECEIVED: 2, ACCEPTED: 0, REJECTED: 1, RELEASED: 0, MODIFIED: 3, SOURCE: 11, TARGET: 7,
    SASL_MECHANISMS: 1, SASL_INIT: 3, SASL_CHALLENGE: 1, SASL_RESPONSE: 1, SASL_OUTCOME: 2,
}  # fmt: skip
_NAMES = {f"amqp:{name}:list": code for name, code in (
    ("open", OPEN), ("begin", BEGIN), ("attach", ATTACH), ("flow", FLOW), ("transfer", TRANSFER),
    ("disposition", DISPOSITION), ("detach", DETACH), ("end", END), ("close", CLOSE), ("error", ERROR),
    ("received", RECEIVED), ("accepted", ACCEPTED), ("rejected", REJECTED), ("released", RELEASED),
    ("modified", MODIFIED), ("source", SOURCE), ("target", TARGET), ("sasl-init", SASL_INIT),
)}  # fmt: skip
_header = struct.Struct(">IBBH").pack


def described(code: int, *fields: Any) -> Described:
    """A performative or another described list, with all its fields."""
    return Described(ULong(code), [*fields, *[None] * (FIELDS[code] - len(fields))])


def frame(channel: int, code: int, *fields: Any, payload: bytes = b"", kind: int = 0) -> bytes:
    """A frame's bytes; the kind is 1 for SASL."""
    body = encode(described(code, *fields))
    return _header(len(body) + len(payload) + 8, 2, kind, channel) + body + payload


def read(body: bytes | memoryview) -> tuple[int, list[Any], bytes]:
    """A frame's performative: its descriptor, all its fields, and the payload after it.

    Raises:
        CodecError: it is no performative.
    """
    value, end = decode(body)
    code, fields = unwrap(value)
    return code, fields, bytes(body[end:])


def unwrap(value: Any) -> tuple[int, list[Any]]:
    """The descriptor of a described list, and all its fields.

    Raises:
        CodecError: it is none that AMQP knows.
    """
    if not isinstance(value, Described) or not isinstance(value.value, list):
        raise CodecError("A described list is expected.")
    code = _NAMES.get(value.descriptor, -1) if isinstance(value.descriptor, Symbol) else value.descriptor
    count = FIELDS.get(code)
    if count is None:
        raise CodecError(f"There is no descriptor {value.descriptor!r} here.")
    return int(code), value.value + [None] * (count - len(value.value))


def error(condition: str, description: str) -> Described:
    """An error as detach, close and rejected carry it."""
    return described(ERROR, Symbol(condition), description, None)
