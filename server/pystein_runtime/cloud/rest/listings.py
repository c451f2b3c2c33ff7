"""List Containers, List Blobs, Find Blobs by Tags."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pystein_runtime.cloud import blobs as store_blobs
from pystein_runtime.cloud import containers as store_containers
from pystein_runtime.cloud import leases
from pystein_runtime.cloud.account import ACCOUNT
from pystein_runtime.cloud.datetimes import http_date

from .calls import Call, Refused, answer
from .markup import Markup, join, name_tag, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pystein_runtime.cloud.blobs import Blob
    from pystein_runtime.http.messages import Response

LIMIT = 5000
_PROPERTIES = {
    "content-type": "Content-Type", "content-encoding": "Content-Encoding", "content-language": "Content-Language",
    "content-md5": "Content-MD5", "content-disposition": "Content-Disposition", "cache-control": "Cache-Control",
    "type": "BlobType", "sequence": "x-ms-blob-sequence-number",
}  # fmt: skip
_COPY = {
    "copy-id": "CopyId", "copy-source": "CopySource", "copy-status": "CopyStatus", "copy-progress": "CopyProgress",
    "copy-completion": "CopyCompletionTime",
}  # fmt: skip


def containers(call: Call) -> Response:
    """List Containers."""
    prefix, marker = call.text("prefix"), call.text("marker")
    limit = min(call.integer("maxresults", LIMIT, 1, 2**31), LIMIT)
    found = [item for item in store_containers.find_all(call.store, prefix) if item.name >= marker]
    include = call.text("include").split(",")
    items = []
    for container in found[:limit]:
        state = leases.state(call.store, container.name)
        properties = tag(
            "Properties",
            tag("Last-Modified", http_date(container.modified)), tag("Etag", container.etag),
            tag("LeaseStatus", "locked" if state in {"leased", "breaking"} else "unlocked"), tag("LeaseState", state),
            tag("PublicAccess", container.access) if container.access else "",
            tag("HasImmutabilityPolicy", "false"), tag("HasLegalHold", "false"),
        )  # fmt: skip
        metadata = _metadata(container.metadata) if "metadata" in include else ""
        items.append(tag("Container", tag("Name", container.name), properties, metadata))
    following = found[limit].name if len(found) > limit else ""
    inner = [tag("Prefix", prefix), tag("Marker", marker), tag("MaxResults", limit)]
    inner += [tag("Containers", join(items)), tag("NextMarker", following)]
    return answer(200, (), _results(call, "", Markup("".join(inner))))


def _results(call: Call, container: str, inner: Markup) -> str:
    host = call.headers.get("host", "127.0.0.1:10000")
    endpoint = f'ServiceEndpoint="http://{host}/{ACCOUNT}/"'
    name = f' ContainerName="{container}"' if container else ""
    return f"<EnumerationResults {endpoint}{name}>{inner}</EnumerationResults>"


def _metadata(values: dict[str, str]) -> Markup:
    return tag("Metadata", join(tag(name, value) for name, value in values.items()))


def blobs(call: Call) -> Response:
    """List Blobs, flat or by a delimiter."""
    container = call.parts[0]
    prefix, delimiter, marker = call.text("prefix"), call.text("delimiter"), call.text("marker")
    limit = min(call.integer("maxresults", LIMIT, 1, 2**31), LIMIT)
    include = set(call.text("include").lower().split(","))
    found = store_blobs.find_all(call.store, container, prefix, snapshots="snapshots" in include)
    items: list[str] = []
    following = ""
    for key, blob in _entries(found, prefix, delimiter):
        if marker and key < _unpacked(marker):
            continue
        if len(items) >= limit:
            following = _packed(key)
            break
        items.append(tag("BlobPrefix", name_tag(key)) if blob is None else _blob(call, blob, include))
    inner = [tag("Prefix", prefix), tag("Marker", marker), tag("MaxResults", limit)]
    inner += [tag("Delimiter", delimiter)] if delimiter else []
    inner += [tag("Blobs", join(items)), tag("NextMarker", following)]
    return answer(200, (), _results(call, container, Markup("".join(inner))))


def _packed(key: str) -> str:
    return f"2!{key.encode().hex()}"


def _unpacked(marker: str) -> str:
    try:
        return bytes.fromhex(marker.removeprefix("2!")).decode()
    except ValueError:
        raise Refused("InvalidMarker") from None


def _entries(found: list[Blob], prefix: str, delimiter: str) -> Iterator[tuple[str, Blob | None]]:
    """Each blob, or once for all that share it what their names have up to the delimiter."""
    last = None
    for blob in found:
        rest = blob.name[len(prefix) :]
        if delimiter and delimiter in rest:
            key = prefix + rest.partition(delimiter)[0] + delimiter
            if key != last:
                last = key
                yield key, None
        else:
            yield blob.name, blob


def _blob(call: Call, blob: Blob, include: set[str]) -> str:
    kept = blob.properties
    parts = [name_tag(blob.name)]
    if blob.snapshot:
        parts.append(tag("Snapshot", blob.snapshot))
    properties = [
        tag("Creation-Time", http_date(blob.created)), tag("Last-Modified", http_date(blob.modified)),
        tag("Etag", blob.etag.strip('"')), tag("Content-Length", blob.length),
        *(tag(shown, kept[name]) for name, shown in _PROPERTIES.items() if name in kept),
    ]  # fmt: skip
    if kept["type"] == "BlockBlob":
        properties.append(tag("AccessTier", kept.get("tier", "Hot")))
        if "tier" not in kept:
            properties.append(tag("AccessTierInferred", "true"))
    if not blob.snapshot:
        state = leases.state(call.store, f"{blob.container}/{blob.name}")
        locked = state in {"leased", "breaking"}
        properties += [tag("LeaseStatus", "locked" if locked else "unlocked"), tag("LeaseState", state)]
    if "copy" in include:
        properties += [tag(shown, kept[name]) for name, shown in _COPY.items() if name in kept]
    properties.append(tag("ServerEncrypted", "true"))
    tags = json.loads(kept.get("tags", "{}"))
    if tags:
        properties.append(tag("TagCount", len(tags)))
    parts.append(tag("Properties", join(properties)))
    if "metadata" in include:
        parts.append(_metadata(blob.metadata))
    if "tags" in include and tags:
        items = (tag("Tag", tag("Key", key), tag("Value", value)) for key, value in tags.items())
        parts.append(tag("Tags", tag("TagSet", join(items))))
    return tag("Blob", join(parts))


_TERM = re.compile(
    r"""\s*(?:"([^"]+)"|'([^']+)'|(@?\w+))\s*(=|>=|<=|>|<)\s*'((?:[^']|'')*)'\s*(?:and\b|$)""", re.IGNORECASE
)


def by_tags(call: Call) -> Response:
    """Find Blobs by Tags."""
    where = unquote(call.text("where"))
    terms, position = [], 0
    while position < len(where):
        found = _TERM.match(where, position)
        if found is None:
            raise Refused("InvalidQueryParameterValue", "The where clause is malformed.")
        terms.append((found[1] or found[2] or found[3], found[4], found[5].replace("''", "'")))
        position = found.end()
    items = []
    for container in store_containers.find_all(call.store):
        for blob in store_blobs.find_all(call.store, container.name):
            tags = {"@container": container.name, **json.loads(blob.properties.get("tags", "{}"))}
            if len(tags) > 1 and all(_holds(tags.get(key), sign, value) for key, sign, value in terms):
                shown = (tag("Tag", tag("Key", key), tag("Value", tags[key])) for key, _, _ in terms if key in tags)
                fields = [name_tag(blob.name), tag("ContainerName", container.name)]
                items.append(tag("Blob", *fields, tag("Tags", tag("TagSet", join(shown)))))
    inner = Markup(tag("Where", where) + tag("Blobs", join(items)) + tag("NextMarker"))
    return answer(200, (), _results(call, "", inner))


def _holds(actual: str | None, sign: str, value: str) -> bool:
    if actual is None:
        return False
    return {
        "=": actual == value, ">": actual > value, "<": actual < value, ">=": actual >= value, "<=": actual <= value,
    }[sign]  # fmt: skip
