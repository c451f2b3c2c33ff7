"""Hosts of durable apps for tests; the driver of hosts is that of the host's own tests."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "host")]

from durable_driver import Hub, write  # noqa: E402 - found by the path above


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Hub]]:
    """Starts hosts; `source` writes the app first, `root` takes one that is there."""
    hosts: list[Hub] = []

    def begin(source: str | None = None, *options: str, root: Path | None = None, **files: object) -> Hub:
        place = root or tmp_path / "app"
        if source is not None:
            write(place, source, **files)
        hub = Hub(place, *options)
        hosts.append(hub)
        hub.ready()
        return hub

    yield begin
    for hub in hosts:
        hub.bury()


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Hub]]:
    """Starts one host for all tests of a module."""
    hosts: list[Hub] = []

    def begin(source: str, *options: str, **files: object) -> Hub:
        hub = Hub(write(tmp_path_factory.mktemp("app"), source, **files), *options)
        hosts.append(hub)
        hub.ready()
        return hub

    yield begin
    for hub in hosts:
        hub.bury()
