"""`kill -9` of hosts and workers under load: nothing is lost, and repeated is at most what was in flight."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .kills import IN_FLIGHT, CrashRun


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_nothing_is_lost(tmp_path: Path) -> None:
    run = CrashRun(tmp_path / "app")
    try:
        for _ in range(4):
            run.send(60)
            run.kill()
        counts = run.finish()
    finally:
        run.close()
    kills = sum(run.kills.values())
    for service, found in counts.items():
        assert (found.lost, found.disordered) == (0, 0), service
        assert found.repeats <= kills * IN_FLIGHT.get(service, 0), service
        assert found.most <= 1 + kills, service
