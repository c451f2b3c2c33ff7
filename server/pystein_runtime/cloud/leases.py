"""Leases of blobs and containers. REST reference: "Lease Blob", its table of states and outcomes."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, NamedTuple

from .containers import BlobError

if TYPE_CHECKING:
    from .store import Store

NEVER = 253402300799.0


class Lease(NamedTuple):
    """A lease that was taken some time."""

    id: str
    seconds: int
    """-1: for ever."""
    expires: float
    broken: float | None
    """When it is or will be broken; None: nobody has broken it."""

    def state(self, now: float) -> str:
        """`leased`, `expired`, `breaking` or `broken`."""
        if self.broken is not None:
            return "breaking" if self.broken > now else "broken"
        return "leased" if self.expires > now else "expired"


def find(store: Store, owner: str) -> Lease | None:
    """The lease of `container` or `container/blob`; None when it was never taken or was released."""
    row = store.execute("SELECT id, seconds, expires, broken FROM lease WHERE owner = ?", owner).fetchone()
    return None if row is None else Lease._make(row)


def state(store: Store, owner: str) -> str:
    """`available`, or the lease's state."""
    lease = find(store, owner)
    return "available" if lease is None else lease.state(store.now())


def _keep(store: Store, owner: str, lease: Lease) -> Lease:
    store.execute("INSERT OR REPLACE INTO lease VALUES (?, ?, ?, ?, ?)", owner, *lease)
    return lease


def _expiry(store: Store, seconds: int) -> float:
    return NEVER if seconds < 0 else store.now() + seconds


def acquire(store: Store, owner: str, seconds: int, proposed: str | None) -> Lease:
    """Take a lease, or take one's own anew.

    Raises:
        BlobError: LeaseAlreadyPresent, InvalidHeaderValue (neither -1 nor 15 to 60 seconds).
    """
    if seconds != -1 and not 15 <= seconds <= 60:
        raise BlobError("InvalidHeaderValue", "A lease lasts from 15 to 60 seconds, or -1 for ever.")
    lease = find(store, owner)
    current = lease.state(store.now()) if lease else "available"
    if lease and current in {"leased", "breaking"} and (current == "breaking" or lease.id != proposed):
        raise BlobError("LeaseAlreadyPresent")
    return _keep(store, owner, Lease(proposed or str(uuid.uuid4()), seconds, _expiry(store, seconds), None))


def renew(store: Store, owner: str, id_: str) -> Lease:
    """Let a lease begin anew.

    Raises:
        BlobError: LeaseIdMismatchWithLeaseOperation, LeaseIsBrokenAndCannotBeRenewed.
    """
    lease = _owned(store, owner, id_)
    if lease.broken is not None:
        raise BlobError("LeaseIsBrokenAndCannotBeRenewed")
    return _keep(store, owner, lease._replace(expires=_expiry(store, lease.seconds)))


def change(store: Store, owner: str, id_: str, proposed: str) -> Lease:
    """Give a lease another id.

    Raises:
        BlobError: LeaseNotPresentWithLeaseOperation, LeaseIdMismatchWithLeaseOperation,
            LeaseIsBreakingAndCannotBeChanged.
    """
    lease = find(store, owner)
    if lease is None or lease.state(store.now()) in {"expired", "broken"}:
        raise BlobError("LeaseNotPresentWithLeaseOperation")
    if lease.broken is not None:
        raise BlobError("LeaseIsBreakingAndCannotBeChanged")
    if id_.lower() not in {lease.id.lower(), proposed.lower()}:
        raise BlobError("LeaseIdMismatchWithLeaseOperation")
    return _keep(store, owner, lease._replace(id=proposed))


def release(store: Store, owner: str, id_: str) -> None:
    """Give a lease back.

    Raises:
        BlobError: LeaseIdMismatchWithLeaseOperation.
    """
    _owned(store, owner, id_)
    store.execute("DELETE FROM lease WHERE owner = ?", owner)


def break_(store: Store, owner: str, seconds: int | None) -> int:
    """End a lease without its id; says in how many seconds it has ended.

    Raises:
        BlobError: LeaseNotPresentWithLeaseOperation.
    """
    lease = find(store, owner)
    if lease is None:
        raise BlobError("LeaseNotPresentWithLeaseOperation")
    now = store.now()
    end = lease.expires if lease.broken is None else lease.broken
    if lease.seconds < 0 and lease.broken is None:
        end = now
    left = max(end - now, 0.0)
    left = left if seconds is None else min(left, seconds) if lease.seconds >= 0 else float(seconds)
    _keep(store, owner, lease._replace(broken=now + left))
    return round(left)


def _owned(store: Store, owner: str, id_: str) -> Lease:
    lease = find(store, owner)
    if lease is None or lease.id.lower() != id_.lower():
        raise BlobError("LeaseIdMismatchWithLeaseOperation")
    return lease


def check(store: Store, owner: str, given: str | None, what: str, *, needed: bool = True) -> None:
    """Whether something leased may be changed, or read where an id was given.

    Args:
        store: the local cloud's store.
        owner: `container` or `container/blob`.
        given: the lease id of the request.
        what: `Blob` or `Container`, for the error's code.
        needed: whether an active lease's id has to be given.

    Raises:
        BlobError: LeaseIdMissing, LeaseIdMismatchWith...Operation, LeaseNotPresentWith...Operation, LeaseLost.
    """
    lease = find(store, owner)
    current = lease.state(store.now()) if lease else "available"
    if lease and current in {"leased", "breaking"}:
        if given is None:
            if needed:
                raise BlobError("LeaseIdMissing")
        elif given.lower() != lease.id.lower():
            raise BlobError(f"LeaseIdMismatchWith{what}Operation")
    elif given is not None:
        raise BlobError("LeaseLost" if lease else f"LeaseNotPresentWith{what}Operation")
