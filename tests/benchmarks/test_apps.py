"""The apps to measure with are apps."""

from __future__ import annotations

from pathlib import Path

from pystein_lsp.cli.targets import find_targets
from pystein_lsp.model.files import Files
from pystein_lsp.rules.diagnose import diagnose, indexes
from tests.benchmarks.apps import write_apps


def test_they_are_sound_and_differ(tmp_path: Path) -> None:
    write_apps(tmp_path, 3, 120)
    targets = find_targets(Files(), [str(tmp_path)])
    assert len(targets) == 3
    for target in targets:
        found = diagnose(target.app)
        assert (found, indexes(target.app, found)) == ([], True)
    texts = {path.read_text("utf-8") for path in tmp_path.rglob("*.py")}
    assert len(texts) == 6
