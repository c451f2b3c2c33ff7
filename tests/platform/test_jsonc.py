"""JSON with comments: read as the platform's tools do, with positions, and never a failure."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pystein_lsp.platform.jsonc import Node, read_json
from pystein_lsp.syntax.span import Span

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
PIECES = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    '"',
    "'",
    '"a"',
    "a",
    "1",
    "-1.5e3",
    "true",
    "null",
    "// c\n",
    "/* c */",
    "/*",
    "\n",
    " ",
    "é",
    "\\",
]


def nodes(node: Node) -> Iterator[Node]:
    yield node
    for inner in [*node.items, *(member.value for member in node.members if member.value)]:
        yield from nodes(inner)


def source(text: str, span: Span) -> str:
    lines = text.split("\n")[span.line : span.end_line + 1]
    lines[-1] = lines[-1][: span.end_column]
    lines[0] = lines[0][span.column :]
    return "\n".join(lines)


@given(VALUES, st.sampled_from([None, 2]), st.booleans())
def test_reads_json(value: object, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    read = read_json(text)
    assert not read.problems
    assert read.root
    assert json.dumps(read.root.plain()) == json.dumps(value)
    for node in nodes(read.root):
        if node.kind == "string":
            assert json.loads(source(text, node.span)) == node.value
        for member in node.members:
            assert json.loads(source(text, member.key_span)) == member.key


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_anything_is_read(text: str) -> None:
    read = read_json(text)
    try:
        json.loads(text)
    except ValueError:
        return
    assert not read.problems


@pytest.mark.parametrize(
    "text",
    [
        '// head\n{"a": 1, /* in */ "b": [true, null,], // tail\n}',
        "{'a': 1, 'b': [true, null]}",
        '\ufeff{"a": 1, "b": [true, null]}\n',
        '{"a": 2, "A": 9, "a": 1, "b": [true, null]}',
    ],
)
def test_what_the_platform_tolerates(text: str) -> None:
    read = read_json(text)
    assert read.problems == ()
    assert read.root
    assert read.root.get("b").plain() == [True, None]  # type: ignore[union-attr]
    assert read.root.get("A").plain() == 1  # type: ignore[union-attr]
    assert read.root.get("c") is None


@pytest.mark.parametrize(
    ("text", "marked", "message"),
    [
        ("", "", "empty"),
        ("// only a comment", "/", "empty"),
        ('{"a" 1}', '"a"', "colon"),
        ('{"a": 1 "b": 2}', " ", "comma"),
        ('{"a": 1', "{", "never closed"),
        ('{"a": [1, 2}', "}", "']' is missing"),
        ('{"a": "x}', '"x}', "closing quote"),
        ('{"a": True}', "True", "not a JSON value"),
        ("{a: 1}", "a", "double quotes"),
        ('{"a": 1}}', "}", "closing bracket"),
        ('{"a": "\\x"}', '"\\x"', "escape"),
        ('{"é": "日本",\n  "a": ]}', "]", "value"),
    ],
)
def test_problems_say_where(text: str, marked: str, message: str) -> None:
    read = read_json(text)
    problem = read.problems[0]
    assert message in problem.message
    assert source(text, problem.span) == marked


def test_values_of_a_broken_file_are_kept() -> None:
    read = read_json('{"Values": {"A": "1", "B": , "C": "3"}')
    assert read.problems
    assert read.root
    values = read.root.get("values")
    assert values
    assert values.get("A").value == "1"  # type: ignore[union-attr]
