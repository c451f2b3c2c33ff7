"""What tests of the bus share: an endpoint in a thread of its own, SDK clients of it, and hosts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "cloud")]

from bus_driver import Cloud


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """A running endpoint."""
    running = Cloud(tmp_path_factory.mktemp("cloud") / "cloud.sqlite")
    yield running
    running.close()
