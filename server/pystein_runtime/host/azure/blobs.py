"""Blobs of a storage account; their changes are found by looking at all of a container.

Receipts and the time of the last scan are kept in the host's own account: azure-sdk-for-net, `BlobReceiptManager` and
`StorageBlobScanInfoManager`, from which the names come.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from typing import TYPE_CHECKING, Any

from azure.core import MatchConditions
from azure.core.exceptions import ResourceExistsError, ResourceModifiedError, ResourceNotFoundError
from azure.storage.blob.aio import BlobServiceClient

from pystein_runtime.cloud.blobs import DEFAULTS, Blob

from . import refusals, storage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from azure.storage.blob import BlobProperties

    from pystein_runtime.host.services import BlobFollower
    from pystein_runtime.host.settings import Connection

IDLE_SECONDS = 2.0  # between two scans of a container, which take a fifth of the time at most
MARGIN_SECONDS = 60.0  # of times in the past that a scan looks at again: blobs may come to light late
HOST_CONTAINER = "azure-webjobs-hosts"


def connect(connection: Connection) -> AzureBlobs:
    """The blobs of an account."""
    return AzureBlobs(storage.client(BlobServiceClient, connection, "blob"))


class AzureBlobs:
    """Blobs of an account."""

    def __init__(self, service: BlobServiceClient) -> None:
        self._service = service
        self._scans: dict[tuple[str, str], _Scan] = {}
        self._took: dict[str, float] = {}
        """Seconds of the last scan of each container."""

    async def ensure(self, container: str) -> None:
        """A trigger waits for its container to be created, as on the platform."""

    async def get(self, container: str, name: str) -> tuple[Blob, bytes] | None:
        """A blob with its bytes, or None."""
        with refusals():
            try:
                stream = await self._service.get_blob_client(container, name).download_blob()
                content = await stream.readall()
            except ResourceNotFoundError:
                return None
        return _blob(stream.properties, container, name), content

    async def put(
        self,
        container: str,
        name: str,
        data: bytes,
        metadata: Mapping[str, str] | None = None,
        match: str | None = None,
    ) -> Blob | None:
        """Write a blob, into a container that is created when it is missing; see BlobService."""
        client = self._service.get_blob_client(container, name)
        options: dict[str, Any] = {"overwrite": match != "", "metadata": dict(metadata or {})}
        if match:
            options.update(etag=match, match_condition=MatchConditions.IfNotModified)
        with refusals():
            try:
                written = await client.upload_blob(data, **options)
            except (ResourceExistsError, ResourceModifiedError):
                return None
            except ResourceNotFoundError:
                await self._create(container)
                written = await client.upload_blob(data, **options)
        moment = written["last_modified"].timestamp()
        etag = _quoted(written["etag"])
        return Blob(0, container, name, "", 0, len(data), etag, moment, moment, 0, options["metadata"], dict(DEFAULTS))

    async def find(self, container: str, prefix: str) -> list[Blob]:
        """The blobs whose names begin like this; none when there is no such container."""
        with refusals():
            try:
                listed = self._service.get_container_client(container).list_blobs(prefix, include=["metadata"])
                return [_blob(item, container, str(item.name)) async for item in listed]
            except ResourceNotFoundError:
                return []

    async def _create(self, container: str) -> None:
        with contextlib.suppress(ResourceExistsError):
            await self._service.create_container(container)

    async def pull(self, container: str, follower: BlobFollower) -> int:
        """Turn the changes of a container since the follower's last call into messages of its queue."""
        key = (follower.function, follower.path)
        scan = self._scans.get(key)
        if scan is None:
            scan = self._scans[key] = _Scan(str(self._service.account_name), container, follower)
            await scan.load()
        since = scan.latest - MARGIN_SECONDS
        begun = time.monotonic()
        found = await self.find(container, "")
        self._took[container] = time.monotonic() - begun
        recent = sorted((blob for blob in found if blob.modified >= since), key=lambda blob: blob.modified)
        return await scan.take(recent, follower)

    async def wait(self, container: str) -> None:
        """Wait until it may be worth to pull again."""
        await asyncio.sleep(max(IDLE_SECONDS, 4 * self._took.get(container, 0.0)))

    def address(self, container: str, name: str) -> str:
        """The URL of a blob, without the signature that its client may show."""
        return str(self._service.get_blob_client(container, name).url).partition("?")[0]

    async def close(self) -> None:
        """Close the connections."""
        await self._service.close()


class _Scan:
    """What one follower has seen of a container."""

    def __init__(self, account: str, container: str, follower: BlobFollower) -> None:
        self.latest = 0.0
        """When the last blob that was seen was modified, in seconds since 1970."""
        self._store = follower.receipts
        self._place = f"blobscaninfo/{follower.host}/{account}/{container}/{follower.function}/scanInfo"
        self._receipts = f"blobreceipts/{follower.host}/Host.Functions.{follower.function}"
        self._seen: set[tuple[str, str]] = set()

    async def load(self) -> None:
        """Go on where this host, or the one before it, was."""
        found = await self._store.get(HOST_CONTAINER, self._place)
        if found is not None:
            self.latest = float(json.loads(found[1]).get("LatestScan", 0.0))

    async def take(self, blobs: list[Blob], follower: BlobFollower) -> int:
        """Make messages of the blobs that nobody has seen yet; a receipt is written after the message, so none is lost."""
        taken = 0
        for blob in blobs:
            if (blob.name, blob.etag) in self._seen:
                continue
            body = follower.accept(blob)
            receipt = f"{self._receipts}/{blob.etag}/{blob.container}/{blob.name}"
            if body is not None and await self._store.get(HOST_CONTAINER, receipt) is None:
                await follower.queues.send(follower.queue, body)
                await self._store.put(HOST_CONTAINER, receipt, b"")
                taken += 1
            self._seen.add((blob.name, blob.etag))
        if blobs and blobs[-1].modified > self.latest:
            self.latest = blobs[-1].modified
            await self._store.put(HOST_CONTAINER, self._place, json.dumps({"LatestScan": self.latest}).encode())
        self._seen &= {(blob.name, blob.etag) for blob in blobs}
        return taken


def _blob(item: BlobProperties, container: str, name: str) -> Blob:
    settings = item.content_settings
    properties = {
        **DEFAULTS,
        "type": str(getattr(item.blob_type, "value", item.blob_type)),
        **({"content-type": str(settings.content_type)} if settings.content_type else {}),
    }
    metadata: dict[str, Any] = dict(item.metadata or {})
    return Blob(
        0, container, name, "", 0, int(item.size or 0), _quoted(str(item.etag)), item.creation_time.timestamp(),
        item.last_modified.timestamp(), 0, metadata, properties,
    )  # fmt: skip


def _quoted(etag: str) -> str:
    return etag if etag.startswith('"') else f'"{etag}"'
