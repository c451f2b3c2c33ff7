"""What tests of the storage services share: the services themselves."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))

from cloud_driver import AZURITE, Azurite, Cloud, LocalCloud, cloud_at


@pytest.fixture(scope="session")
def _local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    cloud = LocalCloud(tmp_path_factory.mktemp("cloud") / "cloud.sqlite")
    yield cloud_at("local", cloud.begin())
    cloud.stop()
    assert cloud.faults == []


@pytest.fixture(scope="session")
def _azurite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    azurite = Azurite(tmp_path_factory.mktemp("azurite"))
    yield cloud_at("azurite", azurite.endpoints)
    azurite.stop()


@pytest.fixture(scope="session", params=["local", *(["azurite"] if AZURITE else [])])
def cloud(request: pytest.FixtureRequest) -> Cloud:
    """Storage services."""
    found: Cloud = request.getfixturevalue(f"_{request.param}")
    return found


@pytest.fixture
def name() -> str:
    """A name that nobody has used yet, for a queue, container or table."""
    return f"n{uuid.uuid4().hex[:20]}"
