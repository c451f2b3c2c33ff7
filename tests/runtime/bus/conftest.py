"""What tests of the bus share: an endpoint in a thread of its own, SDK clients of it, and hosts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "host")]

from bus_driver import Cloud  # noqa: E402 - found by the path above
from host_driver import Host, write_app  # noqa: E402


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """A running endpoint."""
    running = Cloud(tmp_path_factory.mktemp("cloud") / "cloud.sqlite")
    yield running
    running.close()


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
