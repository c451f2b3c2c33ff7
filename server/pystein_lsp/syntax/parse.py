"""Python's own parser and compiler without their surprises: no warnings, and one kind of failure."""

from __future__ import annotations

import ast
import re
import warnings

from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import Problem

_LINE_REFERENCE = re.compile(r" (?:on|at) line \d+| \(detected at line \d+\)")

_EMPTY = re.compile(r"expected an indented block after .* on line (\d+)")

_FAILURES = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)
"""What the parser raises: MemoryError for its own stack, ValueError for null bytes and lone surrogates."""

_NO_SOURCE = re.compile("[\0\ud800-\udfff]")


def parse(text: str) -> ast.Module | Problem:
    """Parse source text.

    Returns:
        The tree, or the problem with its place (lines from 0, columns in code points) in `text`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except _FAILURES as error:
        return _problem(text, error)


def compiled(text: str) -> Problem | None:
    """What keeps Python from compiling a text that parses, such as `return` in no function."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "", "exec", dont_inherit=True, optimize=0)
    except _FAILURES as error:
        return _problem(text, error, bytes_counted=True)
    return None


def _problem(text: str, error: BaseException, *, bytes_counted: bool = False) -> Problem:
    if isinstance(error, SyntaxError):
        message = _LINE_REFERENCE.sub("", error.msg or "invalid syntax")
        return Problem(message, _span(text, error, bytes_counted=bytes_counted))
    if isinstance(error, MemoryError):
        return Problem("it is nested too deeply for Python's parser", Span(0, 0, 0, 1))
    if isinstance(error, RecursionError):  # how deep is too deep differs between versions of Python
        return Problem("it is nested too deeply", Span(0, 0, 0, 1), certain=False)
    return _unreadable(text, error)


def _unreadable(text: str, error: BaseException) -> Problem:
    """A character that no source text can hold."""
    match = _NO_SOURCE.search(text)
    if not match:
        return Problem(f"it cannot be read: {error}", Span(0, 0, 0, 1))
    line = text.count("\n", 0, match.start())
    column = match.start() - text.rfind("\n", 0, match.start()) - 1
    name = "a null byte" if match.group() == "\0" else f"half a character (U+{ord(match.group()):04X})"
    return Problem(f"the text holds {name}", Span(line, column, line, column + 1))


def _span(text: str, error: SyntaxError, *, bytes_counted: bool) -> Span:
    """The error's range, kept inside the text: Python sometimes points behind its end.

    The parser counts columns in characters, the compiler in bytes of UTF-8.
    """
    lines = text.split("\n")
    if empty := _EMPTY.match(error.msg or ""):  # Python points at whatever comes next
        line = min(int(empty[1]), len(lines)) - 1
        header = lines[line].rstrip()
        return Span(line, len(header) - len(header.lstrip()), line, len(header))
    line = min(max((error.lineno or 1) - 1, 0), len(lines) - 1)
    end_line = min(max((error.end_lineno or 0) - 1, line), len(lines) - 1)

    def column(of_line: int, offset: int | None) -> int:
        shown = lines[of_line]
        count = max((offset or 1) - 1, 0)
        if bytes_counted and not shown.isascii():
            count = len(shown.encode("utf-8", "surrogatepass")[:count].decode("utf-8", "ignore"))
        return min(count, len(shown))

    start, end = column(line, error.offset), column(end_line, error.end_offset)
    if (end_line, end) <= (line, start):
        bracket = (error.msg or "").endswith("was never closed")
        shown = len(lines[line].rstrip())
        start = min(start, max(shown - 1, 0))
        end_line, end = line, min(start + 1, shown) if bracket else shown
    return Span(line, start, end_line, end)
