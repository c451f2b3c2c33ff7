"""What host and worker say to each other, in bytes. The messages are the tuples of `messages`, to be had here as well.

One loopback TCP connection. The host listens, starts the worker with `ADDRESS_VARIABLE` ("127.0.0.1:port") and
`TOKEN_VARIABLE` in its environment, and the worker's first message is `Hello` with that token. A frame is

    4 bytes  length of the header, big-endian
    4 bytes  length of the payload, big-endian
    header   one JSON object with a "kind" (`KINDS`), UTF-8
    payload  the bytes values of the header, one after the other

A bytes value stands in the header as {"type": "bytes", "at": [offset, length]}, a slice of the payload; any other tuple
as the object of its fields. `encode` makes a frame of a message, `decode` makes a message of a frame. A kind that this
side does not know becomes `Other`, so that a newer peer can be told apart from a broken one.
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
    from collections.abc import Callable, Iterator

__all__ = [
    "ADDRESS_VARIABLE",
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
GREETING_LIMIT = 64 * 1024  # bytes a peer may send before it has shown the token
FRAME_LIMIT = 1 << 30  # bytes of one frame afterwards; the platform's own limit for a request is 100 MiB

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
    kind, fields = _ENCODERS[type(message)]
    return encode_frame({"kind": kind, **fields(message, chunks)}, chunks)


def encode_frame(header: dict[str, Any], chunks: list[bytes]) -> bytes:
    """A frame of a header whose bytes values refer to the chunks joined."""
    text = _dumps(header).encode()
    payload = chunks[0] if len(chunks) == 1 else b"".join(chunks)
    if len(text) + len(payload) > FRAME_LIMIT:
        raise ProtocolError(f"a message of {len(text) + len(payload)} bytes is beyond the limit of {FRAME_LIMIT}")
    return b"".join((_LENGTHS.pack(len(text), len(payload)), text, payload))


def _store(data: bytes, chunks: list[bytes]) -> dict[str, Any]:
    offset = sum(map(len, chunks))
    chunks.append(data)
    return {"type": "bytes", "at": (offset, len(data))}


def _datum(datum: Datum, chunks: list[bytes]) -> dict[str, Any]:
    kind, value = datum
    if kind == "bytes":
        return _store(value, chunks)
    if kind == "http":
        body = _datum(value.body, chunks)
        if isinstance(value, HttpRequest):
            method, url, headers, params, query, _ = value
            fields = {"method": method, "url": url, "headers": headers, "params": params, "query": query, "body": body}
        else:
            fields = {
                "status_code": value.status_code,
                "headers": value.headers,
                "cookies": [cookie._asdict() for cookie in value.cookies],
                "body": body,
            }
        return {"type": "http", "value": fields}
    if kind == "collection_bytes":
        return {"type": kind, "value": _store_all(value, chunks)}
    if kind == "model_binding_data":
        return {"type": kind, "value": _model_binding_data(value, chunks)}
    if kind == "collection_model_binding_data":
        return {"type": kind, "value": [_model_binding_data(item, chunks) for item in value]}
    return {"type": kind, "value": value}


def _store_all(values: list[bytes], chunks: list[bytes]) -> list[dict[str, Any]]:
    """As `_store` for each, without adding up the chunks again and again: batches may have thousands."""
    offset = sum(map(len, chunks))
    slices = []
    for value in values:
        slices.append({"type": "bytes", "at": (offset, len(value))})
        offset += len(value)
    chunks.extend(values)
    return slices


def _model_binding_data(data: ModelBindingData, chunks: list[bytes]) -> dict[str, Any]:
    return {**data._asdict(), "content": _store(data.content, chunks)}


def _data(data: dict[str, Datum], chunks: list[bytes]) -> dict[str, Any]:
    return {name: _datum(datum, chunks) for name, datum in data.items()}


def _plain(message: Any, _chunks: list[bytes]) -> dict[str, Any]:
    """Fields of a message without bytes; a tuple within becomes an object, so that a packet dump can be read."""
    return {name: _objects(value) for name, value in message._asdict().items()}


def _other(message: Other, chunks: list[bytes]) -> dict[str, Any]:
    chunks.append(message.payload)
    return {**message.header, "kind": message.kind}


def _objects(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {name: _objects(item) for name, item in value._asdict().items()}
    return [_objects(item) for item in value] if isinstance(value, list) else value


def _invoke(message: Invoke, chunks: list[bytes]) -> dict[str, Any]:
    return {
        "id": message.id,
        "function": message.function,
        "inputs": _data(message.inputs, chunks),
        "metadata": _data(message.metadata, chunks),
        "trace": message.trace and message.trace._asdict(),
        "retry": message.retry and message.retry._asdict(),
    }


def _result(message: Result, chunks: list[bytes]) -> dict[str, Any]:
    return {
        "id": message.id,
        "ok": message.ok,
        "return": message.return_value and _datum(message.return_value, chunks),
        "outputs": _data(message.outputs, chunks),
        "error": message.error and message.error._asdict(),
        "ms": message.ms,
    }


# -- from the wire ---------------------------------------------------------------------------------------


def decode(header: bytes, payload: bytes) -> Message:
    """The message of a frame's two parts.

    Raises:
        ProtocolError: the header is no JSON object of a known shape.
    """
    try:
        fields: dict[str, Any] = _loads(header.decode())
        kind = fields.pop("kind")
        decoder = _DECODERS.get(kind)
        return Other(kind, fields, payload) if decoder is None else decoder(fields, payload)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ProtocolError(f"not a message: {error!r}") from error


def _take(stored: dict[str, Any], payload: bytes) -> bytes:
    offset, length = stored["at"]
    if not 0 <= offset <= offset + length <= len(payload):
        raise ValueError("a slice outside the payload")
    return payload[offset : offset + length]


def _to_datum(fields: dict[str, Any], payload: bytes) -> Datum:
    kind = fields["type"]
    if kind == "bytes":
        return Datum("bytes", _take(fields, payload))
    value = fields["value"]
    if kind == "http":
        value["body"] = _to_datum(value["body"], payload)
        if "method" in value:
            return Datum("http", HttpRequest(**value))
        value["cookies"] = [Cookie(**cookie) for cookie in value["cookies"]]
        return Datum("http", HttpResponse(**value))
    if kind == "collection_bytes":
        return Datum(kind, [_take(item, payload) for item in value])
    if kind == "model_binding_data":
        return Datum(kind, _to_model_binding_data(value, payload))
    if kind == "collection_model_binding_data":
        return Datum(kind, [_to_model_binding_data(item, payload) for item in value])
    return Datum(kind, value)


def _to_model_binding_data(fields: dict[str, Any], payload: bytes) -> ModelBindingData:
    return ModelBindingData(
        fields["version"], fields["source"], fields["content_type"], _take(fields["content"], payload)
    )


def _to_data(fields: dict[str, Any], payload: bytes) -> dict[str, Datum]:
    return {name: _to_datum(datum, payload) for name, datum in fields.items()}


def _to_invoke(fields: dict[str, Any], payload: bytes) -> Invoke:
    trace, retry = fields["trace"], fields["retry"]
    return Invoke(
        fields["id"],
        fields["function"],
        _to_data(fields["inputs"], payload),
        _to_data(fields["metadata"], payload),
        trace and Trace(**trace),
        retry and Retry(**retry),
    )


def _to_result(fields: dict[str, Any], payload: bytes) -> Result:
    returned, error = fields["return"], fields["error"]
    return Result(
        fields["id"],
        fields["ok"],
        returned and _to_datum(returned, payload),
        _to_data(fields["outputs"], payload),
        error and Error(**error),
        fields["ms"],
    )


def _to_loaded(fields: dict[str, Any], _payload: bytes) -> Loaded:
    functions = [Function(**function) for function in fields["functions"]]
    return Loaded(functions, [Problem(**problem) for problem in fields["problems"]], fields.get("http_uri"))


def _to_load_failed(fields: dict[str, Any], _payload: bytes) -> LoadFailed:
    return LoadFailed(Error(**fields["error"]))


def _to_plain(message: type[Any]) -> Callable[[dict[str, Any], bytes], Any]:
    return lambda fields, _payload: message(**fields)


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
_ENCODERS: dict[type[Any], tuple[str, Callable[[Any, list[bytes]], dict[str, Any]]]] = {
    **{message: (kind, _plain) for message, kind in KINDS.items()},
    Invoke: ("invoke", _invoke),
    Result: ("result", _result),
    Other: ("", _other),
}
_DECODERS: dict[str, Callable[[dict[str, Any], bytes], Message]] = {
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
