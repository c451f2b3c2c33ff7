"""The benchmark itself works; what it finds depends on the machine."""

from __future__ import annotations

from tests.benchmarks.latency import measure, source


def test_it_measures_everything() -> None:
    figures = measure(2)
    assert all(value is None or value > 0 for value in figures)


def test_the_apps_have_the_length_that_they_are_named_after() -> None:
    assert abs(source(1000).count("\n") - 1000) < 15
    assert abs(source(10_000).count("\n") - 10_000) < 15
