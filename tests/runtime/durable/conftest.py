"""Hosts of durable apps for tests, on both lines of the durable package; the driver is that of the host's own tests."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

_HERE = Path(__file__).parent
sys.path[:0] = [str(_HERE), *(str(_HERE.parent / name) for name in ("host", "testing", "worker"))]

from durable_driver import Hub, Line, write  # noqa: E402 - found by the path above
from worker_pythons import environment, pythons  # noqa: E402 - the same

NEWEST = "azure-functions-durable==2.0.0rc3"  # the 2.x line has pre-releases only, for Python 3.13 and later


@pytest.fixture(scope="session", params=["1.x", "2.x"])
def line(request: pytest.FixtureRequest) -> Line:
    """A line of the durable package, and an interpreter that has it."""
    if request.param == "1.x":
        return Line("1.x", Path(sys.executable))
    found = next((path for version, path in pythons().items() if version in {"3.13", "3.14"}), None)
    if found is None:
        pytest.skip("azure-functions-durable 2.x needs Python 3.13")
    return Line("2.x", environment(found, NEWEST, "azure-functions"))


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
        hub.close()


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
        hub.close()
