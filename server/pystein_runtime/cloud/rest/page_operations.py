"""Page blobs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pystein_runtime.cloud import blobs, contents

from .blob_reads import find
from .blob_writes import check_md5, written
from .calls import Call, Refused, answer, stamp
from .markup import Markup, join, tag

if TYPE_CHECKING:
    from pystein_runtime.cloud.blobs import Blob
    from pystein_runtime.http.messages import Response

PAGE = 512
_RANGE = re.compile(r"bytes=(\d+)-(\d+)")


def _range(call: Call, blob: Blob, *, aligned: bool = True) -> tuple[int, int]:
    found = _RANGE.fullmatch(call.headers.get("x-ms-range") or call.headers.get("range") or "")
    if found is None:
        raise Refused("InvalidHeaderValue", "The range of pages is missing or malformed.")
    start, end = int(found[1]), int(found[2]) + 1
    if (aligned and (start % PAGE or end % PAGE)) or start >= end or (aligned and end > blob.length):
        raise Refused("InvalidPageRange")
    return start, end


async def put_page(call: Call) -> Response:
    """Put Page: write pages or clear them."""
    return put_data(call, call.body)


def put_data(call: Call, data: bytes) -> Response:
    """Put Page of any bytes."""
    blob = find(call, reading=False)
    if blob.properties["type"] != "PageBlob":
        raise Refused("InvalidBlobType")
    start, end = _range(call, blob)
    _check_sequence(call, int(blob.properties.get("sequence", "0")))
    action = call.headers.get("x-ms-page-write", "").lower()
    if action not in {"update", "clear"}:
        raise Refused("InvalidHeaderValue", "x-ms-page-write must be update or clear.")
    if action == "update" and len(data) != end - start:
        raise Refused("InvalidPageRange")
    digest = check_md5(call, data)
    with call.store.transaction():
        contents.overwrite(call.store, blob.content, start, data if action == "update" else None, end - start)
        after = blobs.update(call.store, blob)
    sequence = blob.properties.get("sequence", "0")
    return written(after, content_md5=digest, x_ms_blob_sequence_number=sequence)


def _check_sequence(call: Call, current: int) -> None:
    headers = call.headers
    holds = (
        current <= int(headers.get("x-ms-if-sequence-number-le", current))
        and current < int(headers.get("x-ms-if-sequence-number-lt", current + 1))
        and current == int(headers.get("x-ms-if-sequence-number-eq", current))
    )
    if not holds:
        raise Refused("SequenceNumberConditionNotMet")


def page_ranges(call: Call) -> Response:
    """Get Page Ranges, also the difference to a snapshot: of that, whatever either of the two has."""
    blob = find(call)
    if blob.properties["type"] != "PageBlob":
        raise Refused("InvalidBlobType")
    low, high = 0, blob.length
    if call.headers.get("x-ms-range") or call.headers.get("range"):
        low, high = _range(call, blob, aligned=False)
    found = [
        (max(start, low), min(end, high))
        for start, end in contents.ranges(call.store, blob.content)
        if start < high and end > low
    ]
    items = [tag("PageRange", tag("Start", start), tag("End", end - 1)) for start, end in found]
    previous = call.query.get("prevsnapshot")
    if previous:
        items = _difference(call, blob, previous, low, high)
    headers = [*stamp(blob.etag, blob.modified), ("x-ms-blob-content-length", str(blob.length))]
    return answer(200, headers, tag("PageList", join(items)))


def _difference(call: Call, blob: Blob, previous: str, low: int, high: int) -> list[Markup]:
    before = blobs.get(call.store, blob.container, blob.name, previous)
    if before is None:
        raise Refused("BlobNotFound")
    items: list[Markup] = []
    written_now = {page for start, end in contents.ranges(call.store, blob.content) for page in range(start, end, PAGE)}
    written_then = {
        page for start, end in contents.ranges(call.store, before.content) for page in range(start, end, PAGE)
    }
    for page in sorted(written_now | written_then):
        if not low <= page < high:
            continue
        if page not in written_now:
            items.append(tag("ClearRange", tag("Start", page), tag("End", page + PAGE - 1)))
        elif contents.read(call.store, blob.content, page, page + PAGE) != contents.read(
            call.store, before.content, page, page + PAGE
        ):
            items.append(tag("PageRange", tag("Start", page), tag("End", page + PAGE - 1)))
    return items
