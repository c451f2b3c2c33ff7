"""docs/benchmarks.md says what the results say."""

from __future__ import annotations

from tests.benchmarks.page import PAGE, page, results


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(results()), "run `python -m tests.benchmarks.page`"


def test_columns_are_the_keys_of_all_rows() -> None:
    rows = [{"what": "a", "ms": 1.5}, {"what": "b", "target": "<= 3"}]
    text = page([{"title": "Some", "machine": "here", "rows": rows}])
    assert "| what | ms | target |" in text
    assert "| a | 1.5 |  |" in text
    assert "| b |  | <= 3 |" in text
