"""Get Blob, Get Blob Properties, Get Blob Tags."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from typing import TYPE_CHECKING

from pystein_runtime.cloud import blobs, containers, contents, leases
from pystein_runtime.cloud.datetimes import http_date
from pystein_runtime.http.messages import Response

from . import conditions
from .calls import Call, Refused, answer, refusal, stamp
from .container_operations import lease_headers
from .markup import join, tag

if TYPE_CHECKING:
    from pystein_runtime.cloud.blobs import Blob

SHOWN = ("content-type", "content-encoding", "content-language", "content-disposition", "cache-control")
"""The properties that are headers of a blob's download."""
_OVERRIDES = {
    "rscc": "cache-control", "rscd": "content-disposition", "rsce": "content-encoding", "rscl": "content-language",
    "rsct": "content-type",
}  # fmt: skip
_KEPT = {
    "copy-id": "x-ms-copy-id", "copy-source": "x-ms-copy-source", "copy-status": "x-ms-copy-status",
    "copy-progress": "x-ms-copy-progress", "copy-completion": "x-ms-copy-completion-time",
    "sequence": "x-ms-blob-sequence-number", "append-blocks": "x-ms-blob-committed-block-count",
    "sealed": "x-ms-blob-sealed",
}  # fmt: skip
_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
SMALL = 4 * 1024 * 1024  # bytes that are answered in one piece
MD5_LIMIT = 4 * 1024 * 1024  # bytes of a range whose MD5 may be asked for


def find(call: Call, *, reading: bool = True) -> Blob:
    """The blob that a request is about, its conditions and its lease checked.

    Raises:
        Refused: BlobNotFound, ConditionNotMet, ...
        BlobError: ContainerNotFound, LeaseIdMissing, ...
    """
    container, name = call.parts
    blob = blobs.get(call.store, container, name, call.text("snapshot"))
    if blob is None:
        containers.get(call.store, container)
        raise Refused("BlobNotFound")
    conditions.check(call.headers, blob.etag, blob.modified, reading=reading)
    if not blob.snapshot:
        owner = f"{container}/{name}"
        leases.check(call.store, owner, call.headers.get("x-ms-lease-id"), "Blob", needed=not reading)
    return blob


def headers_of(call: Call, blob: Blob) -> list[tuple[str, str]]:
    """What a blob's properties look like as headers."""
    kept = blob.properties
    headers = [
        *stamp(blob.etag, blob.modified),
        *((f"x-ms-meta-{name}", value) for name, value in blob.metadata.items()),
        ("x-ms-creation-time", http_date(blob.created)),
        ("x-ms-blob-type", kept["type"]),
        ("accept-ranges", "bytes"),
        ("x-ms-server-encrypted", "true"),
    ]
    overrides = {_OVERRIDES[key]: value for key, value in call.query.items() if key in _OVERRIDES}
    shown = {name: overrides.get(name) or kept.get(name, "") for name in SHOWN}
    headers.extend((name, value) for name, value in shown.items() if value)
    headers.extend((header, kept[name]) for name, header in _KEPT.items() if name in kept)
    if not blob.snapshot:
        headers.extend(lease_headers(call, f"{blob.container}/{blob.name}"))
    if kept["type"] == "BlockBlob":
        headers.append(("x-ms-access-tier", kept.get("tier", "Hot")))
        headers.append(("x-ms-access-tier-inferred", "false" if "tier" in kept else "true"))
    if "tags" in kept:
        headers.append(("x-ms-tag-count", str(len(json.loads(kept["tags"])))))
    return headers


def properties(call: Call) -> Response:
    """Get Blob Properties, Get Blob Metadata."""
    blob = find(call)
    headers = headers_of(call, blob)
    if "content-md5" in blob.properties:
        headers.append(("content-md5", blob.properties["content-md5"]))
    return Response(200, headers, b"", blob.length if call.method == "HEAD" else 0)


def get(call: Call) -> Response:
    """Get Blob."""
    blob = find(call)
    if blob.properties.get("tier") == "Archive":
        raise Refused("BlobArchived")
    headers = headers_of(call, blob)
    wanted = _RANGE.fullmatch(call.headers.get("x-ms-range") or call.headers.get("range") or "")
    if wanted is None:
        if "content-md5" in blob.properties:
            headers.append(("content-md5", blob.properties["content-md5"]))
        return _content(call, blob, 200, headers, 0, blob.length)
    start, end = int(wanted[1]), min(int(wanted[2]) + 1 if wanted[2] else blob.length, blob.length)
    if start >= blob.length or end <= start:
        refused = refusal(Refused("InvalidRange"))
        return refused._replace(headers=[*refused.headers, ("content-range", f"bytes */{blob.length}")])
    headers.append(("content-range", f"bytes {start}-{end - 1}/{blob.length}"))
    if "content-md5" in blob.properties:
        headers.append(("x-ms-blob-content-md5", blob.properties["content-md5"]))
    if call.headers.get("x-ms-range-get-content-md5", "").lower() == "true":
        if end - start > MD5_LIMIT:
            raise Refused("OutOfRangeInput")
        headers.append(("content-md5", md5(contents.read(call.store, blob.content, start, end))))
    return _content(call, blob, 206, headers, start, end)


def _content(call: Call, blob: Blob, status: int, headers: list[tuple[str, str]], start: int, end: int) -> Response:
    if end - start <= SMALL:
        return Response(status, headers, contents.read(call.store, blob.content, start, end))
    return Response(status, headers, contents.stream(call.store, blob.content, start, end), end - start)


def md5(data: bytes) -> str:
    """The MD5 of bytes, as the services write it."""
    return b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode()


def tags(call: Call) -> Response:
    """Get Blob Tags."""
    blob = find(call)
    found = json.loads(blob.properties.get("tags", "{}"))
    items = (tag("Tag", tag("Key", key), tag("Value", value)) for key, value in found.items())
    return answer(200, (), tag("Tags", tag("TagSet", join(items))))
