"""docs/benchmarks.md from the results of the benchmarks: `python -m tests.benchmarks.page`.

Each file in `results/` is what one of the scripts beside this one has printed: `{"title", "machine", "rows": [...]}`, and
perhaps `"notes"`. The keys of the rows are the columns of the table.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
HEAD = """\
# Benchmarks

Measured by `make bench`, which runs what is in `tests/benchmarks/`: peers in the same run, turn by turn. Medians unless a
column says otherwise. Machines differ and are busy now and then: compare figures of one table, not of two. Nothing here
is asserted by a test.
"""


def page(results: Iterable[dict[str, Any]]) -> str:
    """The page."""
    return "\n".join([HEAD, *(_section(each) for each in results)])


def _section(result: dict[str, Any]) -> str:
    rows = result["rows"]
    columns = list(dict.fromkeys(key for row in rows for key in row))
    lines = [
        f"## {result['title']}",
        f"{result['machine']}.",
        *([result["notes"]] if result.get("notes") else []),
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


def results() -> list[dict[str, Any]]:
    """What is in `results/`, by name."""
    return [_with_rows(json.loads(path.read_text("utf-8"))) for path in sorted(RESULTS.glob("*.json"))]


def _with_rows(result: dict[str, Any]) -> dict[str, Any]:
    """The checker's result is a table by the number of apps already."""
    if "rows" in result:
        return result
    rows = [
        {
            "apps": int(count),
            **{name: f"{taken['clock']:,.0f} ({taken['processors']:,.0f})" for name, taken in row.items()},
        }
        for count, row in result.items()
    ]
    notes = "Milliseconds on the clock, and of processors in brackets."
    return {"title": "The checker", "machine": "The machine of the other tables", "notes": notes, "rows": rows}


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(results()), "utf-8")
    sys.stdout.write(f"{PAGE}\n")


if __name__ == "__main__":
    main()
