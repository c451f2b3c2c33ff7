"""Blocks of block blobs, and append blobs."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as Base64Error
from typing import TYPE_CHECKING

from pystein_runtime.cloud import blobs, block_lists, contents, leases
from pystein_runtime.cloud.datetimes import http_date

from . import markup
from .blob_reads import find
from .blob_writes import check_md5, prepare, properties_given, written
from .calls import Call, Refused, answer
from .markup import join, tag

if TYPE_CHECKING:
    from pystein_runtime.http.messages import Response

MAX_BLOCKS = 50_000


async def stage(call: Call) -> Response:
    """Put Block."""
    return await stage_data(call, call.body)


async def stage_data(call: Call, data: bytes) -> Response:
    """Put Block of any bytes."""
    container, name = call.parts
    id_ = call.text("blockid")
    try:
        valid = 1 <= len(b64decode(id_, validate=True)) <= 64
    except (Base64Error, ValueError):
        valid = False
    if not valid:
        raise Refused("InvalidBlockId")
    digest = check_md5(call, data)
    leases.check(call.store, f"{container}/{name}", call.headers.get("x-ms-lease-id"), "Blob")
    await block_lists.stage(call.store, container, name, id_, data)
    return answer(201, [("content-md5", digest), ("x-ms-request-server-encrypted", "true")], b"")


def commit(call: Call) -> Response:
    """Put Block List."""
    prepare(call)
    root = markup.parse(call.body)
    if root is None:
        raise Refused("InvalidXmlDocument")
    wanted = [(item.tag, (item.text or "").strip()) for item in root]
    if len(wanted) > MAX_BLOCKS:
        raise Refused("BlockCountExceedsLimit")
    check_md5(call, call.body)
    given = {**properties_given(call, with_type=False), "type": "BlockBlob"}
    container, name = call.parts
    blob = block_lists.commit(call.store, container, name, wanted, properties=given, metadata=call.metadata())
    return written(blob)


def block_list(call: Call) -> Response:
    """Get Block List."""
    container, name = call.parts
    kind = call.text("blocklisttype").lower() or "committed"
    if kind not in {"committed", "uncommitted", "all"}:
        raise Refused("InvalidQueryParameterValue")
    staged = block_lists.blocks(call.store, container, name, committed=False)
    blob = blobs.get(call.store, container, name, call.text("snapshot"))
    if blob is None and not staged:
        raise Refused("BlobNotFound")
    committed = block_lists.blocks(call.store, container, name, committed=True)
    headers = [("x-ms-blob-content-length", str(blob.length if blob else 0))]
    if blob is not None:
        headers += [("etag", blob.etag), ("last-modified", http_date(blob.modified))]
    lists = []
    if kind in {"committed", "all"}:
        lists.append(_list("CommittedBlocks", committed))
    if kind in {"uncommitted", "all"}:
        lists.append(_list("UncommittedBlocks", staged))
    return answer(200, headers, tag("BlockList", *lists))


def _list(name: str, blocks: list[block_lists.Block]) -> markup.Markup:
    return tag(name, join(tag("Block", tag("Name", block.id), tag("Size", block.length)) for block in blocks))


async def append(call: Call) -> Response:
    """Append Block."""
    return append_data(call, call.body)


def append_data(call: Call, data: bytes) -> Response:
    """Append Block of any bytes."""
    blob = find(call, reading=False)
    if blob.properties["type"] != "AppendBlob":
        raise Refused("InvalidBlobType")
    if blob.properties.get("sealed") == "true":
        raise Refused("BlobIsSealed")
    digest = check_md5(call, data)
    position, limit = call.headers.get("x-ms-blob-condition-appendpos"), call.headers.get("x-ms-blob-condition-maxsize")
    if position is not None and int(position) != blob.length:
        raise Refused("AppendPositionConditionNotMet")
    if limit is not None and blob.length + len(data) > int(limit):
        raise Refused("MaxBlobSizeConditionNotMet")
    count = int(blob.properties.get("append-blocks", "0")) + 1
    if count > MAX_BLOCKS:
        raise Refused("BlockCountExceedsLimit")
    with call.store.transaction():
        contents.append(call.store, blob.content, blob.length, data)
        properties = {**blob.properties, "append-blocks": str(count)}
        after = blobs.update(call.store, blob, length=blob.length + len(data), properties=properties)
    return written(after, content_md5=digest, x_ms_blob_append_offset=str(blob.length),
        x_ms_blob_committed_block_count=str(count),
    )  # fmt: skip


def seal(call: Call) -> Response:
    """Append Blob Seal."""
    blob = find(call, reading=False)
    if blob.properties["type"] != "AppendBlob":
        raise Refused("InvalidBlobType")
    after = blobs.update(call.store, blob, properties={**blob.properties, "sealed": "true"})
    return written(after, 200, x_ms_blob_sealed="true")
