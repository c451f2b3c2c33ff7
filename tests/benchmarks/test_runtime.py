"""The benchmark itself works; what it finds depends on the machine."""

from __future__ import annotations

from tests.benchmarks.runtime import measure


def test_it_measures_everything() -> None:
    result = measure(rounds=1, seconds=1, messages=20)
    assert set(result) == {"title", "machine", "rows"}
    assert all(row["value"] > 0 for row in result["rows"])
