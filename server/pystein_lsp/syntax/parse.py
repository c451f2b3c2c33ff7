"""`ast` without its surprises: no warnings, one kind of failure, and silence about grammar newer than ours."""

from __future__ import annotations

import ast
import re
import sys
import warnings

from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import Problem

_LINE_REFERENCE = re.compile(r" (?:on|at) line \d+| \(detected at line \d+\)")

# What a Python newer than the one that runs us can read. Seen in a block that fails, it makes the failure uncertain.
_NEWER_GRAMMAR = [
    (version, re.compile(pattern, re.MULTILINE))
    for version, pattern in [
        ((3, 11), r"^\s*except\s*\*"),
        ((3, 12), r"\b[fF][rR]?[\"']|\b[rR][fF][\"']"),  # nested quotes, backslashes and comments in f-strings
        ((3, 12), r"^\s*type\s+\w+\s*[\[=]"),
        ((3, 12), r"^\s*(?:(?:async\s+)?def|class)\s+\w+\s*\["),
        ((3, 13), r"^\s*(?:(?:async\s+)?def|class|type)\s+\w+\s*\[[^\]]*="),
        ((3, 14), r"\b(?:[tT][rR]?|[rR][tT])[\"']"),
        ((3, 14), r"^\s*except\s+[\w.]+\s*,"),
    ]
    if sys.version_info < version
]


def parse(text: str) -> ast.Module | Problem:
    """Parse source text.

    Returns:
        The tree, or the problem with its place (lines from 0, columns in code points) in `text`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        return _problem(text, error)
    except (ValueError, RecursionError, MemoryError) as error:
        reason = (
            "is nested too deeply" if isinstance(error, (RecursionError, MemoryError)) else f"cannot be read: {error}"
        )
        return Problem(f"Python cannot read this: it {reason}", Span(0, 0, 0, 1))


def _problem(text: str, error: SyntaxError) -> Problem:
    message = _LINE_REFERENCE.sub("", error.msg or "invalid syntax")
    return Problem(message, _span(text, error), certain=not _may_be_newer(text))


def _may_be_newer(text: str) -> bool:
    return any(pattern.search(text) for _, pattern in _NEWER_GRAMMAR)


def _span(text: str, error: SyntaxError) -> Span:
    """The error's range, kept inside the text: Python sometimes points behind its end."""
    lines = text.split("\n")
    line = min(max((error.lineno or 1) - 1, 0), len(lines) - 1)
    column = min(max((error.offset or 1) - 1, 0), len(lines[line]))
    end_line = min(max((error.end_lineno or 0) - 1, line), len(lines) - 1)
    end_column = min(max((error.end_offset or 0) - 1, 0), len(lines[end_line]))
    if (end_line, end_column) <= (line, column):
        end_line, end_column = line, max(column + 1, len(lines[line].rstrip()))
    return Span(line, column, end_line, end_column)
