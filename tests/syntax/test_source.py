"""From bytes to text, as Python reads a file; and places inside literals."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pystein_lsp.syntax.document import Document
from pystein_lsp.syntax.literals import part_of, quoted
from pystein_lsp.syntax.source import decode
from pystein_lsp.syntax.tree import Assign, Literal


@pytest.mark.parametrize(
    "data",
    [
        "x = 'é'\n".encode(),
        b"\xef\xbb\xbf" + "x = 'é'\n".encode(),
        "# -*- coding: latin-1 -*-\nx = 'é'\n".encode("latin-1"),
        "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = 'é'\n".encode("cp1252"),
    ],
)
def test_what_python_reads(data: bytes) -> None:
    source = decode(data)
    assert source.problem is None
    assert "x = 'é'\n" in source.text
    assert not source.text.startswith("\ufeff")


@pytest.mark.parametrize(
    ("data", "message", "place"),
    [
        ("x = 1\n".encode("utf-16"), "UTF-16", (0, 0)),
        (b"a\nx = 'caf\xe9'\n", "0xe9", (1, 8)),
        (b"\xc3\xa9 = '\xff'\n", "0xff", (0, 5)),
        (b"# coding: klingon\nx = 1\n", "klingon", (0, 0)),
        (b"x = 1\ny = '\0'\n", "null byte", (1, 5)),
    ],
)
def test_what_python_refuses(data: bytes, message: str, place: tuple[int, int]) -> None:
    source = decode(data)
    assert source.problem
    assert message in source.problem.message
    assert source.problem.span[:2] == place
    assert "x = " in source.text or "y = " in source.text or "é = " in source.text


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    source = decode(data)
    Document("app.py", source.text)
    assert "\0" not in source.text


@pytest.mark.parametrize("literal", ["'abc'", '"abc"', "r'abc'", "'''abc'''", 'u"abc"', "'abc'  # 'abc'"])
def test_part_of_a_literal(literal: str) -> None:
    block = Document("app.py", f"é = {literal}\n").blocks[0]
    [assign] = block.statements
    assert isinstance(assign, Assign)
    assert isinstance(assign.value, Literal)
    span = part_of(block, assign.value.span, "abc", 1, 1)
    assert block.line_text(0)[span.column : span.end_column] == "b"


@pytest.mark.parametrize("literal", [r"'a\x62c'", "'a' 'bc'", "'''abc\n'''", "f'abc'"])
def test_part_of_a_literal_that_is_spelt_otherwise(literal: str) -> None:
    block = Document("app.py", f"x = {literal}\n").blocks[0]
    [assign] = block.statements
    assert isinstance(assign, Assign)
    assert part_of(block, assign.value.span, "abc", 1, 1) == assign.value.span


@given(st.text(alphabet="ab'\"\\é", max_size=10), st.sampled_from(["'x'", '"x"', "r'x'", "'''x'''"]))
def test_quoted_keeps_the_style(text: str, literal: str) -> None:
    block = Document("app.py", f"x = {literal}\n").blocks[0]
    [assign] = block.statements
    assert isinstance(assign, Assign)
    new = quoted(block, assign.value.span, text)
    assert ast.literal_eval(new) == text
    assert new[0] == ("'" if literal.startswith("'") else '"')
