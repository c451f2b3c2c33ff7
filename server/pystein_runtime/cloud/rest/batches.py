"""Several operations in one request: Blob Batch. A part that fails does not stop the others."""

from __future__ import annotations

import re
import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING

from pystein_runtime.http.messages import Request, Response

from .calls import Call, Refused

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from pystein_runtime.cloud.store import Store

MAX_PARTS = 256


def boundary_of(content_type: str) -> bytes:
    """The boundary of a `multipart/mixed` body.

    Raises:
        Refused: InvalidHeaderValue.
    """
    found = re.search(r'boundary="?([^";]+)"?', content_type)
    if found is None or not content_type.lower().startswith("multipart/mixed"):
        raise Refused("InvalidHeaderValue", "A batch is a multipart/mixed body with a boundary.")
    return found[1].encode()


def parts_of(body: bytes, boundary: bytes) -> list[tuple[dict[str, str], bytes]]:
    """The headers and the content of each part."""
    parts = []
    for piece in body.split(b"--" + boundary)[1:]:
        if piece.startswith(b"--"):
            break
        head, _, content = piece.lstrip(b"\r\n").partition(b"\r\n\r\n")
        if not content and b"\n\n" in head:
            head, _, content = head.partition(b"\n\n")
        parts.append((_headers(head), content.removesuffix(b"\r\n")))
    return parts


def _headers(head: bytes) -> dict[str, str]:
    lines = (line.partition(":") for line in head.decode("latin-1").splitlines() if ":" in line)
    return {name.strip().lower(): value.strip() for name, _, value in lines}


def request_of(content: bytes) -> Request:
    """The request in a part.

    Raises:
        Refused: InvalidInput.
    """
    first, _, rest = content.lstrip(b"\r\n").partition(b"\n")
    words = first.decode("latin-1").split()
    if len(words) < 2:
        raise Refused("InvalidInput", "A part of the batch is no request.")
    head, _, body = rest.replace(b"\r\n", b"\n").partition(b"\n\n") if b"\r\n\r\n" not in rest else _cut(rest)
    target = words[1]
    if "://" in target:
        target = "/" + target.partition("://")[2].partition("/")[2]
    path, _, query = target.partition("?")
    return Request(words[0].upper(), path if path.startswith("/") else f"/{path}", query, _headers(head), body)


def _cut(rest: bytes) -> tuple[bytes, bytes, bytes]:
    if rest.startswith(b"\r\n"):
        return b"", b"", rest[2:]
    return rest.partition(b"\r\n\r\n")


async def blobs(call: Call, handle: Callable[[Store, Request], Awaitable[Response]]) -> Response:
    """Blob Batch: deletions and changes of tier."""
    boundary = boundary_of(call.headers.get("content-type", ""))
    parts = parts_of(call.body, boundary)
    if not 1 <= len(parts) <= MAX_PARTS:
        raise Refused("InvalidInput", f"A batch has from 1 to {MAX_PARTS} parts.")
    answer_boundary = f"batchresponse_{uuid.uuid4()}"
    out: list[bytes] = []
    for headers, content in parts:
        response = await handle(call.store, request_of(content))
        out.append(f"--{answer_boundary}\r\nContent-Type: application/http\r\n".encode())
        if "content-id" in headers:
            out.append(f"Content-ID: {headers['content-id']}\r\n".encode())
        out.append(b"\r\n" + as_bytes(response) + b"\r\n")
    out.append(f"--{answer_boundary}--\r\n".encode())
    return Response(202, [("content-type", f"multipart/mixed; boundary={answer_boundary}")], b"".join(out))


def as_bytes(response: Response) -> bytes:
    """A response as a part has it."""
    body = response.body if isinstance(response.body, bytes) else b""
    lines = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}\r\n"]
    lines += [f"{name}: {value}\r\n" for name, value in response.headers]
    lines.append(f"Content-Length: {len(body)}\r\n" if body else "")
    return "".join(lines).encode() + b"\r\n" + body
