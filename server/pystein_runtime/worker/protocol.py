"""What host and worker say to each other, in bytes. The messages are the tuples of `messages`, to be had here as well.

One loopback TCP connection. The host listens, starts the worker with `ADDRESS_VARIABLE` ("127.0.0.1:port") and
`TOKEN_VARIABLE` in its environment, and the worker's first message is `Hello` with that token. A frame is

    4 bytes  length of the header, big-endian
    4 bytes  length of the payload, big-endian
    header   one JSON array of a kind (`KINDS`) and the message's fields, UTF-8
    payload  the bytes values of the header, one after the other

A bytes value stands in the header as [offset, length], a slice of the payload, and so does a long text, whose letters
JSON would look at one by one; any other tuple as the array of its fields, which the encoder writes without our help: half
the price of objects. `encode` makes a frame of a message, `decode` makes a message of a frame. A kind that this side does
not know becomes `Other`, so that a newer peer can be told apart from a broken one.
"""

from __future__ import annotations

import json
from struct import Struct
from typing import TYPE_CHECKING, Any

from .messages import (
    NOTHING,
    VERSION,
    Cancel,
    Cookie,
    Datum,
    Error,
    Function,
    Hello,
    HelloAck,
    HttpRequest,
    HttpResponse,
    Invoke,
    Load,
    Loaded,
    LoadFailed,
    Log,
    Message,
    ModelBindingData,
    Other,
    Problem,
    Result,
    Retry,
    Stop,
    Trace,
)

if TYPE_CHECKING:
    from asyncio import StreamReader
    from collections.abc import Callable, Iterator, Sequence

__all__ = [
    "ADDRESS_VARIABLE",
    "BATCH",
    "DEBUGPY_VARIABLE",
    "FRAME_LIMIT",
    "GREETING_LIMIT",
    "KINDS",
    "NOTHING",
    "TOKEN_VARIABLE",
    "VERSION",
    "Cancel",
    "Cookie",
    "Datum",
    "Error",
    "FrameReader",
    "Function",
    "Hello",
    "HelloAck",
    "HttpRequest",
    "HttpResponse",
    "Invoke",
    "Load",
    "LoadFailed",
    "Loaded",
    "Log",
    "Message",
    "ModelBindingData",
    "Other",
    "Problem",
    "ProtocolError",
    "Result",
    "Retry",
    "Stop",
    "Trace",
    "decode",
    "encode",
    "encode_frame",
    "read_frame",
]

ADDRESS_VARIABLE = "PYSTEIN_WORKER_ADDRESS"
DEBUGPY_VARIABLE = "PYSTEIN_WORKER_DEBUGPY"  # set: let a debugger in; see `debugging`
TOKEN_VARIABLE = "PYSTEIN_WORKER_TOKEN"  # noqa: S105 - the variable's name, not a secret
BATCH = 4  # messages that leave in one write; with more of them host and worker would wait for each other in turns
GREETING_LIMIT = 64 * 1024  # bytes a peer may send before it has shown the token
LONG_TEXT = 4096  # characters from which on a text travels in the payload
FRAME_LIMIT = 1 << 30  # bytes of one frame afterwards; the platform's own limit for a request is 100 MiB

_TEXTS = frozenset({"string", "json"})
_LENGTHS = Struct(">II")
_dumps = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_loads = json.JSONDecoder().decode


class ProtocolError(Exception):
    """The peer sent what is not a frame of this protocol; the connection cannot be used any more."""


# -- to the wire -----------------------------------------------------------------------------------------


def encode(message: Message) -> bytes:
    """The frame of a message.

    Raises:
        TypeError, ValueError: a value that JSON cannot carry.
        ProtocolError: a frame beyond the limit.
    """
    chunks: list[bytes] = []
    return encode_frame(_ENCODERS[type(message)](message, chunks), chunks)


def encode_frame(header: Sequence[Any], chunks: list[bytes]) -> bytes:
    """A frame of a header whose bytes values refer to the chunks joined."""
    text = _dumps(header).encode()
    payload = chunks[0] if len(chunks) == 1 else b"".join(chunks)
    if len(text) + len(payload) > FRAME_LIMIT:
        raise ProtocolError(f"a message of {len(text) + len(payload)} bytes is beyond the limit of {FRAME_LIMIT}")
    return b"".join((_LENGTHS.pack(len(text), len(payload)), text, payload))


def _store(data: bytes, chunks: list[bytes]) -> tuple[int, int]:
    offset = sum(map(len, chunks)) if chunks else 0
    chunks.append(data)
    return offset, len(data)


def _datum(datum: Datum, chunks: list[bytes]) -> tuple[str | None, Any]:
    kind, value = datum
    if kind in _TEXTS:
        if type(value) is not str or len(value) < LONG_TEXT:
            return datum
        return kind, _store(value.encode("utf-8", "surrogatepass"), chunks)
    if kind == "bytes":
        return kind, _store(value, chunks)
    if kind == "http":
        return kind, (*value[:-1], _datum(value[-1], chunks))  # the body is the last of either
    if kind == "collection_bytes":
        return kind, _store_all(value, chunks)
    if kind == "model_binding_data":
        return kind, (*value[:-1], _store(value.content, chunks))
    if kind == "collection_model_binding_data":
        return kind, [(*item[:-1], _store(item.content, chunks)) for item in value]
    return datum


def _store_all(values: list[bytes], chunks: list[bytes]) -> list[tuple[int, int]]:
    """As `_store` for each, without adding up the chunks again and again: batches may have thousands."""
    offset = sum(map(len, chunks))
    slices = []
    for value in values:
        slices.append((offset, len(value)))
        offset += len(value)
    chunks.extend(values)
    return slices


def _data(data: dict[str, Datum], chunks: list[bytes]) -> dict[str, Any]:
    return {name: _datum(datum, chunks) for name, datum in data.items()}


def _plain(kind: str) -> Callable[[Any, list[bytes]], Sequence[Any]]:
    return lambda message, _chunks: (kind, *message)


def _other(message: Other, chunks: list[bytes]) -> Sequence[Any]:
    chunks.append(message.payload)
    return message.kind, *message.fields


def _invoke(message: Invoke, chunks: list[bytes]) -> Sequence[Any]:
    id_, function, inputs, metadata, trace, retry = message
    return "invoke", id_, function, _data(inputs, chunks), metadata and _data(metadata, chunks), trace, retry


def _result(message: Result, chunks: list[bytes]) -> Sequence[Any]:
    id_, ok, returned, outputs, error, ms = message
    return "result", id_, ok, returned and _datum(returned, chunks), outputs and _data(outputs, chunks), error, ms


# -- from the wire ---------------------------------------------------------------------------------------


def decode(header: bytes, payload: bytes) -> Message:
    """The message of a frame's two parts.

    Raises:
        ProtocolError: the header is no JSON array of a known shape.
    """
    try:
        kind, *fields = _loads(header.decode())
        decoder = _DECODERS.get(kind)
        return Other(kind, fields, payload) if decoder is None else decoder(fields, payload)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise ProtocolError(f"not a message: {error!r}") from error


def _take(place: list[int], payload: bytes) -> bytes:
    offset, length = place
    if not 0 <= offset <= offset + length <= len(payload):
        raise ValueError("a slice outside the payload")
    return payload[offset : offset + length]


def _to_datum(fields: list[Any], payload: bytes) -> Datum:
    kind, value = fields
    if kind in _TEXTS:
        is_apart = type(value) is list
        return Datum(kind, _take(value, payload).decode("utf-8", "surrogatepass") if is_apart else value)
    if kind == "bytes":
        return Datum(kind, _take(value, payload))
    if kind == "http":
        body = _to_datum(value[-1], payload)
        if len(value) == _REQUEST_PARTS:
            method, url, headers, params, query, _ = value
            return Datum(kind, HttpRequest(method, url, headers, params, query, body))
        status, headers, cookies, _ = value
        return Datum(kind, HttpResponse(status, headers, [Cookie(*item) for item in cookies], body))
    if kind == "collection_bytes":
        return Datum(kind, [_take(item, payload) for item in value])
    if kind == "model_binding_data":
        return Datum(kind, _to_model_binding_data(value, payload))
    if kind == "collection_model_binding_data":
        return Datum(kind, [_to_model_binding_data(item, payload) for item in value])
    return Datum(kind, value)


def _to_model_binding_data(fields: list[Any], payload: bytes) -> ModelBindingData:
    version, source, content_type, content = fields
    return ModelBindingData(version, source, content_type, _take(content, payload))


def _to_data(fields: dict[str, Any], payload: bytes) -> dict[str, Datum]:
    return {name: _to_datum(datum, payload) for name, datum in fields.items()}


def _to_invoke(fields: list[Any], payload: bytes) -> Invoke:
    id_, function, inputs, metadata, trace, retry = fields
    return Invoke(
        id_,
        function,
        _to_data(inputs, payload),
        metadata and _to_data(metadata, payload),
        trace and Trace(*trace),
        retry and Retry(*retry),
    )


def _to_result(fields: list[Any], payload: bytes) -> Result:
    id_, ok, returned, outputs, error, ms = fields
    return Result(
        id_,
        ok,
        returned and _to_datum(returned, payload),
        outputs and _to_data(outputs, payload),
        error and Error(*error),
        ms,
    )


def _to_loaded(fields: list[Any], _payload: bytes) -> Loaded:
    functions, problems, uri = fields
    return Loaded([Function(*function) for function in functions], [Problem(*problem) for problem in problems], uri)


def _to_load_failed(fields: list[Any], _payload: bytes) -> LoadFailed:
    (error,) = fields
    return LoadFailed(Error(*error))


def _to_plain(message: type[Any]) -> Callable[[list[Any], bytes], Any]:
    return lambda fields, _payload: message(*fields)


KINDS: dict[type[Any], str] = {
    Hello: "hello",
    HelloAck: "hello-ack",
    Load: "load",
    Loaded: "loaded",
    LoadFailed: "load-failed",
    Invoke: "invoke",
    Cancel: "cancel",
    Stop: "stop",
    Log: "log",
    Result: "result",
}
_REQUEST_PARTS = len(HttpRequest._fields)  # an answer has fewer
_ENCODERS: dict[type[Any], Callable[[Any, list[bytes]], Sequence[Any]]] = {
    **{message: _plain(kind) for message, kind in KINDS.items()},
    Invoke: _invoke,
    Result: _result,
    Other: _other,
}
_DECODERS: dict[str, Callable[[list[Any], bytes], Message]] = {
    **{kind: _to_plain(message) for message, kind in KINDS.items()},
    "invoke": _to_invoke,
    "result": _to_result,
    "loaded": _to_loaded,
    "load-failed": _to_load_failed,
}


# -- frames ----------------------------------------------------------------------------------------------


class FrameReader:
    """Cuts a stream of bytes into frames, however it arrives."""

    def __init__(self, limit: int = FRAME_LIMIT) -> None:
        self.limit = limit  # bytes of one frame; the host starts with GREETING_LIMIT and raises it after Hello
        self._pending = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """The frames, header and payload, that are complete with these bytes.

        Raises:
            ProtocolError: a frame says it is longer than the limit.
        """
        if self._pending:
            self._pending += data
            if not self._is_complete():
                return
            data = bytes(self._pending)
            self._pending.clear()
        start, end = 0, len(data)
        while end - start >= _LENGTHS.size:
            header_length, payload_length = _LENGTHS.unpack_from(data, start)
            self._check(header_length + payload_length)
            header = start + _LENGTHS.size
            payload = header + header_length
            following = payload + payload_length
            if following > end:
                break
            yield data[header:payload], data[payload:following]
            start = following
        self._pending += data[start:] if start else data

    def _is_complete(self) -> bool:
        if len(self._pending) < _LENGTHS.size:
            return False
        length: int = sum(_LENGTHS.unpack_from(self._pending))
        self._check(length)
        return len(self._pending) >= _LENGTHS.size + length

    def _check(self, length: int) -> None:
        if length > self.limit:
            raise ProtocolError(f"a message of {length} bytes is beyond the limit of {self.limit}")


async def read_frame(reader: StreamReader, limit: int = FRAME_LIMIT) -> tuple[bytes, bytes]:
    """The next frame, header and payload, of a stream.

    Raises:
        ProtocolError: the frame is longer than the limit.
        asyncio.IncompleteReadError: the peer went away.
    """
    header_length, payload_length = _LENGTHS.unpack(await reader.readexactly(_LENGTHS.size))
    if header_length + payload_length > limit:
        raise ProtocolError(f"a message of {header_length + payload_length} bytes is beyond the limit of {limit}")
    return await reader.readexactly(header_length), await reader.readexactly(payload_length)
