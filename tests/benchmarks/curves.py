"""Which growth curves are drawn of which results: cost against size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


CURVES = (
    Curve(
        "edits",
        "editing",
        "An edit, by the length of the file",
        "lines",
        "ms",
        "edit",
        "ms from the change to what is shown",
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
        lines: dict[str, list[tuple[float, float]]] = {}
        for row in results.get(curve.part, {"rows": ()})["rows"]:
            if row[curve.x] and row[curve.y]:  # a logarithm has no place for nothing
                lines.setdefault(row[curve.line], []).append((row[curve.x], row[curve.y]))
        if lines:
            yield (
                curve,
                Chart(curve.title, curve.x, curve.unit, {name: sorted(points) for name, points in lines.items()}),
            )
