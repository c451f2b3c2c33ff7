"""Blocks are the text, and an edited document is the document of the edited text."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pystein_lsp.syntax.blocks import cut
from pystein_lsp.syntax.document import Document
from tests.syntax.strategies import Edit, applied, edits, texts

APP = '''"""Orders."""

from __future__ import annotations

import azure.functions as func

app = func.FunctionApp()


@app.route(route="orders")
def orders(req: func.HttpRequest) -> str:
    """Ordne é 日本 😀."""
    return "x"


@app.queue_trigger(arg_name="msg", queue_name="q", connection="C")
@app.queue_output(
    arg_name="out",
    queue_name="p",
    connection="C",
)
def take(msg: func.QueueMessage, out: func.Out[str]) -> None:
    out.set("""
first column
""")


class Config:
    QUEUE = "q"

    def name(self) -> str:
        return self.QUEUE


if app:
    @app.timer_trigger(arg_name="t", schedule="0 0 * * * *")
    def tick(t: func.TimerRequest) -> None:
        pass
else:
    other = [
1, 2,
]
'''


def picture(document: Document) -> list[object]:
    return [
        (block.path, block.line, block.height, block.text, block.statements, block.problem, block.reach)
        for block in document
    ]


@given(texts())
@example(APP)
@example("")
@example("x = '''\n" * 5)
def test_blocks_together_are_the_text(text: str) -> None:
    pieces = cut(text)
    assert "".join(piece.text for piece in pieces) == text
    assert len(pieces) == 1 or all(piece.text for piece in pieces)
    document = Document("app.py", text)
    assert [block.text for block in document] == [piece.text for piece in pieces]
    assert document.text == text
    lines = text.split("\n")
    assert document.line_count == len(lines)
    assert [document.line_text(line) for line in range(-1, len(lines) + 1)] == ["", *lines, ""]
    for block in document:
        assert document.block_at(block.line) is block or not block.height


@settings(max_examples=400)
@given(texts(), st.lists(edits(), min_size=1, max_size=5))
@example("def f():\n", [Edit(2, 0, 9, 9, "\f")])
@example("\0def f():\n", [Edit(1, 9, 1, 9, "x")])
def test_an_edited_document_is_that_of_the_edited_text(text: str, changes: list[Edit]) -> None:
    document = Document("app.py", text)
    for change in changes:
        text = applied(text, change)
        document.edit(*change)
        assert document.text == text
        assert picture(document) == picture(Document("app.py", text))


@settings(max_examples=150)
@given(st.lists(edits(), min_size=1, max_size=4))
@example([Edit(9, 40, 9, 40, "(")])
@example([Edit(2, 0, 2, 0, "x = 1\n"), Edit(2, 0, 3, 0, "")])
@example([Edit(15, 5, 15, 5, '"""'), Edit(15, 5, 15, 8, "")])
@example([Edit(8, 0, 8, 0, '"""')])
def test_edits_of_an_app(changes: list[Edit]) -> None:
    document, text = Document("app.py", APP), APP
    for change in changes:
        text = applied(text, change)
        document.edit(*change)
        assert picture(document) == picture(Document("app.py", text))


def test_typing_an_app_letter_by_letter() -> None:
    document = Document("app.py", "")
    for offset, letter in enumerate(APP):
        line = APP.count("\n", 0, offset)
        column = offset - APP.rfind("\n", 0, offset) - 1
        document.edit(line, column, line, column, letter)
        if offset % 7 == 0 or offset > len(APP) - 3:
            assert picture(document) == picture(Document("app.py", APP[: offset + 1]))
    assert [block.problem for block in document] == [None] * len(document.blocks)


def test_deleting_an_app_from_the_top() -> None:
    document, text = Document("app.py", APP), APP
    while text:
        gone = text.index("\n") + 1
        document.edit(0, 0, 1, 0, "")
        text = text[gone:]
        assert picture(document) == picture(Document("app.py", text))


def test_only_touched_blocks_are_read_again() -> None:
    document = Document("app.py", APP)
    before = list(document)
    line = next(number for number, text in enumerate(APP.split("\n")) if "out.set" in text)
    document.edit(line, 4, line, 4, "# ")
    document.edit(line, 4, line, 6, "")
    changed = [index for index, (old, new) in enumerate(zip(before, document, strict=True)) if old is not new]
    assert [before[index].statements[0].name for index in changed] == ["take"]  # type: ignore[union-attr]


def test_an_edit_above_moves_blocks_without_reading_them() -> None:
    document = Document("app.py", APP)
    before = list(document)
    document.edit(4, 0, 4, 0, "import json\n")
    assert document.blocks[-1] is before[-1]
    assert document.blocks[-1].line == APP[: APP.index("if app:")].count("\n") + 1


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_every_kind(ending: str) -> None:
    document = Document("app.py", APP.replace("\n", ending))
    assert document.text == APP
    document.edit(4, 0, 4, 0, f"import json{ending}")
    assert document.line_text(4) == "import json"


def test_a_closed_string_far_below_ends_the_block_above_elsewhere() -> None:
    text = 'x = """\n' + "y = 1\n" * 30
    document = Document("app.py", text)
    document.edit(31, 0, 31, 0, '"""\n')
    assert len(document.blocks) == 1
    assert document.blocks[0].problem is None
    document.edit(15, 0, 15, 0, '"""')
    assert picture(document) == picture(Document("app.py", document.text))
