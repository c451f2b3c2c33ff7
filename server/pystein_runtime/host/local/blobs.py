"""Blobs of the local cloud, in process."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING
from urllib.parse import quote

from pystein_runtime.cloud import blobs, containers
from pystein_runtime.cloud.account import ACCOUNT
from pystein_runtime.cloud.blobs import BlobError

from . import wait
from .queues import LocalQueues

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pystein_runtime.cloud.account import Endpoints
    from pystein_runtime.cloud.blobs import Blob
    from pystein_runtime.cloud.store import Store
    from pystein_runtime.host.services import BlobFollower

    from . import Cloud

PULL_LIMIT = 100  # changes that are turned into messages in one transaction


def connect(cloud: Cloud) -> LocalBlobs:
    """The blobs."""
    return LocalBlobs(cloud.store, cloud.endpoints)


class LocalBlobs:
    """Blobs of the local cloud."""

    def __init__(self, store: Store, endpoints: Endpoints) -> None:
        self._store = store
        self._endpoints = endpoints

    async def ensure(self, container: str) -> None:
        """Create the container unless it is there."""
        containers.create(self._store, container)

    async def get(self, container: str, name: str) -> tuple[Blob, bytes] | None:
        """A blob with its bytes, or None."""
        blob = blobs.get(self._store, container, name)
        return None if blob is None else (blob, blobs.read(self._store, blob))

    async def put(
        self,
        container: str,
        name: str,
        data: bytes,
        metadata: Mapping[str, str] | None = None,
        match: str | None = None,
    ) -> Blob | None:
        """Write a blob, into a container that is created when it is missing; see BlobService."""
        containers.create(self._store, container)
        if match is not None:
            known = blobs.get(self._store, container, name)
            if match != ("" if known is None else known.etag):
                return None
        return await blobs.put(self._store, container, name, data, metadata=metadata)

    async def find(self, container: str, prefix: str) -> list[Blob]:
        """The blobs whose names begin like this; none when there is no such container."""
        try:
            return blobs.find_all(self._store, container, prefix)
        except BlobError:
            return []

    async def pull(self, container: str, follower: BlobFollower) -> int:
        """Turn the changes of a container since the follower's last call into messages of its queue.

        All in one transaction where the queue is the local cloud's, too: its `send` waits for nothing.
        """
        reader = f"blobtrigger:{follower.function}:{follower.path}"
        if not blobs.changes(self._store, container, blobs.position(self._store, reader), 1):
            return 0
        with self._store.transaction() if isinstance(follower.queues, LocalQueues) else nullcontext():
            changed = blobs.changes(self._store, container, blobs.position(self._store, reader), PULL_LIMIT)
            for blob in changed:
                body = follower.accept(blob)
                if body is not None:
                    await follower.queues.send(follower.queue, body)
            if changed:
                blobs.set_position(self._store, reader, changed[-1].change)
        return len(changed)

    async def wait(self, container: str) -> None:
        """Wait until it may be worth to pull again."""
        await wait(self._store, f"container:{container}")

    def address(self, container: str, name: str) -> str:
        """The URL of a blob."""
        return f"http://127.0.0.1:{self._endpoints.blob}/{ACCOUNT}/{container}/{quote(name)}"
