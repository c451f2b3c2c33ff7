"""Cut a module into top-level blocks, each of which is read by itself.

A block starts at a statement in the first column and runs to the next one; decorators stay with what they decorate,
`else` with its `if`. Where a block ends depends on the text from its start on, never on what stands above: that is what
allows `document.py` to cut only the blocks that an edit touched.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pystein_lsp.syntax import strings
from pystein_lsp.syntax.reading import Reading, read, read_indented, read_newer
from pystein_lsp.syntax.recovery import recover
from pystein_lsp.syntax.tree import Problem, Statement

MAX_OPEN = 10
"""How many brackets may be open where a line starts in the first column. Valid code stays far below; a file of nothing but
open brackets then takes linear time."""

MAX_NESTING = 20
"""How many broken statements inside each other are read."""

# What tells strings, comments and brackets apart where a block does not parse.
_TOKEN = re.compile(rf"\#[^\n]*|\"{{3}}|'{{3}}|{strings.SHORT}|[(\[{{]|[)\]}}]|\\\n", re.DOTALL)

TO_THE_END = 1 << 60
"""More lines than any text has."""


class Grammar(NamedTuple):
    """Where statements of one indentation start."""

    indent: str
    boundary: re.Pattern[str]
    """The start of a statement that does not continue the one above."""
    definition: re.Pattern[str]
    """The start of what a decorator can stand above: another one, a function or a class."""
    strong: re.Pattern[str]
    """The start of a statement that can stand inside no bracket."""
    nesting: int
    """How many broken statements stand around them."""


def grammar(indent: str = "", nesting: int = 0) -> Grammar:
    """The line starts of statements indented by `indent`."""
    margin = re.escape(indent)
    definition = r"@|(?:def|class|async\s+def)\s"
    simple = r"(?:import|with|while|raise|return|assert|del|global|nonlocal)\s|try\s*:|from\s+\S+\s+import\b"
    return Grammar(
        indent,
        re.compile(rf"^{margin}(?=[^\s#)\]}}\\])(?!(?:else|elif|except|finally)\b)", re.MULTILINE),
        re.compile(rf"{margin}(?:{definition})"),
        re.compile(rf"{margin}(?:{definition}|{simple})"),
        nesting,
    )


TOP = grammar()


class Piece(NamedTuple):
    """One block as it was cut: its text, what it declares, and how far ahead one had to look to end it there."""

    text: str
    statements: tuple[Statement, ...]
    problem: Problem | None
    seen: int
    """Offset in the text that was cut, behind everything that decided about this piece; beyond the text if its end did."""
    reach: int
    """The same in lines behind the first one of the piece."""


def next_piece(text: str, start: int, rules: Grammar = TOP) -> Piece:
    """The block that starts at an offset."""
    end, seen = _plain_end(text, start, rules)
    block = text[start:end]
    reading = _read(block, rules)
    if isinstance(reading, Reading):
        return _piece(text, start, block, reading, seen)
    stretched, looked = _stretched_end(text, start, end, rules)
    seen = max(seen, looked)
    if stretched:
        longer = text[start:stretched]
        whole = _read(longer, rules)
        if isinstance(whole, Reading):
            return _piece(text, start, longer, whole, seen)
        if whole.span <= reading.span and not _defines(text, end, stretched, rules):
            block, reading = longer, whole  # the shorter one ends inside a string, what is wrong stands above that
    newer = reading if rules.indent else read_newer(block, reading)
    if isinstance(newer, Problem):
        newer = Reading(*recover(block, newer, rules))
    return _piece(text, start, block, newer, seen)


def _defines(text: str, start: int, end: int, rules: Grammar) -> bool:
    """Whether a function, a class or a decorator seems to stand in a stretch of text, which nobody wants to lose."""
    return any(rules.definition.match(text, line.start()) for line in rules.boundary.finditer(text, start, end))


def _piece(text: str, start: int, block: str, reading: Reading, seen: int) -> Piece:
    reach = text.count("\n", start, seen) if seen <= len(text) else TO_THE_END
    return Piece(block, reading.statements, reading.problem, seen, reach)


def cut(text: str, rules: Grammar = TOP) -> list[Piece]:
    """All blocks of a text; at least one, and together they are the text."""
    pieces: list[Piece] = []
    start = 0
    while start < len(text) or not pieces:
        piece = next_piece(text, start, rules)
        pieces.append(piece)
        start += len(piece.text)
    return pieces


def _read(block: str, rules: Grammar) -> Reading | Problem:
    return read_indented(block) if rules.indent else read(block)


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
        if not decorated and not rules.definition.match(text, found.start()):
            return found.start(), _line_end(text, line)  # a stack that decorates nothing
        position = line + 1
    return len(text), len(text) + 1


def _stretched_end(text: str, start: int, end: int, rules: Grammar) -> tuple[int | None, int]:
    """Where a block ends that leaves a string or bracket open at `end`; None where it leaves or closes none."""
    depth, position, stop = 0, start, end
    while True:
        token = _TOKEN.search(text, position)
        while stop < len(text) and (token is None or token.start() >= stop):
            if depth <= 0 and text[stop - 2 : stop] != "\\\n":
                return (stop, stop) if stop > end else (None, stop)
            if depth > MAX_OPEN or (depth > 0 and rules.strong.match(text, stop)):
                return None, _line_end(text, stop)
            stop = _next_boundary(text, stop, rules)
        if token is None:
            return (len(text) if depth <= 0 and len(text) > end else None), len(text) + 1
        position = token.end()
        symbol = token.group()
        if len(symbol) == 3 and symbol in strings.END:
            closing = strings.END[symbol].match(text, position)
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
