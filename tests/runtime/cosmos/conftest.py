"""What tests of documents share: an endpoint in a thread of its own, SDK clients of it, and hosts."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from azure.cosmos import CosmosClient, DatabaseProxy, PartitionKey

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "host")]

from cosmos_driver import Cloud  # noqa: E402 - found by the path above
from host_driver import Host, write_app  # noqa: E402


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """A running endpoint."""
    running = Cloud(tmp_path_factory.mktemp("cloud") / "cloud.sqlite")
    yield running
    running.close()
    assert running.faults == []


@pytest.fixture(scope="session")
def client(cloud: Cloud) -> Iterator[CosmosClient]:
    """An SDK client, as a user makes it."""
    with CosmosClient.from_connection_string(cloud.connection_string) as made:
        yield made


@pytest.fixture(scope="session")
def database(client: CosmosClient) -> DatabaseProxy:
    """A database."""
    return client.create_database_if_not_exists("tests")


@pytest.fixture
def container(database: DatabaseProxy) -> Any:
    """A new container, by customers."""
    return database.create_container(f"c{uuid.uuid4().hex}", PartitionKey("/customer"))


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Host]]:
    """Starts hosts; `source` writes the app first, `root` takes one that is there."""
    hosts: list[Host] = []

    def begin(source: str | None = None, *options: str, root: Path | None = None, **files: Any) -> Host:
        place = root or tmp_path / "app"
        if source is not None:
            write_app(place, source, **files)
        host = Host(place, *options)
        hosts.append(host)
        return host.ready()

    yield begin
    for host in hosts:
        host.process.kill()
        host.process.wait()
        host.process.stdout.close()  # type: ignore[union-attr]
