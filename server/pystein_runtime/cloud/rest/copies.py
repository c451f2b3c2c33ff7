"""Copies between blobs of the local cloud: whole, or as blocks and pages."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pystein_runtime.cloud import blobs, containers, contents
from pystein_runtime.cloud.containers import BlobError
from pystein_runtime.cloud.datetimes import http_date
from pystein_runtime.http.messages import Request, Response

from . import block_operations, calls, conditions, page_operations, sas
from .blob_writes import prepare, properties_given, written
from .calls import Call, Refused

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from pystein_runtime.cloud.blobs import Blob

    Operation = Callable[[Call], Awaitable[Response] | Response]

_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|\[?::1\]?|[\w-]+\.localhost")


def instead_of(call: Call, operation: Operation) -> Operation:
    """The operation that is meant where the bytes are to come from another blob."""
    if "x-ms-copy-source" not in call.headers:
        return operation
    found: dict[str, Operation] = {"": copy, "block": stage, "appendblock": append, "page": put_page}
    return found[call.text("comp")]


def _source(call: Call) -> Blob:
    """The blob to copy from.

    Raises:
        Refused: CannotVerifyCopySource, ConditionNotMet, InvalidSourceBlobUrl.
    """
    try:
        url = urlsplit(call.headers["x-ms-copy-source"])
    except ValueError as error:
        raise Refused("InvalidSourceBlobUrl") from error
    if url.scheme not in {"http", "https"} or not url.path:
        raise Refused("InvalidSourceBlobUrl")
    if not _LOOPBACK.fullmatch((url.hostname or "").lower()):
        raise Refused("CannotVerifyCopySource", "The local cloud copies its own blobs only.")
    source = calls.parse(call.store, Request("GET", url.path, url.query, {}, b""), 2)
    if len(source.parts) != 2:
        raise Refused("InvalidSourceBlobUrl")
    try:
        if "sig" in source.query:
            sas.check(source, "blob").check("r", "o")
        blob = blobs.get(call.store, *source.parts, source.text("snapshot"))
    except (Refused, BlobError) as error:
        raise Refused("CannotVerifyCopySource", str(error)) from error
    if blob is None:
        raise Refused("BlobNotFound" if source.parts[0] == call.parts[0] else "CannotVerifyCopySource", status=404)
    try:
        conditions.check(call.headers, blob.etag, blob.modified, reading=True, prefix="x-ms-source-")
    except Refused as refused:
        raise Refused("ConditionNotMet") from refused
    return blob


def copy(call: Call) -> Response:
    """Copy Blob, Copy Blob From URL, Put Blob From URL: done at once, whichever was asked for."""
    source = _source(call)
    prepare(call)
    is_put = "x-ms-blob-type" in call.headers
    id_ = str(uuid.uuid4())
    given = {**source.properties, **properties_given(call, with_type=False)}
    for name in ("tier", "sealed"):
        if name not in properties_given(call, with_type=False):
            given.pop(name, None)
    if not is_put:
        given.update({
            "copy-id": id_, "copy-source": call.headers["x-ms-copy-source"], "copy-status": "success",
            "copy-progress": f"{source.length}/{source.length}", "copy-completion": http_date(call.store.now()),
        })  # fmt: skip
    with call.store.transaction():
        content, _ = contents.join(call.store, [source.content])
        metadata = call.metadata() or source.metadata
        container, name = call.parts
        blob = blobs.replace(call.store, container, name, content, source.length, properties=given, metadata=metadata)
    if is_put:
        return written(blob)
    return written(blob, 202, x_ms_copy_id=id_, x_ms_copy_status="success")


def abort(call: Call) -> Response:
    """Abort Copy Blob: copies are done at once, so there is never one to abort."""
    containers.get(call.store, call.parts[0])
    raise Refused("NoPendingCopyOperation")


def _bytes(call: Call) -> bytes:
    source = _source(call)
    found = re.fullmatch(r"bytes=(\d+)-(\d*)", call.headers.get("x-ms-source-range", "bytes=0-"))
    if found is None:
        raise Refused("InvalidHeaderValue", "x-ms-source-range is malformed.")
    start, end = int(found[1]), min(int(found[2]) + 1 if found[2] else source.length, source.length)
    return contents.read(call.store, source.content, start, end) if start < end else b""


async def stage(call: Call) -> Response:
    """Put Block From URL."""
    return await block_operations.stage_data(call, _bytes(call))


def append(call: Call) -> Response:
    """Append Block From URL."""
    return block_operations.append_data(call, _bytes(call))


def put_page(call: Call) -> Response:
    """Put Page From URL."""
    headers = {"x-ms-page-write": "update", **call.headers}
    return page_operations.put_data(call._replace(headers=headers), _bytes(call))
