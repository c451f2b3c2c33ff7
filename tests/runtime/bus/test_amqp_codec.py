"""AMQP's bytes: what is encoded is decoded the same, and what is malformed is refused."""

from __future__ import annotations

import contextlib
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pystein_runtime.amqp import codec, message, performatives
from pystein_runtime.amqp.codec import decode, encode
from pystein_runtime.amqp.types import (
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


def integers(kind: Any, bits: int, *, signed: bool) -> st.SearchStrategy[Any]:
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)
    return st.integers(low, high).map(kind)


NUMBERS = {
    UByte: integers(UByte, 8, signed=False), Byte: integers(Byte, 8, signed=True),
    UShort: integers(UShort, 16, signed=False), Short: integers(Short, 16, signed=True),
    UInt: integers(UInt, 32, signed=False), Int: integers(Int, 32, signed=True),
    ULong: integers(ULong, 64, signed=False), int: integers(int, 64, signed=True),
    Timestamp: integers(Timestamp, 64, signed=True), float: st.floats(allow_nan=False),
    Float: st.floats(width=32, allow_nan=False).map(Float),
}  # fmt: skip
SYMBOLS = st.text(st.characters(max_codepoint=127), max_size=300).map(Symbol)
KEYS = st.one_of(SYMBOLS, st.text(max_size=20), *NUMBERS.values(), st.uuids(), st.booleans())
SCALARS = st.one_of(
    KEYS, st.none(), st.binary(max_size=300), st.text(max_size=300), st.characters(codec="utf-8").map(Char),
    st.sampled_from([4, 8, 16]).flatmap(lambda size: st.binary(min_size=size, max_size=size)).map(Decimal),
)  # fmt: skip
ARRAYS = st.one_of(
    *(st.lists(numbers, max_size=10).map(Array) for numbers in NUMBERS.values()),
    st.lists(SYMBOLS, max_size=5).map(Array), st.lists(st.text(), max_size=5).map(Array),
    st.lists(st.binary(), max_size=5).map(Array), st.lists(st.uuids(), max_size=5).map(Array),
    st.lists(st.booleans(), max_size=5).map(Array),
    st.lists(st.lists(st.integers(0, 9), max_size=3), max_size=3).map(Array),
    st.lists(st.text(max_size=5).map(lambda text: Described(Symbol("d"), text)), max_size=3).map(Array),
)  # fmt: skip
VALUES = st.recursive(
    st.one_of(SCALARS, ARRAYS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5), st.dictionaries(KEYS, inner, max_size=5), st.builds(Described, KEYS, inner)
    ),
    max_leaves=20,
)


def same(left: Any, right: Any) -> bool:
    """Equal, and of the same types all the way down."""
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return len(left) == len(right) and all(same(a, b) for a, b in zip(left.items(), right.items(), strict=True))
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(same(a, b) for a, b in zip(left, right, strict=True))
    return bool(left == right)


@given(VALUES)
def test_every_value_comes_back_with_its_type(value: Any) -> None:
    raw = encode(value)
    found, end = decode(raw)
    assert end == len(raw)
    assert same(found, value)
    assert encode(found) == raw


@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_refused(raw: bytes) -> None:
    for read in (decode, performatives.read, message.parse):
        with contextlib.suppress(CodecError):
            read(raw)  # type: ignore[operator]


@given(VALUES, st.data())
def test_a_value_that_is_cut_off_is_refused(value: Any, data: st.DataObject) -> None:
    raw = encode(value)
    cut = data.draw(st.integers(0, len(raw) - 1))
    with pytest.raises(CodecError):
        decode(raw[:cut])


def test_sizes_that_lie_are_refused() -> None:
    for raw in (
        b"\xd0\x00\x00\x00\x05\x7f\xff\xff\xff\x40",  # two thousand million values in one byte
        b"\xf0\x00\x00\x00\x05\x7f\xff\xff\xff\x40",  # the same of values without bytes
        b"\xc0\x02\x01\x56",
        b"\xc1\x03\x01\x40\x40",  # a map with half a pair
        b"\xc1\x04\x02\x45\x40\x40",  # too long
        b"\xc1\x03\x02\x45\x40",  # a list for a key
        b"\x00" * 100,
        b"\xc0\xff" * 100,
        b"\x3f",
        b"",
    ):
        with pytest.raises(CodecError):
            decode(raw)


def test_values_that_amqp_does_not_have_are_refused() -> None:
    for value in (object(), {1, 2}, UByte(300), Symbol("ü"), 2**70, Array([1, "a"]), "\ud800"):
        with pytest.raises(CodecError):
            encode(value)


@pytest.mark.parametrize("code", range(0x10, 0x19))
def test_no_field_of_a_performative_is_ever_left_out(code: int) -> None:
    frame = performatives.frame(0, code)
    value, _ = decode(frame, 8)
    assert len(value.value) == performatives.FIELDS[code]
    assert performatives.read(frame[8:]) == (code, [None] * performatives.FIELDS[code], b"")


def test_short_performatives_are_filled_up() -> None:
    raw = encode(Described(ULong(performatives.FLOW), [UInt(1)])) + b"rest"
    assert performatives.read(raw) == (performatives.FLOW, [1, *[None] * 10], b"rest")
    named = encode(Described(Symbol("amqp:close:list"), []))
    assert performatives.read(named) == (performatives.CLOSE, [None], b"")


@given(st.binary(max_size=100), st.text(max_size=20), st.dictionaries(st.text(max_size=10), st.integers(0, 99)))
def test_a_message_keeps_its_parts(body: bytes, subject: str, application: dict[str, Any]) -> None:
    properties = message.Properties(message_id=uuid.UUID(int=7), subject=subject, group_id="g")
    raw = message.build(body, properties, application)
    delivered = message.parse(message.deliver(raw, {Symbol("x-opt-a"): 1}, 3, 1000, {Symbol("i"): 2}))
    assert delivered.properties == properties
    assert delivered.application == application
    assert delivered.annotations == {"x-opt-a": 1}
    assert delivered.ttl == 1000
    assert message.body_bytes(delivered) == body
    assert message.content(delivered.properties, delivered.application, delivered.body) == raw


def test_a_message_with_other_sections_is_refused() -> None:
    for raw in (
        encode(1),
        encode(Described(ULong(1), [])),
        message.section(message.PROPERTIES, {}),
        message.section(message.DATA, 1),
    ):
        with pytest.raises(CodecError):
            message.parse(raw)
    assert codec.MAX_DEPTH == 32
