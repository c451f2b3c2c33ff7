"""Server and host at work for a while, bounded by counts: what they take of the machine does not grow. Hours: `soak.py`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .editing import Editing
from .processes import TELLS, Usage, usage
from .serving import SERVICES, Serving
from .soak import FULL

pytestmark = pytest.mark.skipif(not TELLS, reason="the system does not tell the memory of a process")
WARM, ROUNDS = 4, 6


def growth(process: Callable[[], int], work: Callable[[], None]) -> tuple[Usage, Usage]:
    """What a process has taken after its warm-up, and after as much work again and more."""
    for _ in range(WARM):
        work()
    before = usage(process())
    for _ in range(ROUNDS):
        work()
    return before, usage(process())


def assert_flat(before: Usage, after: Usage) -> None:
    assert after.memory <= before.memory * 1.1 + 2, (before, after)
    assert after.files <= before.files + 4, (before, after)
    assert after.threads <= before.threads + 4, (before, after)


def test_the_language_server(tmp_path: Path) -> None:
    editing = Editing(tmp_path)
    assert_flat(*growth(lambda: editing.process, editing.round))
    assert editing.end() == 0


def test_the_host(tmp_path: Path) -> None:
    serving = Serving(tmp_path / "app")
    serving.burst(FULL)

    def work() -> None:
        serving.round()
        serving.reload()

    assert_flat(*growth(lambda: serving.host.process.pid, work))
    counts = serving.counts()
    assert {counts[service] for service in SERVICES} == {serving.sent}  # nothing lost, nothing repeated
    assert serving.end() == 0
