import asyncio
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pystein_runtime.worker import protocol as p
from pystein_runtime.worker.connection import Connection

REQUEST = p.Datum(
    "http",
    p.HttpRequest(
        "POST", "http://localhost:7071/api/a?q=1", {"a": "b"}, {"id": "7"}, {"q": "1"}, p.Datum("bytes", b"\0body")
    ),
)
RESPONSE = p.Datum(
    "http",
    p.HttpResponse("200", {"x": "y"}, [p.Cookie("n", "v", path="/", same_site="Lax")], p.Datum("bytes", b"answer")),
)
MODEL = p.ModelBindingData("1.0", "AzureStorageBlobs", "application/json", b"{}")
BYTES = p.Datum("bytes", bytes(range(256)))
DATA = [
    p.NOTHING,
    p.Datum("string", "text \udcff"),
    p.Datum("json", '{"a": 1}'),
    p.Datum("string", 'ü"\udcff\ud83d\U0001f600' * (p.LONG_TEXT // 4)),
    p.Datum("json", '{"a": 1}' * (p.LONG_TEXT // 8)),
    p.Datum("json", None),
    p.Datum("bytes", b""),
    BYTES,
    p.Datum("int", 2**63),
    p.Datum("double", math.inf),
    p.Datum("collection_string", ["", "ü"]),
    p.Datum("collection_bytes", [b"", b"ab", b"c"]),
    p.Datum("collection_sint64", [-1, 2]),
    p.Datum("collection_double", [0.5]),
    p.Datum("model_binding_data", MODEL),
    p.Datum("collection_model_binding_data", [MODEL, MODEL]),
    REQUEST,
    RESPONSE,
]
ERROR = p.Error("ValueError", "no", "Traceback", file="/app/function_app.py", line=3)
MESSAGES = [
    p.Hello("token", 1, "3.11.7", "1.26.0"),
    p.HelloAck(),
    p.Load("/app", "function_app.py", {"threads": 3}),
    p.Loaded(
        [p.Function("f", "id", "/app", "/app/function_app.py", 3, [{"name": "req"}], {"a": "b"})],
        [p.Problem("careful", "f")],
    ),
    p.LoadFailed(ERROR),
    p.Invoke(
        "1",
        "f",
        {str(n): datum for n, datum in enumerate(DATA)},
        {"m": BYTES},
        p.Trace("00-1-2-00"),
        p.Retry(1, 2, "x"),
    ),
    p.Invoke("1", "f", {}),
    p.Cancel("1"),
    p.Stop(),
    p.Log("1", "warning", "root", "careful", None, system=False, time=1.5),
    p.Result("1", ok=True, return_value=RESPONSE, outputs={"a": BYTES}, error=None, ms=1.5),
    p.Result("1", ok=False, return_value=None, outputs={}, error=ERROR, ms=1.5),
]


def frames(data: bytes, *, size: int = 1 << 20) -> list[p.Message]:
    reader = p.FrameReader()
    return [
        p.decode(*frame) for start in range(0, len(data), size) for frame in reader.feed(data[start : start + size])
    ]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_message_survives_the_wire(message: p.Message) -> None:
    (arrived,) = frames(p.encode(message))
    assert arrived == message
    assert type(arrived) is type(message)


@pytest.mark.parametrize("datum", DATA, ids=lambda datum: str(datum.type))
def test_datum_keeps_its_types(datum: p.Datum) -> None:
    (arrived,) = frames(p.encode(p.Invoke("1", "f", {"a": datum, "b": datum})))
    assert isinstance(arrived, p.Invoke)
    assert arrived.inputs == {"a": datum, "b": datum}
    assert type(arrived.inputs["b"].value) is type(datum.value)


@given(st.lists(st.sampled_from(MESSAGES), max_size=6), st.integers(1, 400))
def test_frames_may_arrive_in_any_pieces(messages: list[p.Message], size: int) -> None:
    assert frames(b"".join(map(p.encode, messages)), size=size) == messages


def test_unknown_kind_is_told_apart_from_nonsense() -> None:
    later = p.Other("later", ["a", 1], b"x")
    assert frames(p.encode_frame(["later", "a", 1], [b"x"])) == [later]
    assert frames(p.encode(later)) == [later]


@pytest.mark.parametrize(
    "header",
    [
        b"{",
        b"[]",
        b"{}",
        b"\xff",
        b'["cancel"]',
        b'["invoke", 1]',
        b'["cancel", "1", 2]',
        b'[["cancel"], "1"]',
    ],
)
def test_nonsense_is_an_error_of_the_protocol(header: bytes) -> None:
    with pytest.raises(p.ProtocolError):
        p.decode(header, b"")


def test_a_long_text_is_not_looked_at_letter_by_letter() -> None:
    frame = p.encode(
        p.Result("1", ok=True, return_value=p.Datum("json", '"' * p.LONG_TEXT), outputs={}, error=None, ms=1)
    )
    assert len(frame) < p.LONG_TEXT + 100  # in a JSON string each of these quotes takes two


def test_a_long_text_that_is_none_is_refused() -> None:
    with pytest.raises(p.ProtocolError):
        p.decode(b'["result", "1", true, ["json", [0, 1]], {}, null, 1]', b"\xff")


def test_slice_outside_the_payload_is_refused() -> None:
    text = b'["result", "1", true, ["bytes", [1, 3]], {}, null, 1]'
    with pytest.raises(p.ProtocolError):
        p.decode(text, b"abc")


def test_frame_beyond_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(p.ProtocolError, match="beyond the limit of 10"):
        list(p.FrameReader(limit=10).feed(b"\x7f\xff\xff\xff\0\0\0\0"))


async def connected_pair() -> tuple[Connection, Connection, list[p.Message], asyncio.Future[Exception | None]]:
    """Two ends over loopback; what the second receives, and how its connection ended."""
    loop = asyncio.get_running_loop()
    received: list[p.Message] = []
    accepted: asyncio.Future[Connection] = loop.create_future()
    ended: asyncio.Future[Exception | None] = loop.create_future()

    def accept() -> Connection:
        connection = Connection(received.append, ended.set_result, limit=p.GREETING_LIMIT)
        accepted.set_result(connection)
        return connection

    server = await loop.create_server(accept, "127.0.0.1", 0)
    _, client = await loop.create_connection(
        lambda: Connection(received.append, lambda _: None), *server.sockets[0].getsockname()
    )
    server.close()
    return client, await accepted, received, ended


async def test_connection_carries_messages_in_order_and_ends_cleanly() -> None:
    client, _, received, ended = await connected_pair()
    for message in MESSAGES:
        client.send(message)
    client.close()
    assert await ended is None
    assert received == MESSAGES


async def test_stranger_cannot_fill_the_memory_before_the_greeting() -> None:
    client, _, received, ended = await connected_pair()
    client.send(p.Hello("x" * p.GREETING_LIMIT, 1, "", None))
    assert isinstance(await ended, p.ProtocolError)
    assert received == []


async def test_long_message_after_the_greeting() -> None:
    client, server, received, ended = await connected_pair()
    server.raise_limit()
    body = bytes(5_000_000)
    client.send(p.Result("1", ok=True, return_value=p.Datum("bytes", body), outputs={}, error=None, ms=0))
    await client.drain()
    client.close()
    assert await ended is None
    assert isinstance(received[0], p.Result)
    assert received[0].return_value == p.Datum("bytes", body)


async def test_read_frame_serves_streams_as_well() -> None:
    reader = asyncio.StreamReader()
    reader.feed_data(p.encode(MESSAGES[0]) + p.encode(MESSAGES[-1]))
    reader.feed_eof()
    assert p.decode(*await p.read_frame(reader)) == MESSAGES[0]
    assert p.decode(*await p.read_frame(reader)) == MESSAGES[-1]
    with pytest.raises(asyncio.IncompleteReadError):
        await p.read_frame(reader)
