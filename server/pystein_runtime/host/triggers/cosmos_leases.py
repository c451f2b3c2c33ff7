"""Leases: which host reads which part of a change feed, and how far it has come.

They are documents in a container beside, in the format of the platform's own change feed processor, so that hosts of
both kinds share the parts of a feed: azure-cosmos-dotnet-v3, `DocumentServiceLeaseCore`,
`DocumentServiceLeaseManagerCosmos`, `EqualPartitionsBalancingStrategy`.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud.datetimes import parse_iso, snapshot_time
from pystein_runtime.host.services import ServiceError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterable

    from pystein_runtime.host.bindings.cosmos_places import Place
    from pystein_runtime.host.services.documents import DocumentService, FeedRange

Lease = dict[str, Any]
_TAKEN_MEANWHILE = {"PreconditionFailed", "NotFound", "Conflict"}


class LeaseLostError(Exception):
    """Another host has taken a lease, or it is there no more."""


class Leases:
    """The leases of one function's change feed."""

    def __init__(
        self, service: DocumentService, place: Place, prefix: str, owner: str, seconds: float, *, versions: bool = False
    ) -> None:
        """Nothing is asked yet.

        Args:
            service: where the leases are.
            place: their container.
            prefix: of their names: what the trigger says, and what `identify` of the monitored container gives.
            owner: this reader.
            seconds: after which a lease that was not renewed is anybody's.
            versions: whether the feed has every version.
        """
        self._mode = "Full-Fidelity Feed" if versions else "Incremental Feed"
        self._service = service
        self._place = place
        self._prefix = prefix
        self._owner = owner
        self._seconds = seconds

    async def prepare(self, ranges: Iterable[FeedRange], begin: Callable[[FeedRange], Awaitable[str | None]]) -> None:
        """Make a lease for each part that has none, and the mark that this is done; `begin` says where a part begins."""
        known = {lease["LeaseToken"] for lease in await self.all()}
        for part in ranges:
            if part.id not in known and not known & set(part.parents):
                await self._create(part, await begin(part))
        await self._add({"id": f"{self._prefix}.info"})

    async def _create(self, part: FeedRange, token: str | None) -> None:
        await self._add(
            {
                "id": f"{self._prefix}..{part.id}", "version": 0, "LeaseToken": part.id, "Owner": None,
                "FeedRange": {"type": "EffectivePartitionKeyRange", "value": {"min": part.low, "max": part.high}},
                "ContinuationToken": token, "properties": {}, "timestamp": _now(), "Mode": self._mode,
            }
        )  # fmt: skip

    async def _add(self, document: dict[str, Any]) -> None:
        try:
            await self._service.create(self._place, document)
        except ServiceError as error:
            if error.code != "Conflict":
                raise

    async def all(self) -> list[Lease]:
        """All leases, whoever has them."""
        text = "SELECT * FROM c WHERE STARTSWITH(c.id, @prefix)"
        return await self._service.query(self._place, text, {"@prefix": f"{self._prefix}.."})

    def wanted(self, leases: Collection[Lease], held: Collection[str]) -> list[Lease]:
        """The leases to take: an equal share, and when all are taken one of who has most.

        Args:
            leases: all of them.
            held: the names of those that are held already.
        """
        free = [lease for lease in leases if lease["id"] not in held and self._is_free(lease)]
        taken: dict[str, list[Lease]] = {self._owner: [lease for lease in leases if lease["id"] in held]}
        for lease in leases:
            if lease["id"] not in held and lease not in free:
                taken.setdefault(lease["Owner"], []).append(lease)
        share = math.ceil(len(leases) / len(taken))
        missing = share - len(taken[self._owner])
        if missing <= 0:
            return []
        if free:
            return free[:missing]
        most = max(taken.values(), key=len)
        return most[:1] if len(most) > share or (len(most) == share and missing > 1) else []

    def _is_free(self, lease: Lease) -> bool:
        """Whether nobody has it, or it is this reader's own of before a restart."""
        written = parse_iso(str(lease.get("timestamp") or "")) or float(lease.get("_ts", 0))
        return not lease.get("Owner") or lease["Owner"] == self._owner or written + self._seconds < time.time()

    async def take(self, lease: Lease) -> Lease | None:
        """Take a lease; None when another one was faster."""
        try:
            return await self._write({**lease, "Owner": self._owner})
        except LeaseLostError:
            return None

    async def keep(self, lease: Lease, token: str | None = None) -> Lease:
        """Renew a lease, and write down how far its reader has come.

        Raises:
            LeaseLostError: another host has taken it.
        """
        return await self._write(lease if token is None else {**lease, "ContinuationToken": token})

    async def release(self, lease: Lease) -> None:
        """Let others have a lease at once."""
        try:
            await self._write({**lease, "Owner": None})
        except LeaseLostError:
            return

    async def divide(self, lease: Lease, parts: Iterable[FeedRange]) -> None:
        """Put the leases of the parts into which a part was divided into the place of its own."""
        for part in parts:
            if lease["LeaseToken"] in part.parents:
                await self._create(part, lease["ContinuationToken"])
        await self._service.delete(self._place, lease)

    async def _write(self, lease: Lease) -> Lease:
        try:
            return await self._service.replace(self._place, {**lease, "timestamp": _now()})
        except ServiceError as error:
            if error.code in _TAKEN_MEANWHILE:
                raise LeaseLostError(str(error)) from error
            raise


def _now() -> str:
    return snapshot_time(time.time())
