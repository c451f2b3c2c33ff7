"""Comments that say to ignore a rule: `# pystein: ignore[rule, ...] reason` and `# pystein: ignore-file[rule, ...] reason`.

A comment counts for the whole statement that it stands at: a call over several lines, a stack of decorators with the signature
below it. One on a line of its own counts for the statement that follows. Reading it costs nothing where a block does not
mention us: the comments of a block are kept with the block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pystein_lsp.model.module import Module
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Location, Span

MARK = "pystein:"

# What tells comments from text in strings, and where a statement goes on in the next line.
_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n]*)
    | \"{3}(?:[^\\]|\\.)*?(?:\"{3}|\Z) | '{3}(?:[^\\]|\\.)*?(?:'{3}|\Z)
    | "(?:[^"\\\n]|\\.)*"? | '(?:[^'\\\n]|\\.)*'?
    | (?P<open>[(\[{]) | (?P<close>[)\]}]) | \\\n | (?P<end>\n)
    """,
    re.VERBOSE | re.DOTALL,
)
_DIRECTIVE = re.compile(
    rf"\#[ \t]*{MARK}[ \t]*(?P<what>ignore-file|ignore)(?![\w-])(?:[ \t]*\[(?P<names>[^\]#]*)\])?(?P<reason>[^#]*)"
)
_NAME = re.compile(r"[^\s,]+")


class Suppression(NamedTuple):
    """One comment."""

    span: Span
    """From its `#` to its end, relative to the block."""
    names: tuple[tuple[str, Span], ...]
    """The rules that it names."""
    whole_file: bool
    lines: tuple[int, int] | None
    """The first and last line of the statement that it counts for; None for the statement below the block."""

    def removal(self, name: Span) -> Span:
        """What to remove so that one of its names is gone."""
        place = [span for _, span in self.names].index(name)
        if place:
            before = self.names[place - 1][1]
            return Span(before.end_line, before.end_column, name.end_line, name.end_column)
        after = self.names[1][1]
        return Span(name.line, name.column, after.line, after.column)


class Scope(NamedTuple):
    """A comment, and the lines of the file that it counts for."""

    block: Block
    suppression: Suppression
    first: int
    last: int

    def location(self, span: Span) -> Location:
        """A place in the comment."""
        return Location(self.block, span)


def scopes_of(module: Module) -> list[Scope]:
    """The comments of a module."""
    found: list[Scope] = []
    waiting: list[tuple[Block, Suppression]] = []
    for block in module.document:
        if waiting and (first := _statements(block)):
            start, end = first[0]
            found += [Scope(above, each, block.line + start, block.line + end) for above, each in waiting]
            waiting = []
        for each in suppressions_of(block):
            if each.whole_file:
                found.append(Scope(block, each, 0, 1 << 30))
            elif each.lines is None:
                waiting.append((block, each))
            else:
                found.append(Scope(block, each, block.line + each.lines[0], block.line + each.lines[1]))
    found += [Scope(block, each, block.line + each.span.line, block.line + each.span.line) for block, each in waiting]
    return found


def suppressions_of(block: Block) -> tuple[Suppression, ...]:
    """The comments of a block."""
    kept = block.memo.get("suppressions")
    if kept is None:
        kept = block.memo["suppressions"] = tuple(_read(block)) if MARK in block.text else ()
    return kept  # type: ignore[return-value]  # the memo is typed by its writer


def _read(block: Block) -> Iterator[Suppression]:
    text = block.text
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    statements = _statements(block)
    for token in _TOKEN.finditer(text):
        for directive in _DIRECTIVE.finditer(text, *token.span()) if token["comment"] else ():
            line = text.count("\n", 0, directive.start())
            start = starts[line]

            def span(first: int, last: int, *, line: int = line, start: int = start) -> Span:
                return Span(line, first - start, line, last - start)

            names = _NAME.finditer(text, *directive.span("names")) if directive["names"] else ()
            yield Suppression(
                span(directive.start(), directive.start() + len(directive.group().rstrip())),
                tuple((name.group(), span(*name.span())) for name in names),
                directive["what"] == "ignore-file",
                _lines(
                    line, statements, broken=block.problem is not None, alone=not text[start : token.start()].strip()
                ),
            )


def _lines(line: int, statements: list[tuple[int, int]], *, broken: bool, alone: bool) -> tuple[int, int] | None:
    for first, last in statements:
        if first <= line <= last:
            return (line, line) if broken else (first, last)  # in broken text nobody knows where a statement ends
        if line < first:
            return first, last
    return None if alone else (line, line)


def _statements(block: Block) -> list[tuple[int, int]]:
    """The first and last lines of the statements, compound ones up to their colon, decorators with what they decorate."""
    found: list[tuple[int, int]] = []
    lines = block.text.split("\n")
    depth = line = first = 0
    decorated: int | None = None
    for token in _TOKEN.finditer(block.text + "\n"):
        line += token.group().count("\n")
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth = max(depth - 1, 0)
        elif token["end"] and not depth:
            start, first = first, line
            head = lines[start].strip()
            if not head or head.startswith("#"):
                continue
            if head.startswith("@"):
                decorated = start if decorated is None else decorated
                continue
            found.append((start if decorated is None else decorated, line - 1))
            decorated = None
    if decorated is not None or first < line:
        found.append((first if decorated is None else decorated, line))
    return found
