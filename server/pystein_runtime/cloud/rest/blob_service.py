"""Blob REST: which operation a request means, and who may ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.cloud import containers
from pystein_runtime.cloud.containers import BlobError
from pystein_runtime.http.messages import Response

from . import (
    blob_reads,
    blob_writes,
    block_operations,
    calls,
    container_operations,
    copies,
    lease_operations,
    listings,
    page_operations,
    service_properties,
)
from .authorization import authorize
from .calls import Call, Refused, answer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from pystein_runtime.cloud.store import Store
    from pystein_runtime.http.messages import Request

    from .sas import Grant

    Operation = Callable[[Call], Awaitable[Response] | Response]

_READ = {"GET", "HEAD"}
# An operation, the permissions of which one is needed, and the level of resources, by method and `comp`.
_CONTAINER: dict[tuple[str, str], tuple[Operation, str, str]] = {
    ("PUT", ""): (container_operations.create, "cw", "c"),
    ("GET", ""): (container_operations.properties, "rl", "c"),
    ("HEAD", ""): (container_operations.properties, "rl", "c"),
    ("DELETE", ""): (container_operations.delete, "d", "c"),
    ("PUT", "metadata"): (container_operations.set_metadata, "w", "c"),
    ("GET", "metadata"): (container_operations.properties, "rl", "c"),
    ("HEAD", "metadata"): (container_operations.properties, "rl", "c"),
    ("GET", "acl"): (container_operations.get_access, "", "c"),
    ("HEAD", "acl"): (container_operations.get_access, "", "c"),
    ("PUT", "acl"): (container_operations.set_access, "", "c"),
    ("PUT", "lease"): (lease_operations.container, "wd", "c"),
    ("GET", "list"): (listings.blobs, "l", "c"),
}
_BLOB: dict[tuple[str, str], tuple[Operation, str, str]] = {
    ("GET", ""): (blob_reads.get, "r", "o"),
    ("HEAD", ""): (blob_reads.properties, "r", "o"),
    ("GET", "metadata"): (blob_reads.properties, "r", "o"),
    ("HEAD", "metadata"): (blob_reads.properties, "r", "o"),
    ("GET", "tags"): (blob_reads.tags, "t", "o"),
    ("GET", "blocklist"): (block_operations.block_list, "r", "o"),
    ("GET", "pagelist"): (page_operations.page_ranges, "r", "o"),
    ("DELETE", ""): (blob_writes.delete, "dx", "o"),
    ("PUT", ""): (blob_writes.put, "cw", "o"),
    ("PUT", "properties"): (blob_writes.set_properties, "w", "o"),
    ("PUT", "metadata"): (blob_writes.set_metadata, "w", "o"),
    ("PUT", "tags"): (blob_writes.set_tags, "t", "o"),
    ("PUT", "tier"): (blob_writes.set_tier, "w", "o"),
    ("PUT", "snapshot"): (blob_writes.snapshot, "cw", "o"),
    ("PUT", "undelete"): (blob_writes.undelete, "w", "o"),
    ("PUT", "lease"): (lease_operations.blob, "wd", "o"),
    ("PUT", "block"): (block_operations.stage, "w", "o"),
    ("PUT", "blocklist"): (block_operations.commit, "w", "o"),
    ("PUT", "appendblock"): (block_operations.append, "aw", "o"),
    ("PUT", "seal"): (block_operations.seal, "aw", "o"),
    ("PUT", "page"): (page_operations.put_page, "w", "o"),
    ("PUT", "copy"): (copies.abort, "w", "o"),
}


async def handle(store: Store, request: Request) -> Response:
    """Answer one request."""
    try:
        call = calls.parse(store, request, 2)
        answered = await _answer(call)
    except Refused as refused:
        answered = calls.refusal(refused)
    except BlobError as error:
        answered = calls.refusal(Refused(error.code, str(error) if str(error) != error.code else ""))
    return calls.finish(request, answered)


async def _answer(call: Call) -> Response:
    grant = authorize(call, "blob")
    if not call.parts:
        return await _service(call, grant)
    comp = call.text("comp")
    if len(call.parts) == 1:
        if call.text("restype") == "account":
            return _account(grant)
        if comp == "batch":
            return await _batch(call)
        operation, permissions, level = _CONTAINER.get((call.method, comp), (None, "", ""))
    else:
        operation, permissions, level = _BLOB.get((call.method, comp), (None, "", ""))
        if operation is not None and call.method == "PUT" and comp in {"", "block", "appendblock", "page"}:
            operation = copies.instead_of(call, operation)
    if operation is None:
        raise Refused("UnsupportedHttpVerb" if comp == "" else "FeatureNotSupported")
    _check(call, grant, permissions, level)
    result = operation(call)
    return result if isinstance(result, Response) else await result


def _check(call: Call, grant: Grant, permissions: str, level: str) -> None:
    """Whether the request may; without a key or a signature, reading from public containers is allowed."""
    if grant.is_anonymous:
        try:
            access = containers.get(call.store, call.parts[0]).access
        except BlobError:
            access = ""
        public = (level == "o" and access) or access == "container"
        if call.method in _READ and public and call.text("comp") not in {"acl", "tags"}:
            return
        raise Refused("ResourceNotFound" if call.method in _READ else "AuthenticationFailed")
    grant.check(permissions, level)


async def _service(call: Call, grant: Grant) -> Response:
    if grant.is_anonymous:
        raise Refused("AuthenticationFailed")
    if call.text("restype") == "account":
        return _account(grant)
    comp = call.text("comp")
    if comp == "list" and call.method == "GET":
        grant.check("l", "s")
        return listings.containers(call)
    if comp == "batch" and call.method == "POST":
        return await _batch(call)
    if comp == "blobs" and call.method == "GET":
        grant.check("f", "s")
        return listings.by_tags(call)
    grant.check("rw", "s")
    found = service_properties.handle(call, "blob")
    if found is None:
        raise Refused("FeatureNotSupported" if comp else "InvalidQueryParameterValue")
    return found


def _account(grant: Grant) -> Response:
    if grant.is_anonymous:
        raise Refused("AuthenticationFailed")
    return answer(200, [("x-ms-sku-name", "Standard_RAGRS"), ("x-ms-account-kind", "StorageV2")], b"")


async def _batch(call: Call) -> Response:
    from . import batches  # noqa: PLC0415 - it comes back here for every part

    return await batches.blobs(call, handle)
