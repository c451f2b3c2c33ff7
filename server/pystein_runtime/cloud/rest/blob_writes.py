"""Put Blob and what else changes a blob as a whole."""

from __future__ import annotations

import json
from base64 import b64decode
from binascii import Error as Base64Error
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from pystein_runtime.cloud import blobs, contents, leases
from pystein_runtime.cloud.datetimes import http_date

from . import conditions, markup
from .blob_reads import SHOWN, find, md5
from .calls import Call, Refused, answer, stamp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pystein_runtime.cloud.blobs import Blob
    from pystein_runtime.http.messages import Response

TIERS = {"Hot", "Cool", "Cold", "Archive", *(f"P{n}" for n in (4, 6, 10, 15, 20, 30, 40, 50, 60, 70, 80))}
MAX_TAGS = 10
_BLOCK_LIMIT = 5000 * 1024 * 1024


def prepare(call: Call) -> Blob | None:
    """The blob that a request would overwrite, after the checks that every overwriting has.

    Raises:
        Refused: ConditionNotMet, BlobAlreadyExists, ...
        BlobError: ContainerNotFound, LeaseIdMissing, ...
    """
    container, name = call.parts
    blobs.check_name(call.store, container, name)
    old = blobs.get(call.store, container, name)
    conditions.check(call.headers, old.etag if old else None, old.modified if old else 0.0, reading=False)
    leases.check(call.store, f"{container}/{name}", call.headers.get("x-ms-lease-id"), "Blob")
    return old


def check_md5(call: Call, data: bytes) -> str:
    """The MD5 of a request's bytes, compared with the one that it says it has.

    Raises:
        Refused: InvalidMd5, Md5Mismatch.
    """
    actual = md5(data)
    given = call.headers.get("content-md5")
    if given is not None and given != actual:
        try:
            is_md5 = len(b64decode(given, validate=True)) == 16
        except (Base64Error, ValueError):
            is_md5 = False
        raise Refused("Md5Mismatch" if is_md5 else "InvalidMd5")
    return actual


def headers_given(headers: Mapping[str, str]) -> dict[str, str]:
    """The properties that a request gives a blob."""
    found = {}
    for name in (*SHOWN, "content-md5"):
        value = headers.get(f"x-ms-blob-{name}")
        if value:
            found[name] = value
    return found


def properties_given(call: Call, *, with_type: bool = True) -> dict[str, str]:
    """The same, with the content type of the body where nothing else is said, tier and tags."""
    found = headers_given(call.headers)
    if with_type and "content-type" not in found and call.headers.get("content-type"):
        found["content-type"] = call.headers["content-type"]
    tier = call.headers.get("x-ms-access-tier")
    if tier is not None:
        if tier not in TIERS:
            raise Refused("InvalidHeaderValue", f"{tier} is not an access tier.")
        found["tier"] = tier
    given = call.headers.get("x-ms-tags")
    if given:
        found["tags"] = _tags(dict(parse_qsl(given, keep_blank_values=True)))
    return found


def _tags(found: Mapping[str, str]) -> str:
    if len(found) > MAX_TAGS or any(not 1 <= len(key) <= 128 or len(value) > 256 for key, value in found.items()):
        raise Refused(
            "InvalidInput", "A blob has at most 10 tags, with keys of 1 to 128 and values of up to 256 characters."
        )
    return json.dumps(found)


def written(blob: Blob, status: int = 201, **extra: str | None) -> Response:
    """The answer to what has changed a blob."""
    headers = stamp(blob.etag, blob.modified)
    headers.append(("x-ms-request-server-encrypted", "true"))
    headers.extend((name.replace("_", "-"), value) for name, value in extra.items() if value is not None)
    return answer(status, headers, b"")


async def put(call: Call) -> Response:
    """Put Blob: whole, or empty to begin with for append and page blobs."""
    kind = call.headers.get("x-ms-blob-type", "").lower()
    data = call.body
    digest = check_md5(call, data)
    prepare(call)
    given = properties_given(call)
    if kind == "blockblob":
        if len(data) > _BLOCK_LIMIT:
            raise Refused("RequestBodyTooLarge")
        given = {**given, "type": "BlockBlob", "content-md5": given.get("content-md5", digest)}
        if call.headers.get("x-ms-blob-content-md5", digest) != digest:
            raise Refused("Md5Mismatch")
        length = len(data)
    elif kind in {"appendblob", "pageblob"}:
        if data:
            raise Refused("InvalidHeaderValue", "An append or page blob is created empty.")
        length = 0
        if kind == "appendblob":
            given = {**given, "type": "AppendBlob", "append-blocks": "0"}
        else:
            length = page_size(call.headers.get("x-ms-blob-content-length"))
            sequence = call.headers.get("x-ms-blob-sequence-number", "0")
            given = {**given, "type": "PageBlob", "sequence": sequence}
    else:
        raise Refused("MissingRequiredHeader" if not kind else "InvalidHeaderValue", "x-ms-blob-type")
    content = await contents.write(call.store, data)
    prepare(call)  # somebody may have been faster while the bytes were written
    container, name = call.parts
    blob = blobs.replace(call.store, container, name, content, length, properties=given, metadata=call.metadata())
    return written(blob, content_md5=digest if kind == "blockblob" else None)


def page_size(text: str | None) -> int:
    """The size of a page blob.

    Raises:
        Refused: InvalidHeaderValue, unless it is a multiple of 512.
    """
    if text is None or not text.isdecimal() or int(text) % 512:
        raise Refused("InvalidHeaderValue", "The size of a page blob must be a multiple of 512.")
    return int(text)


def delete(call: Call) -> Response:
    """Delete Blob."""
    blob = find(call, reading=False)
    snapshots = call.headers.get("x-ms-delete-snapshots", "").lower()
    if snapshots not in {"", "include", "only"} or (snapshots and blob.snapshot):
        raise Refused("InvalidHeaderValue", "x-ms-delete-snapshots must be include or only, and not with a snapshot.")
    blobs.delete(call.store, blob, snapshots=snapshots)
    return answer(202, [("x-ms-delete-type-permanent", "true")], b"")


def set_properties(call: Call) -> Response:
    """Set Blob Properties: what is not given is cleared, if anything is."""
    blob = find(call, reading=False)
    given = headers_given(call.headers)
    kept = dict(blob.properties)
    length = blob.length
    if any(f"x-ms-blob-{name}" in call.headers for name in (*SHOWN, "content-md5")):
        for name in (*SHOWN, "content-md5"):
            kept.pop(name, None)
        kept.update(given)
    with call.store.transaction():
        if kept["type"] == "PageBlob":
            if "x-ms-blob-content-length" in call.headers:
                length = page_size(call.headers["x-ms-blob-content-length"])
                contents.truncate(call.store, blob.content, length)
            kept["sequence"] = _sequence(call, int(kept.get("sequence", "0")))
        blob = blobs.update(call.store, blob, length=length, properties=kept)
    return written(blob, 200, x_ms_blob_sequence_number=kept.get("sequence"))


def _sequence(call: Call, current: int) -> str:
    action = call.headers.get("x-ms-sequence-number-action", "").lower()
    given = int(call.headers.get("x-ms-blob-sequence-number", "0"))
    if action == "increment":
        return str(current + 1)
    return str({"update": given, "max": max(given, current)}.get(action, current))


def set_metadata(call: Call) -> Response:
    """Set Blob Metadata."""
    blob = blobs.update(call.store, find(call, reading=False), metadata=call.metadata())
    return written(blob, 200)


def set_tags(call: Call) -> Response:
    """Set Blob Tags."""
    blob = find(call, reading=True)
    root = markup.parse(call.body)
    if root is None:
        raise Refused("InvalidXmlDocument")
    found = {item.findtext("Key") or "": item.findtext("Value") or "" for item in root.iter("Tag")}
    blobs.keep(call.store, blob, {**blob.properties, "tags": _tags(found)})
    return answer(204, (), b"")


def set_tier(call: Call) -> Response:
    """Set Blob Tier."""
    blob = find(call, reading=True)
    tier = call.headers.get("x-ms-access-tier")
    if tier not in TIERS:
        raise Refused("MissingRequiredHeader" if tier is None else "InvalidHeaderValue", "x-ms-access-tier")
    changed = http_date(call.store.now())
    blobs.keep(call.store, blob, {**blob.properties, "tier": tier, "tier-changed": changed})
    return answer(200, (), b"")


def snapshot(call: Call) -> Response:
    """Snapshot Blob."""
    blob = find(call._replace(headers={**call.headers}), reading=True)
    metadata: dict[str, Any] = call.metadata()
    made = blobs.snapshot(call.store, blob, metadata or None)
    return written(made, x_ms_snapshot=made.snapshot)


def undelete(call: Call) -> Response:
    """Undelete Blob: nothing deleted is kept, so there is nothing to do, as with soft delete switched off."""
    if blobs.get(call.store, *call.parts) is None:
        raise Refused("BlobNotFound")
    return answer(200, (), b"")
