"""docs/benchmarks.md says what the results say."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from tests.benchmarks import parts
from tests.benchmarks.page import DOCS, PAGE, files

COMMON = {"machine": "here", "taken": "today, in 3 s", "load before": 0.1, "load after": 1.2}


def result(title: str, *rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"title": title, **COMMON, "rows": list(rows), **more}


def test_the_page_and_its_pictures_are_up_to_date() -> None:
    written = files(parts.read(parts.RESULTS))
    there = {name: (DOCS / name).read_text("utf-8") for name in written if (DOCS / name).exists()}
    assert there == written, "run `python -m tests.benchmarks.page`"
    pictures = {f"images/{path.name}" for path in (DOCS / "images").glob("benchmark-*.svg")}
    assert pictures == written.keys() - {PAGE}, "pictures of curves that are drawn no longer"


def test_columns_are_the_keys_of_all_rows() -> None:
    text = files({"start": result("Some", {"what": "a", "ms": 1.5}, {"what": "b", "note": "<= 3"})})[PAGE]
    assert "| what | ms | note |" in text
    assert "| a | 1.5 |  |" in text
    assert "| b |  | <= 3 |" in text
    assert "here; today, in 3 s; load 0.1 before, 1.2 after." in text


def test_misses_are_marked() -> None:
    rows = [
        {"what": "start: spawn to the first answer", "ms": 200.0},
        {"what": "start of a durable app", "ms": 300.1},
    ]
    lines = files({"start": result("Starts", *rows)})[PAGE].splitlines()
    assert "| start of the runtime: spawn to first answer | <= 200 ms | 200 | 0.1 to 1.2 | reached |" in lines
    assert "| the same, durable | <= 300 ms | 300.1 | 0.1 to 1.2 | **missed** |" in lines
    assert "| reload: save to the answer of the new code | <= 300 ms |  |  | not measured |" in lines


def test_what_more_is_better_of_is_judged_so() -> None:
    row = {"connections": 32, "server": "pystein-lsp, async function", "requests/s": 19_999}
    assert (
        "| >= 20,000 requests/s | 19,999 | 0.1 to 1.2 | **missed** |" in files({"http_load": result("HTTP", row)})[PAGE]
    )


def test_gaps_are_named() -> None:
    text = files({"check": result("The checker", gaps=["ruff: could not be installed"])})[PAGE]
    assert "Not measured: ruff: could not be installed." in text


def test_curves_are_drawn_with_a_line_for_each() -> None:
    rows = [
        {"lines": lines, "edit": edit, "ms": lines / 1000}
        for lines in (100, 1000, 10_000)
        for edit in ("body", "<name>")
    ]
    found = files({"editing": result("Edits", *rows)})
    assert "![An edit, by the length of the file](images/benchmark-edits.svg)" in found[PAGE]
    picture = ET.fromstring(found["images/benchmark-edits.svg"])
    texts = [each.text for each in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert {"body", "<name>", "100", "1,000", "10,000", "0.1", "10"} <= set(texts)
    assert len(list(picture.iter("{http://www.w3.org/2000/svg}circle"))) == 6
