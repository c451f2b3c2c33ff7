"""The benchmark itself works; what it finds depends on the machine."""

from __future__ import annotations

from tests.benchmarks.editor import measure, ours


def test_it_measures_everything() -> None:
    found = measure(ours(), [300], rounds=1, edits=4, seconds=30.0)
    mine, nothing, target = found["rows"]
    assert (mine["server"], mine["lines"], mine["changes"]) == ("pystein-lsp", 300, 4)
    assert mine["change p50 ms"] > 0
    assert mine["completion ms"] > 0
    assert nothing["completion ms"] is None
    assert target["server"].startswith("to reach")
