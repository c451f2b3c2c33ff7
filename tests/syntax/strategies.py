"""Texts that are Python, nearly Python, or nothing of the kind, and edits of them."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

FRAGMENTS = [
    "@app.route()\n", "@app.route(", "@app.", "@", "def f(req):\n", "def f(", "async def g(msg: str) -> str:\n", "class A:\n",
    "class A(B):\n    x = 1\n", "    return 1\n", "return 1\n", "    ", "\t", "\n", "\n\n", "  \n", "\f", "\f\n", "x = 1\n",
    "x = (\n", "x = [",
    "'", '"', '"""', "'''", "f'", 'f"{x}"', "(", ")", "[", "]", "{", "}", ",", ":", "=", "#", "# note\n", "\\\n", "\\",
    "if x:\n", "else:\n", "elif y:\n", "try:\n", "except E:\n", "finally:\n", "for a in b:\n", "with a as b:\n", "import a\n",
    "from a import b\n", "from __future__ import annotations\n", "import a; from __future__ import x\n", "pass\n", "...\n",
    "é", "日本", "😀", "\u2028", "\x85", "a", "a.b", " ", "await x\n", "break\n", "match x:\n", "    case 1:\n", "type X = int\n",
    "f(a=1, a=2)\n", "global x\n", "'''doc'''\n", '"doc"\n', "\0", "lambda: 0", "\ud800",
]  # fmt: skip


class Edit(NamedTuple):
    """A replacement of a range; it may lie outside the text."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@st.composite
def texts(draw: st.DrawFn, max_size: int = 40) -> str:
    """A text of fragments."""
    return "".join(draw(st.lists(st.sampled_from(FRAGMENTS), max_size=max_size)))


def edits() -> st.SearchStrategy[Edit]:
    """An edit somewhere."""
    line, column = st.integers(-1, 30), st.integers(-1, 30)
    return st.builds(Edit, line, column, line, column, texts(max_size=4))


def applied(text: str, edit: Edit) -> str:
    """The text that an edit leads to, worked out the simple way."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")

    def offset(line: int, column: int) -> int:
        if line < 0:
            return 0
        if line >= len(lines):
            return len(text)
        return sum(len(each) + 1 for each in lines[:line]) + min(max(column, 0), len(lines[line]))

    start, end = sorted([offset(edit.line, edit.column), offset(edit.end_line, edit.end_column)])
    new = edit.text.replace("\r\n", "\n").replace("\r", "\n")
    return text[:start] + new + text[end:]
