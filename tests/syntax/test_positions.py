"""The source under a span is what the node says, in every alphabet and in broken text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pystein_lsp.syntax.document import Block, Document
from pystein_lsp.syntax.slips import slip
from pystein_lsp.syntax.span import Location, Span
from pystein_lsp.syntax.tree import (
    Argument,
    Call,
    ClassDef,
    Decorator,
    FunctionDef,
    ImportedName,
    Literal,
    Name,
    Parameter,
)
from tests.syntax.strategies import texts

PIECES = [
    '@app.route(route="naïve/日本", methods=["GET", "😀"])\n',
    '@äpp.queue_trigger(arg_name="msg", queue_name="ö" "ü", connection=Größe.NAME)  # é\n',
    "@ app . timer_trigger (  arg_name = 't' , schedule = \"0 0 * * * *\" , )\n",
    "@(\n    app.route(route='x')\n)\n",
    "@app.blob_input(\n    'é', path='日本/{name}',\n    connection=-1, **extra, *more)\n",
    "def grüße(req: func.HttpRequest, *, größe: int = 3, **rest: 'Any') -> 'func.HttpResponse': return '😀'\n",
    "def plain(a, b: list[str], /, c=1, *d): pass\n",
    "async \\\n  def folded(x): pass\n",
    "class Größe(enum.Enum, metaclass=M):\n    NAME = 'é'; OTHER = 2\n    def lies(self, 日=1): pass\n",
    "from größe import (\n    日本 as nihon,\n    é)\n",
    "import a.b, c as d\n",
    "x = y = ('é', -1.5, b'b', None, True, {'ß': z})\n",
    "é: str = f'plain' + 'ö'\n",
    "if é: app = func . FunctionApp ( 'é' )\nelse:\n  app = FunctionApp(http_auth_level='é')\n",
    "for é, b in [('ö', x.y), ('ü', z)]: app.register_functions(é, 'ß')\n",
    '@app.route(route=""é"", x=\u201cö\u201d\n',
    "@app.route('é', route=\n",
    "def halb(req, größe: func.Out[str]:\n  pass\n",
    "def nicht(é: 'ö', b=1):\n    ] é\n",
    "if é = 1:\n    @app.route(route='é')\n    def drin(größe: x): pass\n",
    "class Kaputt(B:\n    x = 1\n",
    "value = ('é', 'ö'\n",
    "(a).b.c('é')\n",
    "a.b(\n'x',\né)\n",
    "\f@app.route(route='f')\ndef feed(a): pass\n",
]


def nodes(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        if hasattr(value, "_fields"):
            yield value
        for inner in value:
            yield from nodes(inner)


def source(block: Block, span: Span) -> str:
    lines = block.text.split("\n")[span.line : span.end_line + 1]
    assert len(lines) == span.end_line - span.line + 1, span
    assert span.end_column <= len(lines[-1])
    lines[-1] = lines[-1][: span.end_column]
    lines[0] = lines[0][span.column :]
    return "\n".join(lines)


def bare(text: str) -> str:
    return re.sub(r"#[^\n]*|[\s\\()]", "", text)


def check(block: Block, node: Any) -> None:
    match node:
        case Name(dotted, span):
            assert bare(source(block, span)) == dotted
            if "\n" not in source(block, span):
                last = dotted.rpartition(".")[2]
                assert source(block, node.last_span) == last
        case Literal(value, span):
            text = source(block, span)
            if found := slip(text):
                assert found.value == value
            else:
                assert repr(ast.literal_eval(f"({text.removeprefix('f')}\n)")) == repr(value)
        case Argument(name=str() as name, name_span=span, value=value) if span:
            assert source(block, span) == name
            assert span[:2] == node.span[:2]
            assert node.span[2:] == value.span[2:]
        case Argument(stars=stars, span=span):
            assert source(block, span).startswith("*" * stars)
        case Call(span=span, complete=True):
            assert source(block, span).endswith(")")
            assert bare(source(block, span)).startswith(bare(source(block, node.function.span)))
        case Decorator(span=span):
            assert source(block, span).startswith("@")
        case Parameter(name=name, span=span):
            assert source(block, span) == name
        case FunctionDef(name=name, name_span=span) | ClassDef(name=name, name_span=span):
            assert source(block, span) == name
            first = source(block, node.span).lstrip()
            assert first.startswith("@") if node.decorators else re.match(r"async|def|class", first)
        case ImportedName(span=span, bound_as=bound):
            assert source(block, span).endswith(bound) or source(block, span).startswith(bound)


def check_all(text: str) -> int:
    count = 0
    for block in Document("app.py", text):
        if block.problem:
            source(block, block.problem.span)
            for mend in block.problem.mends:
                assert slip(source(block, mend.span))
        for node in nodes(block.statements):
            check(block, node)
            count += 1
    return count


@pytest.mark.parametrize("piece", PIECES)
def test_a_piece_alone(piece: str) -> None:
    assert check_all(piece) or piece.startswith(("x =", "value"))


@settings(max_examples=800)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.sampled_from(["", "    "]))
def test_pieces_together(pieces: list[str], indent: str) -> None:
    text = "".join(pieces)
    if indent:
        text = "if é:\n" + "".join(f"{indent}{line}\n" for line in text.split("\n"))
    check_all(text)


@settings(max_examples=80)
@given(texts())
def test_any_text(text: str) -> None:
    check_all(text)


def test_a_location_moves_with_its_block() -> None:
    document = Document("app.py", "import a\n\n\ndef f(x): ...\n")
    function = document.blocks[1].statements[0]
    assert isinstance(function, FunctionDef)
    location = Location(document.blocks[1], function.parameters[0].span)
    assert location.absolute == Span(3, 6, 3, 7)
    document.edit(0, 0, 0, 0, "# note\n\n")
    assert location.absolute == Span(5, 6, 5, 7)
    assert location.path == "app.py"


def test_columns_count_code_points() -> None:
    document = Document("app.py", "x = '😀é'; y = z\n")
    name = document.blocks[0].statements[1].value  # type: ignore[union-attr]
    assert name == Name("z", Span(0, 15, 0, 16)) or name.span.column == "x = '😀é'; y = z".index("z")
