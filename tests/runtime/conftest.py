"""Hosts for the tests of single services; folders with needs of their own have fixtures of their own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).parent / "host"))
os.environ["PYSTEIN_LOCAL_CLOUD"] = "always"  # whatever emulators run on this machine

from host_driver import Host, write_app


class Clock:
    """A time that tests set, in seconds since 1970."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


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
        hosts.append(Host(place, *options, environ=environ))
        return hosts[-1].ready() if ready else hosts[-1]

    yield begin
    for host in hosts:
        host.close()


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Host]]:
    """Starts one host for all tests of a module."""
    hosts: list[Host] = []

    def begin(source: str, *options: str, **files: Any) -> Host:
        hosts.append(Host(write_app(tmp_path_factory.mktemp("app"), source, **files), *options))
        return hosts[-1].ready()

    yield begin
    for host in hosts:
        host.close()
