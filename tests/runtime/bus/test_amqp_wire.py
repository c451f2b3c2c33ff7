"""What broken clients get to see: an error or a closed connection, and nobody else notices."""

from __future__ import annotations

import contextlib
import socket

import pytest
from bus_driver import SECONDS, Cloud
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pystein_runtime.amqp import message as amqp
from pystein_runtime.amqp import performatives as p
from pystein_runtime.amqp.codec import decode
from pystein_runtime.amqp.types import Symbol, UInt, ULong
from pystein_runtime.cloud.bus import entities

HELLO = p.AMQP_HEADER + p.frame(0, p.OPEN, "test", "localhost", UInt(65536))
BEGIN = p.frame(0, p.BEGIN, None, UInt(0), UInt(100), UInt(100))


def talk(cloud: Cloud, raw: bytes) -> bytes:
    """Send bytes and no more; gives everything that is answered until the connection ends."""
    with socket.create_connection(("127.0.0.1", cloud.port), SECONDS) as connection:
        answer = b""
        with contextlib.suppress(ConnectionError):
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
            while data := connection.recv(65536):
                answer += data
        return answer


def frames(answer: bytes) -> list[tuple[int, list[object]]]:
    """The performatives in an answer that begins with the header."""
    found = []
    position = 8
    while position < len(answer):
        size = int.from_bytes(answer[position : position + 4], "big")
        if size > 8:
            found.append(p.read(answer[position + 8 : position + size])[:2])
        position += size
    return found


def errors(answer: bytes, code: int) -> list[str]:
    """The conditions of the errors that performatives of a kind carry."""
    place = {p.CLOSE: 0, p.END: 0, p.DETACH: 2}[code]
    return [p.unwrap(fields[place])[1][0] for found, fields in frames(answer) if found == code and fields[place]]


@pytest.fixture(autouse=True)
def still_serving(cloud: Cloud) -> object:
    """After whatever a test does, others are served."""
    yield
    assert [code for code, _ in frames(talk(cloud, HELLO + BEGIN + p.frame(0, p.CLOSE)))] == [p.OPEN, p.BEGIN, p.CLOSE]


def test_another_protocol(cloud: Cloud) -> None:
    assert talk(cloud, b"GET / HTTP/1.1\r\n\r\n") == p.AMQP_HEADER
    assert talk(cloud, b"AMQP\x00\x00\x09\x01") == p.AMQP_HEADER


@pytest.mark.parametrize(
    ("raw", "condition"),
    [
        (b"\xff\xff\xff\xff\x02\x00\x00\x00", "amqp:connection:framing-error"),
        (b"\x00\x00\x00\x04\x02\x00\x00\x00", "amqp:connection:framing-error"),
        (b"\x00\x00\x00\x09\x09\x00\x00\x00\x40", "amqp:connection:framing-error"),
        (b"\x00\x00\x00\x09\x02\x00\x00\x00\x40", "amqp:decode-error"),
        (b"\x00\x00\x00\x0a\x02\x00\x00\x00\x00\x53", "amqp:decode-error"),
        (p.frame(0, p.TRANSFER, UInt(0)), "amqp:not-allowed"),
        (BEGIN + BEGIN, "amqp:not-allowed"),
        (p.frame(999, p.BEGIN, None, UInt(0), UInt(1), UInt(1)), "amqp:not-allowed"),
    ],
)
def test_malformed_frames_close_the_connection(cloud: Cloud, raw: bytes, condition: str) -> None:
    assert errors(talk(cloud, HELLO + raw), p.CLOSE) == [condition]


def test_broken_links_end_the_session(cloud: Cloud) -> None:
    target = p.described(p.TARGET, "somewhere")
    attach = p.frame(0, p.ATTACH, "a", UInt(0), False, None, None, p.described(p.SOURCE), target)
    answer = talk(cloud, HELLO + BEGIN + p.frame(0, p.ATTACH, None, UInt(0), False))
    assert errors(answer, p.END) == ["amqp:invalid-field"]
    assert errors(talk(cloud, HELLO + BEGIN + attach), p.DETACH) == ["amqp:not-found"]


def test_a_heartbeat_comes_after_what_was_said_before(cloud: Cloud) -> None:
    opened = p.AMQP_HEADER + p.frame(0, p.OPEN, "test", "localhost", UInt(65536), None, UInt(100))
    with socket.create_connection(("127.0.0.1", cloud.port), SECONDS) as connection:
        connection.sendall(opened)
        answer = b""
        while len(answer) < 8 or not answer.endswith(b"\x00\x00\x00\x08\x02\x00\x00\x00"):
            answer += connection.recv(65536)
    assert answer.startswith(p.AMQP_HEADER)
    assert [code for code, _ in frames(answer)] == [p.OPEN]


def test_sasl(cloud: Cloud) -> None:
    init = p.frame(0, p.SASL_INIT, Symbol("PLAIN"), b"\0user\0key", None, kind=1)
    answer = talk(cloud, p.SASL_HEADER + init + HELLO)
    assert answer.startswith(p.SASL_HEADER)
    assert p.AMQP_HEADER in answer
    unknown = p.frame(0, p.SASL_INIT, Symbol("NTLM"), None, None, kind=1)
    answer = talk(cloud, p.SASL_HEADER + unknown)
    outcome = answer[answer.rindex(b"\x02\x01\x00\x00") + 4 :]
    assert decode(outcome)[0].value[0] == 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.lists(
    st.tuples(st.sampled_from(sorted(p.FIELDS)), st.lists(st.one_of(
        st.none(), st.booleans(), st.integers(0, 3).map(UInt), st.text(max_size=5), st.binary(max_size=5),
        st.sampled_from([p.described(p.SOURCE, "q"), p.described(p.TARGET, "$cbs"), p.described(p.ACCEPTED), ULong(7)]),
        st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2)),
        max_size=5), st.binary(max_size=20)), max_size=6)))  # fmt: skip
def test_any_bytes_and_any_frames(cloud: Cloud, sent: bytes | list[tuple[int, list[object], bytes]]) -> None:
    if not isinstance(sent, bytes):
        sent = b"".join(p.frame(0, code, *fields[: p.FIELDS[code]], payload=payload) for code, fields, payload in sent)
    answer = talk(cloud, HELLO + BEGIN + sent)
    assert [code for code, _ in frames(answer)][:1] == [p.OPEN]
    assert cloud.reports == []


def _conversation() -> bytes:
    """What clients do: links to a queue, a hub and to management, messages, credit, outcomes."""
    request = amqp.content(
        amqp.Properties(message_id="1", reply_to="answers"),
        {"operation": "com.microsoft:peek-message"},
        amqp.section(amqp.VALUE, {"from-sequence-number": 1, "message-count": 5}),
    )
    return b"".join(
        [
            p.frame(0, p.ATTACH, "out", UInt(0), False, None, None, p.described(p.SOURCE), p.described(p.TARGET, "orders")),
            p.frame(0, p.TRANSFER, UInt(0), UInt(0), b"1", UInt(0), False, False, payload=amqp.build(b"body")),
            p.frame(0, p.ATTACH, "in", UInt(1), True, None, None, p.described(p.SOURCE, "orders"), p.described(p.TARGET)),
            p.frame(0, p.FLOW, UInt(0), UInt(100), UInt(1), UInt(100), UInt(1), UInt(0), UInt(5), None, False, True),
            p.frame(0, p.DISPOSITION, True, UInt(0), UInt(0), False, p.described(p.MODIFIED, True, False, {})),
            p.frame(0, p.ATTACH, "ask", UInt(2), False, None, None, p.described(p.SOURCE),
                    p.described(p.TARGET, "orders/$management")),
            p.frame(0, p.ATTACH, "hear", UInt(3), True, None, None, p.described(p.SOURCE, "orders/$management"),
                    p.described(p.TARGET, "answers")),
            p.frame(0, p.FLOW, UInt(0), UInt(100), UInt(1), UInt(100), UInt(3), UInt(0), UInt(5)),
            p.frame(0, p.TRANSFER, UInt(2), UInt(1), b"2", UInt(0), True, False, payload=request),
            p.frame(0, p.ATTACH, "events", UInt(4), True, None, None,
                    p.described(p.SOURCE, "hub/ConsumerGroups/$Default/Partitions/0"), p.described(p.TARGET)),
            p.frame(0, p.FLOW, UInt(0), UInt(100), UInt(1), UInt(100), UInt(4), UInt(0), UInt(5)),
            p.frame(0, p.DETACH, UInt(1), True),
            p.frame(0, p.END),
        ]
    )  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255), st.sampled_from(["change", "drop", "add"])), max_size=6)
)
def test_conversations_with_wrong_bytes(cloud: Cloud, mistakes: list[tuple[float, int, str]]) -> None:
    cloud.queue("orders")
    cloud.call(lambda store: entities.create_hub(store, "hub"))
    raw = bytearray(_conversation())
    for place, byte, what in mistakes:
        position = int(place * (len(raw) - 1))
        raw[position : position + (what != "add")] = b"" if what == "drop" else bytes([byte])
    answer = talk(cloud, HELLO + BEGIN + bytes(raw))
    assert [code for code, _ in frames(answer)][:2] == [p.OPEN, p.BEGIN]
    assert cloud.reports == []
