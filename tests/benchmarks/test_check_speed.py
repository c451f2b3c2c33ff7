"""The benchmark itself works; what it finds depends on the machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pystein_lsp.cli.targets import find_targets
from pystein_lsp.model.files import Files
from pystein_lsp.rules.diagnose import diagnose, indexes
from tests.benchmarks.apps import write_apps
from tests.benchmarks.check_speed import measure, rendered


def test_the_apps_are_sound_and_differ(tmp_path: Path) -> None:
    write_apps(tmp_path, 3, 120)
    targets = find_targets(Files(), [str(tmp_path)])
    assert len(targets) == 3
    for target in targets:
        found = diagnose(target.app)
        assert (found, indexes(target.app, found)) == ([], True)
    texts = {path.read_text("utf-8") for path in tmp_path.rglob("*.py")}
    assert len(texts) == 6


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="the comparison is for Linux")
def test_it_measures_everything() -> None:
    table = measure([1, 2], rounds=1, lines=60, peers=None)
    assert all(taken.clock > 0 and taken.processors > 0 for row in table.values() for taken in row.values())
    first, *rows = rendered(table).splitlines()
    assert first.split() == ["apps", "ast.parse", "--check,", "cold", "--check,", "warm"]
    assert [row.split()[0] for row in rows] == ["1", "2"]
