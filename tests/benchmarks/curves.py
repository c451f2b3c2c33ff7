"""Which growth curves are drawn of which results: cost against size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tests.benchmarks.svg import Chart


class Curve(NamedTuple):
    """A picture of a part's result: the columns that it is made of."""

    name: str
    """Of its file."""
    part: str
    title: str
    x: str
    y: str
    line: str
    """The column that tells the lines apart."""
    unit: str
    beside: tuple[str, str] | None = None
    """The column of what stood beside every row, and what that is called."""


CURVES = (
    Curve(
        "edits",
        "editing",
        "An edit, by the length of the file",
        "lines",
        "ms",
        "edit",
        "ms from the change to what is shown",
        ("doing nothing ms", "a server that does nothing"),
    ),
    Curve("servers", "editor", "A change to its diagnostics", "lines", "change p50 ms", "server", "ms, median"),
    Curve("check", "check", "A check, by the number of apps", "apps", "ms", "command", "ms"),
    Curve(
        "http",
        "http_load",
        "Requests answered in a second",
        "connections",
        "requests/s",
        "server",
        "requests in a second",
    ),
    Curve("durable", "durable", "Durable Functions", "how many", "seconds", "what", "seconds"),
)


def charts(results: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[Curve, Chart]]:
    """The pictures that results are enough for."""
    for curve in CURVES:
        lines = _lines(curve, results[curve.part]["rows"]) if curve.part in results else {}
        if lines:
            yield curve, Chart(curve.title, curve.x, curve.unit, lines)


def _lines(curve: Curve, rows: Sequence[Mapping[str, Any]]) -> dict[str, list[tuple[float, float]]]:
    found: dict[str, dict[float, float]] = {}
    for row in rows:
        if row[curve.x] and row[curve.y]:  # a logarithm has no place for nothing
            found.setdefault(row[curve.line], {})[row[curve.x]] = row[curve.y]
        if curve.beside and row.get(curve.beside[0]):
            found.setdefault(curve.beside[1], {}).setdefault(row[curve.x], row[curve.beside[0]])
    return {name: sorted(points.items()) for name, points in found.items()}
