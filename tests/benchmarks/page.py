"""docs/benchmarks.md and its pictures from the results: `python -m tests.benchmarks.page [--results DIR] [--docs DIR]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks import curves, parts, svg
from tests.benchmarks.figures import FIGURES

DOCS = parts.ROOT / "docs"
PAGE = "benchmarks.md"
PICTURE = "images/benchmark-{}.svg"
HEAD = """\
# Benchmarks

Measured by `make bench`, which runs what is in `tests/benchmarks/`: peers in the same run, turn by turn. Medians unless a
column says otherwise. Machines differ and are busy now and then, so compare figures of one table, not of two; the load that
stands with each table is the number of processes that ran or wanted to, before it was measured and after.
`python -m tests.benchmarks --help` says how to run one part, `python -m tests.benchmarks.guard` compares two runs by their ratios. No
test asserts a time.
"""

FIGURES_HEAD = """\
They are meant for two cores that do nothing else. Where the load is beyond the number of cores, a time tells of the other work,
too; the ratios in the tables below hold all the same."""

Results = Mapping[str, Mapping[str, Any]]


def files(results: Results) -> dict[str, str]:
    """The page and its pictures, by their names in docs/."""
    charts = list(curves.charts(results))
    pictures: dict[str, list[str]] = {}
    for curve, chart in charts:
        pictures.setdefault(curve.part, []).append(f"![{chart.title}]({PICTURE.format(curve.name)})")
    sections = [_section(result, pictures.get(name, ())) for name, result in results.items()]
    return {
        PAGE: "\n".join([HEAD, _figures(results), *sections]),
        **{PICTURE.format(curve.name): svg.draw(chart) for curve, chart in charts},
    }


def _figures(results: Results) -> str:
    lines = [
        "## Figures to reach",
        FIGURES_HEAD,
        "",
        _line(("what", "to reach", "measured", "load", "")),
        _line(["---"] * 5),
    ]
    for figure in FIGURES:
        limit = f"{'>=' if figure.at_least else '<='} {figure.limit:,} {figure.unit}"
        value = figure.measured(results)
        if value is None:
            lines.append(_line((figure.what, limit, "", "", "not measured")))
        else:
            verdict = "reached" if figure.reached(value) else "**missed**"
            measured = f"{value:,.0f}" if value >= 1000 else f"{value:.4g}"
            lines.append(_line((figure.what, limit, measured, _load(results[figure.part]), verdict)))
    return "\n".join([*lines, ""])


def _load(result: Mapping[str, Any]) -> str:
    found = [result[name] for name in ("load before", "load after") if result[name] is not None]
    return f"{min(found):g} to {max(found):g}" if found else ""


def _section(result: Mapping[str, Any], pictures: Iterable[str]) -> str:
    rows = result["rows"]
    columns = list(dict.fromkeys(key for row in rows for key in row))
    lines = [
        f"## {result['title']}",
        *([result["notes"], ""] if result.get("notes") else []),
        f"{result['machine']}; {result['taken']}; load {result['load before']} before, {result['load after']} after.",
        *(f"\nNot measured: {gap}." for gap in result.get("gaps", ())),
        *(f"\n{picture}" for picture in pictures),
        "",
        _line(columns),
        _line("---" for _ in columns),
        *(_line(_cell(row.get(column)) for column in columns) for row in rows),
        "",
    ]
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, (int, float)) else str(value)


def main() -> None:
    """Write the page and its pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=Path, metavar="DIR", default=parts.RESULTS)
    parser.add_argument("--docs", type=Path, metavar="DIR", default=DOCS)
    options = parser.parse_args()
    for name, text in files(parts.read(options.results)).items():
        path = options.docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
