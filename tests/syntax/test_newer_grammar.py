"""Grammar newer than the Python that runs us: read, and never reported; what no Python reads is reported all the same."""

from __future__ import annotations

import ast
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pystein_lsp.syntax.document import Document
from pystein_lsp.syntax.newer import Version, older
from pystein_lsp.syntax.parse import parse
from pystein_lsp.syntax.tree import FunctionDef, Problem

HEAD = '@app.route(route="x")\ndef f(req: func.HttpRequest, names) -> str:\n'

NEW = [
    ((3, 11), "    try:\n        pass\n    except* ValueError:\n        pass\n"),
    ((3, 11), "    return names[*req, 1]\n"),
    ((3, 12), "    return f\"{names[\"a\"]}\"\n"),
    ((3, 12), "    return f'{', '.join(names)}'\n"),
    ((3, 12), "    return f'{'\\n'.join(names)!r:>{len(names)}}' 'x'\n"),
    ((3, 12), "    return rf'{names['a']} \\d {{}}'\n"),
    ((3, 12), "    return f\"{f\"{f\"{names}\"}\"}\"\n"),
    ((3, 12), "    return f\"all: {\n        names  # all\n    }...\"\n"),
    ((3, 12), "    return f'''{\n        '''a'''\n    }\n'''\n"),
    ((3, 12), "    type Names = list[str]\n    type Pair[T] = tuple[T, T]\n"),
    ((3, 12), "    def inner[T: (int, str), *Ts](x: T) -> T:\n        return x\n"),
    ((3, 12), "    class Inner[T](list[T]):\n        pass\n"),
    ((3, 13), "    def inner[T = int](x: T) -> T:\n        return x\n"),
    ((3, 14), "    return t\"{names} {names[\"a\"]}\"\n"),
    ((3, 14), "    return t'plain'\n"),
    ((3, 14), "    try:\n        pass\n    except ValueError, TypeError:\n        pass\n"),
]  # fmt: skip


def certain(document: Document) -> list[str]:
    return [block.problem.message for block in document if block.problem and block.problem.certain]


@pytest.mark.parametrize(("since", "body"), NEW)
def test_newer_grammar_is_read_in_silence(since: Version, body: str) -> None:
    document = Document("app.py", HEAD + body + "\n@app.route()\ndef g(req): ...\n")
    assert certain(document) == []
    first, second = document.blocks
    assert (first.problem is None) == (sys.version_info >= since)
    assert second.problem is None
    [function] = first.statements
    assert isinstance(function, FunctionDef)
    assert function.complete
    assert [parameter.name for parameter in function.parameters] == ["req", "names"]


@pytest.mark.parametrize(("since", "body"), NEW)
def test_it_is_rewritten_in_place_for_every_older_python(since: Version, body: str) -> None:
    text = HEAD + body
    for version in [(3, 10), (3, 11), (3, 12), (3, 13)]:
        rewritten = older(text, version)
        if version < since:
            assert rewritten
            assert len(rewritten.text) == len(text)
            assert [len(line) for line in rewritten.text.split("\n")] == [len(line) for line in text.split("\n")]
            assert not isinstance(parse(rewritten.text), Problem)
        elif rewritten:
            assert not isinstance(parse(rewritten.text), Problem)


def test_a_shape_that_no_older_string_has_makes_the_problem_uncertain() -> None:
    text = HEAD + '    return f"{\n        names\n    }"\n'
    rewritten = older(text, (3, 11))
    assert rewritten
    assert not rewritten.sure
    document = Document("app.py", text)
    assert certain(document) == []
    assert [statement.name for statement in document.blocks[0].statements] == ["f"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('    x = f"{names["a"]}"\n    y = = 1\n', 4),
        ('    y = = 1\n    x = f"{names["a"]}"\n', 3),
        ('    x = f"{names}"\n    y = (\n', 4),
        ('    x = f"{names[}"\n', 3),
        ('    x = f"{names +}"\n', 3),
        ('    x = f"{names["a"]} {1 2}"\n', 3),
        ("    type X = = 1\n", 3),
        ('    x = f"{names"\n', 3),
        ("    try:\n        pass\n    except ValueError, e:\n        pass\n", 5),
        ("    try:\n        pass\n    except* ValueError\n        pass\n", 5),
        ('    f"{names}"\n    await names\n', 4),
    ],
)
def test_what_no_python_reads_is_reported(body: str, line: int) -> None:
    if sys.version_info >= (3, 14) and "except ValueError, e" in body:
        pytest.skip("Python 3.14 reads it")
    document = Document("app.py", HEAD + body + "\n@app.route()\ndef g(req): ...\n")
    [problem] = [block.problem for block in document if block.problem]
    assert problem.certain
    assert problem.span.line + 1 == line
    assert [statement.name for block in document for statement in block.statements] == ["f", "g"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "bound"),
    [("type Names = list[str]\n", "Names"), ("def f[T](x: T): ...\n", "f"), ("class A[T]: ...\n", "A")],
)
def test_top_level_declarations_bind_their_names(text: str, bound: str) -> None:
    document = Document("app.py", text)
    assert certain(document) == []
    [statement] = document.blocks[0].statements
    names = getattr(statement, "targets", None) or getattr(statement, "names", None) or (statement.name,)  # type: ignore[union-attr]
    assert names == (bound,)


FIELDS = [
    "a",
    "a['k']",
    'a["k"]',
    "a!r",
    "a:>10",
    "a:{w}",
    "a=",
    "{'k': 1}['k']",
    "f'{a}'",
    'f"{a}"',
    "(lambda: 1)()",
    "a != b",
    "'}'",
]
PARTS = ["text", "{{", "}}", " ", "é", "\\n", "'", "#", "\\N{DASH}"]


@st.composite
def formatted(draw: st.DrawFn) -> str:
    quotes = draw(st.sampled_from(['"', "'", '"""', "'''"]))
    plain = st.sampled_from([part for part in PARTS if part != quotes[0]])
    parts = draw(st.lists(st.one_of(st.sampled_from(FIELDS).map(lambda field: f"{{{field}}}"), plain), max_size=6))
    body = "".join(parts)
    return f"f{quotes}{body}{quotes}"


@pytest.mark.skipif(sys.version_info < (3, 12), reason="only Python 3.12 and later read these")
@settings(max_examples=300)
@given(formatted())
def test_the_rewriting_agrees_with_a_newer_python(text: str) -> None:
    source = f"x = g({text}, 1)\n"
    try:
        ast.parse(source)
    except SyntaxError:
        return
    rewritten = older(source, (3, 11))
    if rewritten is None:
        assert "{" not in text.replace("{{", "").replace("\\N{", "")
        return
    assert [len(line) for line in rewritten.text.split("\n")] == [len(line) for line in source.split("\n")]
    ast.parse(rewritten.text)
    for start, end in rewritten.holes:
        ast.parse(f"({source[start:end].rstrip().removesuffix('=')}\n)")


@settings(max_examples=100)
@given(formatted(), st.sampled_from(["y = 1", "y = = 1", "(", "return"]))
def test_a_formatted_string_hides_nothing(text: str, other: str) -> None:
    document = Document("app.py", f"def f(a, b, w):\n    x = {text}\n    {other}\n")
    if other in ("y = = 1", "("):
        assert any(block.problem for block in document)
