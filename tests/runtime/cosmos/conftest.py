"""What tests of documents share: an endpoint in a thread of its own, SDK clients of it."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from azure.cosmos import CosmosClient, DatabaseProxy, PartitionKey

sys.path.append(str(Path(__file__).parent))

from cosmos_driver import Cloud


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
