"""Checkpoints of event hubs, and who reads which partition: blobs of the host's own account.

Names and metadata: azure-sdk-for-net, `BlobCheckpointStoreInternal` and `EventHubsOptions`, which the SDKs of all
languages share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from azure.eventhub.aio import CheckpointStore

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pystein_runtime.cloud.blobs import Blob
    from pystein_runtime.host.services import BlobService

CONTAINER = "azure-webjobs-eventhub"


class Checkpoints(CheckpointStore):
    """The checkpoints of one reader.

    An owner's name begins with that of its app and machine, of which there is one process at most: the partitions that
    a dead one has left are free at once.
    """

    _alive: ClassVar[set[str]] = set()
    """Owners of this process."""

    def __init__(self, blobs: BlobService, owner: str) -> None:
        self._blobs = blobs
        self._prefix = f"{owner}:"

    async def list_ownership(
        self, fully_qualified_namespace: str, eventhub_name: str, consumer_group: str, **_: Any
    ) -> list[dict[str, Any]]:
        """Who has which partition."""
        place = (fully_qualified_namespace, eventhub_name, consumer_group)
        return [
            {
                **_described(place, blob),
                "owner_id": self._shown(blob.metadata.get("ownerid", "")),
                "etag": blob.etag,
                "last_modified_time": blob.modified,
            }
            for blob in await self._blobs.find(CONTAINER, _path(*place, "ownership", ""))
        ]

    def _shown(self, owner: str) -> str:
        if not owner.startswith(self._prefix):
            return owner
        name = owner.removeprefix(self._prefix)
        return name if name in self._alive else ""

    async def claim_ownership(self, ownership_list: Iterable[dict[str, Any]], **_: Any) -> list[dict[str, Any]]:
        """Take partitions, or keep them, or let them go; gives those that nobody else has taken meanwhile."""
        taken = []
        for claim in ownership_list:
            owner = claim["owner_id"]
            self._alive.add(owner)
            path = _path(*_place(claim), "ownership", claim["partition_id"])
            metadata = {"ownerid": f"{self._prefix}{owner}" if owner else ""}
            written = await self._blobs.put(CONTAINER, path, b"", metadata, claim.get("etag") or "")
            if written is not None:
                taken.append({**claim, "etag": written.etag, "last_modified_time": written.modified})
        return taken

    async def update_checkpoint(self, checkpoint: dict[str, Any], **_: Any) -> None:
        """A reader has dealt with everything up to an event."""
        path = _path(*_place(checkpoint), "checkpoint", checkpoint["partition_id"])
        numbers = {"offset": str(checkpoint["offset"]), "sequencenumber": str(checkpoint["sequence_number"])}
        await self._blobs.put(CONTAINER, path, b"", numbers)

    async def list_checkpoints(
        self, fully_qualified_namespace: str, eventhub_name: str, consumer_group: str, **_: Any
    ) -> list[dict[str, Any]]:
        """How far the readers of a consumer group have come."""
        place = (fully_qualified_namespace, eventhub_name, consumer_group)
        return [
            {
                **_described(place, blob),
                "offset": blob.metadata.get("offset"),
                "sequence_number": int(blob.metadata.get("sequencenumber", 0)),
            }
            for blob in await self._blobs.find(CONTAINER, _path(*place, "checkpoint", ""))
        ]


def _place(item: dict[str, Any]) -> tuple[str, str, str]:
    return item["fully_qualified_namespace"], item["eventhub_name"], item["consumer_group"]


def _path(namespace: str, hub: str, group: str, kind: str, partition: str) -> str:
    return f"{namespace}/{hub}/{group}/{kind}/".lower() + partition


def _described(place: tuple[str, str, str], blob: Blob) -> dict[str, Any]:
    namespace, hub, group = place
    return {
        "fully_qualified_namespace": namespace,
        "eventhub_name": hub,
        "consumer_group": group,
        "partition_id": blob.name.rpartition("/")[2],
    }
