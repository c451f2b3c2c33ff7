"""What tests of the host share: apps and running hosts, stopped when a test or a module is done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).parent.parent / "worker"))  # the environments that tests of the worker make

from host_driver import Host, write_app


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Host]]:
    """Starts hosts; `source` writes the app first, `root` takes one that is there."""
    hosts: list[Host] = []

    def begin(
        source: str | None = None, *options: str, root: Path | None = None, ready: bool = True, **files: Any
    ) -> Host:
        environ = files.pop("environ", None)
        place = root or tmp_path / "app"
        if source is not None:
            write_app(place, source, **files)
        host = Host(place, *options, environ=environ)
        hosts.append(host)
        return host.ready() if ready else host

    yield begin
    for host in hosts:
        host.process.kill()
        host.process.wait()
        host.process.stdout.close()  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Host]]:
    """Starts one host for all tests of a module."""
    hosts: list[Host] = []

    def begin(source: str, *options: str, **files: Any) -> Host:
        host = Host(write_app(tmp_path_factory.mktemp("app"), source, **files), *options)
        hosts.append(host)
        return host.ready()

    yield begin
    for host in hosts:
        host.process.kill()
        host.process.wait()
        host.process.stdout.close()  # type: ignore[union-attr]
