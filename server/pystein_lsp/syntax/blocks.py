"""Cut a module into top-level blocks, each of which is read by itself.

A block starts at a statement in the first column and runs to the next one; decorators stay with what they decorate,
`else` with its `if`. Where a block ends depends on the text from its start on, never on what stands above: that is what
allows `document.py` to cut only the blocks that an edit touched.
"""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

from pystein_lsp.syntax.parse import parse
from pystein_lsp.syntax.reader import Reader
from pystein_lsp.syntax.recovery import recover
from pystein_lsp.syntax.tree import Problem, Statement

WRAPPER = "if 1:\n"
"""Goes before an indented text, so that it parses with its columns as they are."""

MAX_STRETCH = 1 << 18
"""How far, in characters, a bracket or string that a block leaves open is followed."""

# What tells strings, comments and brackets apart where a block does not parse.
_TOKEN = re.compile(
    r"""
      \#[^\n]*
    | (?:\"{3}|'{3})
    | "(?:[^"\\\n]|\\.)*"? | '(?:[^'\\\n]|\\.)*'?
    | [(\[{] | [)\]}] | \\\n
    """,
    re.VERBOSE | re.DOTALL,
)
_TRIPLE_END = {quotes: re.compile(rf"(?:[^\\]|\\.)*?{quotes}", re.DOTALL) for quotes in ('"""', "'''")}


class Grammar(NamedTuple):
    """Where statements of one indentation start."""

    indent: str
    boundary: re.Pattern[str]
    """The start of a statement that does not continue the one above."""
    strong: re.Pattern[str]
    """The start of one that can stand inside no bracket."""


def grammar(indent: str = "") -> Grammar:
    """The line starts of statements indented by `indent`."""
    margin = re.escape(indent)
    return Grammar(
        indent,
        re.compile(rf"^{margin}(?=[^\s#)\]}}])(?!(?:else|elif|except|finally)\b)", re.MULTILINE),
        re.compile(rf"{margin}(?:@|(?:def|class|async\s+def)\s)"),
    )


TOP = grammar()


class Piece(NamedTuple):
    """One block as it was cut: its text, what it declares, and how far ahead one had to look to end it there."""

    text: str
    statements: tuple[Statement, ...]
    problem: Problem | None
    seen: int
    """Offset in the text that was cut, behind everything that decided about this piece."""


def next_piece(text: str, start: int, rules: Grammar = TOP) -> Piece:
    """The block that starts at an offset."""
    end, seen = _plain_end(text, start, rules)
    block = text[start:end]
    tree = _parse(block, rules)
    if not isinstance(tree, Problem):
        return Piece(block, _read(block, tree, rules), None, seen)
    stretched, looked = _stretched_end(text, start, end, rules)
    if stretched:
        longer = text[start:stretched]
        whole = _parse(longer, rules)
        if not isinstance(whole, Problem):
            return Piece(longer, _read(longer, whole, rules), None, max(seen, looked))
    statements, problem = recover(block, tree, rules.indent)
    return Piece(block, statements, problem, max(seen, looked))


def cut(text: str, rules: Grammar = TOP) -> list[Piece]:
    """All blocks of a text; at least one, and together they are the text."""
    pieces: list[Piece] = []
    start = 0
    while start < len(text) or not pieces:
        piece = next_piece(text, start, rules)
        pieces.append(piece)
        start += len(piece.text)
    return pieces


def _parse(block: str, rules: Grammar) -> ast.Module | Problem:
    if not rules.indent:
        return parse(block)
    tree = parse(WRAPPER + block)
    return tree._replace(span=tree.span.shifted(-1)) if isinstance(tree, Problem) else tree


def _read(block: str, tree: ast.Module, rules: Grammar) -> tuple[Statement, ...]:
    if not rules.indent:
        return Reader(block).statements(tree.body)
    wrapper = tree.body[0]
    inner = wrapper.body if isinstance(wrapper, ast.If) else []
    return Reader(WRAPPER + block, first_line=2).statements(inner)


def _plain_end(text: str, start: int, rules: Grammar) -> tuple[int, int]:
    """Where the block ends if its lines are what they seem, and how far that was looked for."""
    own = rules.boundary.match(text, start)
    decorated = bool(own) and text.startswith("@", own.end()) if own else False
    position = own.end() if own else start
    while found := rules.boundary.search(text, position + 1 if position == start else position):
        line = found.end()
        if not decorated:
            return found.start(), line
        decorated = text.startswith("@", line)
        if not decorated and not rules.strong.match(text, found.start()):
            return found.start(), _line_end(text, line)  # a stack that decorates nothing
        position = line + 1
    return len(text), len(text) + 1


def _stretched_end(text: str, start: int, end: int, rules: Grammar) -> tuple[int | None, int]:
    """Where a block ends that leaves a string or bracket open at `end`; None where it leaves or closes none."""
    limit = min(len(text), start + MAX_STRETCH)
    depth, position, stop = 0, start, end
    while True:
        token = _TOKEN.search(text, position, limit)
        while stop < len(text) and (token is None or token.start() >= stop):
            closed = depth <= 0 and text[stop - 2 : stop] != "\\\n"
            if closed:
                return (stop, stop) if stop > end else (None, stop)
            if depth > 0 and rules.strong.match(text, stop):
                return None, _line_end(text, stop)
            stop = _next_boundary(text, stop, rules)
        if token is None:
            at_end = depth <= 0 and limit == len(text) and limit > end
            return (limit if at_end else None), len(text) + 1
        position = token.end()
        symbol = token.group()
        if symbol in _TRIPLE_END:
            closing = _TRIPLE_END[symbol].match(text, position, limit)
            if not closing:
                return None, len(text) + 1
            position = closing.end()
            while stop < position:
                stop = _next_boundary(text, stop, rules)
        elif symbol in ("(", "[", "{"):
            depth += 1
        elif symbol in (")", "]", "}"):
            depth -= 1


def _next_boundary(text: str, position: int, rules: Grammar) -> int:
    """The next statement start behind one; a stack of decorators counts as part of what it decorates."""
    here = rules.boundary.match(text, position)
    decorated = bool(here) and text.startswith("@", here.end()) if here else False
    while found := rules.boundary.search(text, position + 1):
        position = found.start()
        if not decorated:
            return position
        decorated = text.startswith("@", found.end())
    return len(text)


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) + 1 if end < 0 else end + 1
