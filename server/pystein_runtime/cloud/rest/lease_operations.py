"""Lease Blob and Lease Container."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pystein_runtime.cloud import blobs, containers, leases

from . import conditions
from .calls import Call, Refused, answer, stamp

if TYPE_CHECKING:
    from pystein_runtime.http.messages import Response


def container(call: Call) -> Response:
    """Lease Container."""
    found = containers.get(call.store, call.parts[0])
    conditions.check(call.headers, found.etag, found.modified, reading=False)
    return _do(call, found.name, stamp(found.etag, found.modified))


def blob(call: Call) -> Response:
    """Lease Blob."""
    found = blobs.get(call.store, *call.parts)
    if found is None:
        containers.get(call.store, call.parts[0])
        raise Refused("BlobNotFound")
    conditions.check(call.headers, found.etag, found.modified, reading=False)
    return _do(call, "/".join(call.parts), stamp(found.etag, found.modified))


def _do(call: Call, owner: str, headers: list[tuple[str, str]]) -> Response:
    action = call.headers.get("x-ms-lease-action", "").lower()
    store = call.store
    if action == "acquire":
        lease = leases.acquire(store, owner, _seconds(call, "x-ms-lease-duration", -1) or 0, _proposed(call))
        return answer(201, [*headers, ("x-ms-lease-id", lease.id)], b"")
    if action == "break":
        left = leases.break_(store, owner, _seconds(call, "x-ms-lease-break-period", None))
        return answer(202, [*headers, ("x-ms-lease-time", str(left))], b"")
    id_ = call.headers.get("x-ms-lease-id")
    if id_ is None:
        raise Refused("MissingRequiredHeader", "x-ms-lease-id is missing.")
    if action == "renew":
        return answer(200, [*headers, ("x-ms-lease-id", leases.renew(store, owner, id_).id)], b"")
    if action == "change":
        proposed = _proposed(call)
        if proposed is None:
            raise Refused("MissingRequiredHeader", "x-ms-proposed-lease-id is missing.")
        return answer(200, [*headers, ("x-ms-lease-id", leases.change(store, owner, id_, proposed).id)], b"")
    if action == "release":
        leases.release(store, owner, id_)
        return answer(200, headers, b"")
    raise Refused("InvalidHeaderValue", "x-ms-lease-action must be acquire, renew, change, release or break.")


def _proposed(call: Call) -> str | None:
    text = call.headers.get("x-ms-proposed-lease-id")
    if text is None:
        return None
    try:
        return str(UUID(text))
    except ValueError:
        raise Refused("InvalidHeaderValue", "x-ms-proposed-lease-id must be a GUID.") from None


def _seconds(call: Call, name: str, default: int | None) -> int | None:
    text = call.headers.get(name)
    if text is None:
        return default
    try:
        return int(text)
    except ValueError:
        raise Refused("InvalidHeaderValue", f"{name} must be a number.") from None
