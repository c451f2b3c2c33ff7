"""The storage services under test: the local cloud's on a thread, and Azurite's where it is installed, as the oracle.

`PYSTEIN_AZURITE` names the folder with Azurite's `node_modules`.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import socket
import subprocess
import threading
from pathlib import Path
from typing import NamedTuple

from azure.storage.blob import AccountSasPermissions, ResourceTypes, generate_account_sas

from pystein_runtime.cloud.account import KEY, Endpoints
from pystein_runtime.cloud.storage import StorageServer
from pystein_runtime.cloud.store import Store
from pystein_runtime.http import sockets

AZURITE = os.environ.get("PYSTEIN_AZURITE")


class Cloud(NamedTuple):
    """Storage services and how to reach them."""

    name: str
    connection_string: str
    blob: str
    queue: str
    table: str
    key: str = KEY
    account: str = "devstoreaccount1"


class LocalCloud(threading.Thread):
    """The local cloud on a thread of its own, with its own loop."""

    def __init__(self, path: Path | None, ports: tuple[int, ...] = (0, 0, 0)) -> None:
        super().__init__(daemon=True)
        self.path = path
        self._ports = ports
        self.faults: list[BaseException] = []
        self._listening = threading.Event()

    def run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        store = Store(self.path)
        server = StorageServer(store, self.faults.append)
        bound = [sockets.bind("127.0.0.1", port) for port in self._ports]
        self.endpoints = Endpoints(*(item.getsockname()[1] for item in bound))
        await server.listen([[item] for item in bound])
        self._listening.set()
        await self._end.wait()
        await server.close(1)
        store.close()

    def begin(self) -> Endpoints:
        self.start()
        assert self._listening.wait(30)
        return self.endpoints

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self.join(30)


def cloud_at(name: str, endpoints: Endpoints) -> Cloud:
    base = [f"http://127.0.0.1:{port}/devstoreaccount1" for port in endpoints[:3]]
    return Cloud(name, endpoints.connection_string, *base)


class Azurite:
    """An Azurite process."""

    def __init__(self, folder: Path) -> None:
        assert AZURITE is not None
        ports = []
        for _ in range(3):
            with socket.create_server(("127.0.0.1", 0)) as free:
                ports.append(free.getsockname()[1])
        self.endpoints = Endpoints(*ports)
        command = ["node", str(Path(AZURITE) / "node_modules" / "azurite" / "dist" / "src" / "azurite.js")]
        for service, port in zip(("blob", "queue", "table"), ports, strict=True):
            command += [f"--{service}Port", str(port)]
        command += ["--silent", "--skipApiVersionCheck", "--disableTelemetry", "--disableProductStyleUrl", "--location"]
        self.process = subprocess.Popen([*command, str(folder)], stdout=subprocess.DEVNULL)
        for port in ports:
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    assert self.process.poll() is None

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


def shared_access(cloud: Cloud) -> str:
    """A connection string that does not look like an emulator's: with a signature in place of the key."""
    signature = generate_account_sas(
        cloud.account,
        cloud.key,
        ResourceTypes(service=True, container=True, object=True),
        AccountSasPermissions(
            read=True, write=True, delete=True, list=True, add=True, create=True, update=True, process=True
        ),
        dt.datetime.now(dt.timezone.utc) + dt.timedelta(hours=1),
        services="bqt",
    )
    return (
        f"BlobEndpoint={cloud.blob};QueueEndpoint={cloud.queue};TableEndpoint={cloud.table};"
        f"SharedAccessSignature={signature}"
    )
