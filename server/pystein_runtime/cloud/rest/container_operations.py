"""Operations on containers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.cloud import containers, leases

from . import conditions, policies
from .calls import Call, Refused, answer, stamp

if TYPE_CHECKING:
    from pystein_runtime.cloud.containers import Container
    from pystein_runtime.http.messages import Response


def create(call: Call) -> Response:
    """Create Container."""
    name = call.parts[0]
    if not containers.create(call.store, name, call.metadata(), _access(call)):
        raise Refused("ContainerAlreadyExists")
    container = containers.get(call.store, name)
    return answer(201, stamp(container.etag, container.modified), b"")


def _access(call: Call) -> str:
    access = call.headers.get("x-ms-blob-public-access", "").lower()
    if access not in {"", "blob", "container"}:
        raise Refused("InvalidHeaderValue")
    return access


def properties(call: Call) -> Response:
    """Get Container Properties, Get Container Metadata."""
    container = _reading(call)
    headers = [
        *stamp(container.etag, container.modified),
        *((f"x-ms-meta-{name}", value) for name, value in container.metadata.items()),
        *lease_headers(call, container.name),
        ("x-ms-has-immutability-policy", "false"),
        ("x-ms-has-legal-hold", "false"),
        ("x-ms-immutable-storage-with-versioning-enabled", "false"),
        ("x-ms-default-encryption-scope", "$account-encryption-key"),
        ("x-ms-deny-encryption-scope-override", "false"),
    ]
    if container.access:
        headers.append(("x-ms-blob-public-access", container.access))
    return answer(200, headers, b"")


def lease_headers(call: Call, owner: str) -> list[tuple[str, str]]:
    """What a container's or blob's properties say about its lease."""
    state = leases.state(call.store, owner)
    locked = state in {"leased", "breaking"}
    headers = [("x-ms-lease-state", state), ("x-ms-lease-status", "locked" if locked else "unlocked")]
    lease = leases.find(call.store, owner)
    if lease is not None and state == "leased":
        headers.append(("x-ms-lease-duration", "infinite" if lease.seconds < 0 else "fixed"))
    return headers


def _reading(call: Call) -> Container:
    container = containers.get(call.store, call.parts[0])
    leases.check(call.store, container.name, call.headers.get("x-ms-lease-id"), "Container", needed=False)
    return container


def _writing(call: Call, *, needed: bool = False) -> Container:
    container = containers.get(call.store, call.parts[0])
    conditions.check(call.headers, container.etag, container.modified, reading=False)
    leases.check(call.store, container.name, call.headers.get("x-ms-lease-id"), "Container", needed=needed)
    return container


def delete(call: Call) -> Response:
    """Delete Container."""
    container = _writing(call, needed=True)
    containers.delete(call.store, container.name)
    policies.delete(call.store, f"blob:{container.name}")
    return answer(202, (), b"")


def set_metadata(call: Call) -> Response:
    """Set Container Metadata."""
    container = containers.set_metadata(call.store, _writing(call).name, call.metadata())
    return answer(200, stamp(container.etag, container.modified), b"")


def get_access(call: Call) -> Response:
    """Get Container ACL."""
    container = _reading(call)
    headers = stamp(container.etag, container.modified)
    if container.access:
        headers.append(("x-ms-blob-public-access", container.access))
    return answer(200, headers, policies.as_xml(call.store, f"blob:{container.name}"))


def set_access(call: Call) -> Response:
    """Set Container ACL."""
    container = _writing(call)
    access = _access(call)
    with call.store.transaction():
        policies.write(call.store, f"blob:{container.name}", call.body)
        container = containers.set_access(call.store, container.name, access)
    return answer(200, stamp(container.etag, container.modified), b"")
