"""Protocol buffers on the wire: the bytes that the specification names, and everything that was written read again."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pystein_runtime.durable import events as ev
from pystein_runtime.durable import wire
from pystein_runtime.durable.wire import Message, WireError


def test_the_bytes_of_the_specification() -> None:
    assert wire.number(1, 150) == b"\x08\x96\x01"
    assert wire.text(2, "testing") == b"\x12\x07testing"
    assert wire.data(3, wire.number(1, 150)) == b"\x1a\x03\x08\x96\x01"
    assert wire.number(1, -2) == b"\x08\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01"
    assert Message(b"\x22\x06\x03\x8e\x02\x9e\xa7\x05").numbers(4) == [3, 270, 86942]


@given(st.integers(-(2**63), 2**63 - 1), st.text(), st.one_of(st.none(), st.text()), st.lists(st.text(), max_size=3))
def test_what_is_written_is_read_again(number: int, text: str, wrapped: str | None, texts: list[str]) -> None:
    body = wire.number(1, number) + wire.text(2, text) + wire.wrapped(3, wrapped)
    body += b"".join(wire.data(4, item.encode()) for item in texts)
    message = Message(body)
    assert (message.number(1), message.text(2), message.wrapped(3), message.texts(4)) == (number, text, wrapped, texts)


@given(st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 31), timezones=st.just(timezone.utc)))  # noqa: DTZ001
def test_moments_keep_their_microseconds(moment: datetime) -> None:
    micros = wire.micros(moment)
    assert Message(wire.moment(1, micros)).moment(1) == micros
    text = ev.iso_of_micros(micros)
    assert ev.micros(text) == micros
    assert datetime.fromisoformat(text.replace("Z", "+00:00")) == moment


@given(st.binary())
def test_any_bytes_are_a_message_or_told_to_be_none(body: bytes) -> None:
    try:
        message = Message(body)
    except WireError:
        return
    for field in range(4):
        message.has(field)


@pytest.mark.parametrize("body", [b"\x08", b"\x12\x05ab", b"\x0b", b"\x08" + b"\xff" * 11, b"\x15ab"])
def test_what_is_no_message(body: bytes) -> None:
    with pytest.raises(WireError):
        Message(body)
