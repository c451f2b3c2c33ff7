"""What a position stands in, read from the text around it: that works while a line is half typed, where no tree does."""

from __future__ import annotations

import re
from typing import NamedTuple

from pystein_lsp.syntax.document import Document
from pystein_lsp.syntax.span import Span

_REACH = 400
"""How many lines a statement is followed up and down."""

_TOKEN = re.compile(
    r"""
      (?P<comment> \#[^\n]* )
    | (?P<string> [rRbBuUfFtT]{0,2} (?: "{3}(?:[^\\]|\\.)*?(?:"{3}|\Z) | '{3}(?:[^\\]|\\.)*?(?:'{3}|\Z)
                  | "(?:[^"\\\n]|\\.)*"? | '(?:[^'\\\n]|\\.)*'? ) )
    | (?P<name> [^\W\d]\w* (?: [ \t]*\.[ \t]*[^\W\d]\w* )* (?:[ \t]*\.)? )
    | (?P<open> [(\[{] )
    | (?P<close> [)\]}] )
    | (?P<comma> , )
    | (?P<equal> =(?!=) )
    | (?P<at> @ )
    | (?P<other> \d[\w.]* | \S )
    """,
    re.VERBOSE | re.DOTALL,
)
_START = re.compile(r"[ \t]*(?:@|(?:async[ \t]+)?def[ \t]|class[ \t])")
_STRONG = re.compile(r"^[ \t]*(?:@|(?:async[ \t]+def|def|class|import|from|return)\b)", re.MULTILINE)
_OPENING = re.compile(r"[rRbBuUfFtT]{0,2}(\"{3}|'{3}|\"|')")


class Word(NamedTuple):
    """A name or a chain of attributes, up to the position; `span` covers the last part of it, beyond the position too."""

    owner: str
    """What stands before the last dot; empty where there is none."""
    prefix: str
    """The last part, up to the position."""
    span: Span


class Text(NamedTuple):
    """A string that the position is in."""

    before: str
    """Its content up to the position."""
    after: str
    quote: str
    span: Span
    """Its content, without quotes."""
    closed: bool


class Given(NamedTuple):
    """An argument of a call that is written already."""

    name: str | None
    value: str
    """Its source text."""


class Call(NamedTuple):
    """The innermost call around the position."""

    function: str
    """Dotted, as written."""
    decorator: bool
    given: tuple[Given, ...]
    """All arguments but the one at the position."""
    name: str | None
    """The keyword of the argument at the position; None where it has none."""
    place: int
    """The place of the argument at the position, from 0."""
    depth: int
    """How many lists and parentheses around the position are inside the argument."""
    line: int
    """The line of the file where the call's name stands."""
    fresh: bool
    """Whether nothing of the argument but a name stands before the position: a keyword may be written here."""


class Cursor(NamedTuple):
    """What is known about a position."""

    word: Word | None
    text: Text | None
    call: Call | None
    after_at: bool
    """Whether the word follows the `@` of a decorator."""
    followed_by: str
    """The next character behind the word that is no blank."""
    line: int


class _Frame:
    """A bracket that is open."""

    def __init__(self, bracket: str, function: str, line: int, *, decorator: bool) -> None:
        self.bracket = bracket
        self.function = function
        self.line = line
        self.decorator = decorator
        self.given: list[Given] = []
        self.name: str | None = None
        self.start = 0
        self.tokens = 0
        self.index = 0
        self.here: int | None = None

    def begin(self, offset: int) -> None:
        """The next argument starts."""
        self.name, self.start, self.tokens = None, offset, 0


def cursor_at(document: Document, line: int, column: int) -> Cursor:
    """Read what a position stands in.

    Args:
        document: the text.
        line: from 0.
        column: in code points, from 0.
    """
    line = min(max(line, 0), document.line_count - 1)
    base, lines = _around(document, line)
    first = _first_line(lines, line - base)
    text = "\n".join(lines[first:])
    offset = sum(len(each) + 1 for each in lines[first : line - base]) + min(column, len(lines[line - base]))
    return _Scan(text, offset, base + first).cursor(line)


def _around(document: Document, line: int) -> tuple[int, list[str]]:
    """The lines from the start of the block that holds a line on, as far as a statement is followed."""
    index = document.blocks.index(document.block_at(line))
    base = document.blocks[index].line
    parts: list[str] = []
    height = 0
    while index < len(document.blocks) and height < line - base + _REACH:
        parts.append(document.blocks[index].text)
        height += document.blocks[index].height
        index += 1
    lines = "".join(parts).split("\n")
    skipped = max(0, line - base - _REACH)
    return base + skipped, lines[skipped : line - base + _REACH]


def _first_line(lines: list[str], line: int) -> int:
    """Where the statement starts that a line belongs to: a decorator, a definition, or the start of the block."""
    return next((number for number in range(line, 0, -1) if _START.match(lines[number])), 0)


class _Scan:
    """Goes over the text once: up to the position, and on to the end of the call that is open there."""

    def __init__(self, text: str, offset: int, first_line: int) -> None:
        self._text = text
        self._offset = offset
        self._first_line = first_line
        self._stack: list[_Frame] = []
        self._word: Word | None = None
        self._string: Text | None = None
        self._after_at = False
        self._behind = offset

    def cursor(self, line: int) -> Cursor:
        """The answer."""
        self._before()
        call = next((frame for frame in reversed(self._stack) if frame.bracket == "(" and frame.function), None)
        depth = len(self._stack) - self._stack.index(call) - 1 if call else 0
        found = self._call(call, depth) if call else None
        rest = self._text[self._behind :]
        return Cursor(self._word, self._string, found, self._after_at, rest.lstrip(" \t")[:1], line)

    def _before(self) -> None:
        """Read up to the position."""
        previous = ""
        position = 0
        while (token := _TOKEN.search(self._text, position)) and token.start() < self._offset:
            kind = token.lastgroup
            if token.end() >= self._offset and self._at(token, previous):
                return
            if kind == "comment" and token.end() >= self._offset:
                return
            self._take(token, previous)
            previous = token.group()
            position = token.end()
        if previous == "@":
            self._after_at = True
        self._word = Word("", "", self._span(self._offset, self._offset))

    def _at(self, token: re.Match[str], previous: str) -> bool:
        """Whether the position is inside a token, or at the end of a name or an open string."""
        kind = token.lastgroup
        if kind == "name":
            up_to = token.group()[: self._offset - token.start()]
            owner, dot, prefix = up_to.rpartition(".")
            start = self._offset - len(prefix.lstrip())
            end = self._offset
            while end < token.end() and (self._text[end].isalnum() or self._text[end] == "_"):
                end += 1
            self._word = Word(re.sub(r"\s", "", owner) if dot else "", prefix.strip(), self._span(start, end))
            self._after_at = previous == "@"
            self._behind = max(end, self._offset)
            return True
        if kind == "string":
            opening = _OPENING.match(token.group())
            quote = opening[1] if opening else '"'
            start = token.start() + (opening.end() if opening else 1)
            closed = token.end() - len(quote) >= start and token.group().endswith(quote)
            end = token.end() - len(quote) if closed else token.end()
            if start <= self._offset <= end:
                before, after = self._text[start : self._offset], self._text[self._offset : end]
                self._string = Text(before, after, quote, self._span(start, end), closed)
                self._behind = token.end()
                return True
        return False

    def _take(self, token: re.Match[str], previous: str) -> None:
        """Follow brackets and arguments."""
        kind = token.lastgroup
        top = self._stack[-1] if self._stack else None
        if kind == "open":
            named = token.group() == "(" and bool(re.match(r"[^\W\d]", previous))
            function = re.sub(r"\s", "", previous).rstrip(".") if named else ""
            if top:
                top.tokens += 1
            decorator = bool(function) and self._is_decorator(token.start(), previous)
            frame = _Frame(
                token.group(),
                function,
                self._first_line + self._text.count("\n", 0, token.start()),
                decorator=decorator,
            )
            frame.begin(token.end())
            self._stack.append(frame)
        elif kind == "close":
            if self._stack:
                self._stack.pop()
        elif top is None:
            return
        elif kind == "comma":
            self._finish(top, token.start())
            top.index += 1
            top.begin(token.end())
        elif kind == "equal":
            if top.tokens == 1 and re.fullmatch(r"[^\W\d]\w*", previous):
                top.name = previous
                top.start = token.end()
            top.tokens += 1
        elif kind != "comment":
            top.tokens += 1

    def _is_decorator(self, parenthesis: int, name: str) -> bool:
        return self._text[: parenthesis - len(name)].rstrip(" \t").endswith("@")

    def _finish(self, frame: _Frame, end: int) -> None:
        value = self._text[frame.start : end].strip()
        if value or frame.name:
            frame.given.append(Given(frame.name, value))

    def _call(self, frame: _Frame, depth: int) -> Call:
        """The call as it goes on behind the position."""
        fresh = depth == 0 and frame.name is None and frame.tokens == 0 and self._string is None
        name, index = frame.name, frame.index
        self._after(frame)
        return Call(frame.function, frame.decorator, tuple(frame.given), name, index, depth, frame.line, fresh)

    def _after(self, frame: _Frame) -> None:
        """Collect the arguments behind the position, up to the end of the call or to what can stand in no call."""
        position, previous, skipping = self._behind, "", True
        stop = _STRONG.search(self._text, self._line_end(position))
        limit = stop.start() if stop else len(self._text)
        while token := _TOKEN.search(self._text, position, limit):
            kind = token.lastgroup
            if kind == "close" and self._stack and self._stack[-1] is frame:
                break
            inside = self._stack and self._stack[-1] is frame
            if kind == "comma" and inside:
                if not skipping:
                    self._finish(frame, token.start())
                frame.begin(token.end())
                skipping = False
            else:
                self._take(token, previous)
            previous = token.group()
            position = token.end()
        if not skipping:
            self._finish(frame, position)

    def _line_end(self, position: int) -> int:
        end = self._text.find("\n", position)
        return len(self._text) if end < 0 else end + 1

    def _span(self, start: int, end: int) -> Span:
        return Span(*self._place(start), *self._place(end))

    def _place(self, offset: int) -> tuple[int, int]:
        line = self._text.count("\n", 0, offset)
        return self._first_line + line, offset - (self._text.rfind("\n", 0, offset) + 1)
