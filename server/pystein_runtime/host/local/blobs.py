"""Blobs of the local cloud, in process."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from pystein_runtime.cloud import blobs, containers, queues
from pystein_runtime.cloud.account import ACCOUNT

from . import wait

if TYPE_CHECKING:
    from collections.abc import Callable

    from pystein_runtime.cloud.account import Endpoints
    from pystein_runtime.cloud.blobs import Blob
    from pystein_runtime.cloud.store import Store

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

    async def put(self, container: str, name: str, data: bytes) -> None:
        """Write a blob, into a container that is created when it is missing."""
        containers.create(self._store, container)
        await blobs.put(self._store, container, name, data)

    async def pull(self, reader: str, container: str, accept: Callable[[Blob], str | None], queue: str) -> int:
        """Turn the changes of a container since the reader's last call into messages of a queue."""
        with self._store.transaction():
            changed = blobs.changes(self._store, container, blobs.position(self._store, reader), PULL_LIMIT)
            for blob in changed:
                body = accept(blob)
                if body is not None:
                    queues.send(self._store, queue, body)
            if changed:
                blobs.set_position(self._store, reader, changed[-1].change)
        return len(changed)

    async def wait(self, container: str) -> None:
        """Wait until it may be worth to pull again."""
        await wait(self._store, f"container:{container}")

    def address(self, container: str, name: str) -> str:
        """The URL of a blob."""
        return f"http://127.0.0.1:{self._endpoints.blob}/{ACCOUNT}/{container}/{quote(name)}"
