"""The parts of a schedule's text that an editor colours."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pystein_lsp.ncrontab.lexemes import lexemes

from .strategies import near_misses


def parts(text: str) -> list[tuple[str, str, int | None]]:
    return [(part.kind, text[part.offset : part.offset + part.length], part.field) for part in lexemes(text)]


def test_parts_of_a_cron_expression() -> None:
    assert parts(" 0 */5 9-17 * JAN,2 MON") == [
        ("number", "0", 0),
        ("wildcard", "*", 1),
        ("operator", "/", 1),
        ("number", "5", 1),
        ("number", "9", 2),
        ("operator", "-", 2),
        ("number", "17", 2),
        ("wildcard", "*", 3),
        ("name", "JAN", 4),
        ("operator", ",", 4),
        ("number", "2", 4),
        ("name", "MON", 5),
    ]


def test_five_fields_begin_with_the_minute() -> None:
    assert [part.field for part in lexemes("1 2 3 4 5")] == [1, 2, 3, 4, 5]


def test_parts_of_other_texts() -> None:
    assert parts("1.02:03") == [
        ("number", "1", None),
        ("operator", ".", None),
        ("number", "02", None),
        ("operator", ":", None),
        ("number", "03", None),
    ]
    assert parts("%CRON%") == [("setting", "%CRON%", 0)]
    assert parts("0 0 0 ? * * *")[3:] == [
        ("unknown", "?", 3),
        ("wildcard", "*", 4),
        ("wildcard", "*", 5),
        ("wildcard", "*", None),
    ]


@given(st.one_of(near_misses(), st.text()))
def test_parts_cover_all_but_the_space(text: str) -> None:
    found = lexemes(text)
    covered = "".join(text[part.offset : part.offset + part.length] for part in found)
    assert "".join(covered.split()) == "".join(text.split())
    assert [part.offset for part in found] == sorted({part.offset for part in found})
