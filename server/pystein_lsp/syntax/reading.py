"""From the text of one block to what it declares and what is wrong with it."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from typing import NamedTuple

from pystein_lsp.syntax.newer import Older, older
from pystein_lsp.syntax.parse import compiled, parse
from pystein_lsp.syntax.reader import Reader
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.suspicion import suspicious
from pystein_lsp.syntax.tree import Branch, Opaque, Problem, Statement

WRAPPER = "if 1:\n"
"""Goes before an indented text, so that it parses with its columns as they are."""

_GLOBAL = re.compile(r"^[ \t]+global[ \t]+([^\n#;]+)", re.MULTILINE)


MAX_PARTS = 500_000
"""How many brackets, commas and colons a statement may hold to be read: Python needs seconds and gigabytes for ten times as many."""

LONGEST_REMEMBERED = 20_000
"""The most characters of a block that is remembered, so that memory stays small."""

_TOO_LONG = Problem("it is too long to be read", Span(0, 0, 0, 1), certain=False)


class Reading(NamedTuple):
    """A block that parses; what is then wrong with it, Python meets when it compiles it, or only an older Python does."""

    statements: tuple[Statement, ...]
    problem: Problem | None


def read(text: str) -> Reading | Problem:
    """Read a block of the top level; the problem alone where it does not parse.

    What was read is remembered: the apps of one repository share copies of modules and boilerplate, and what is undone
    in an editor was there before.
    """
    return _remembered(text) if len(text) <= LONGEST_REMEMBERED else _read(text)


def _read(text: str) -> Reading | Problem:
    if _too_long(text):
        return _TOO_LONG
    tree = parse(text)
    if isinstance(tree, Problem):
        return tree
    return Reading(_statements(text, tree), compiled(text) if suspicious(text, tree) else None)


_remembered = lru_cache(maxsize=1024)(_read)


def read_indented(text: str) -> Reading | Problem:
    """Read an indented block; what only the compiler finds is left to the one that it stands in."""
    tree = parse(WRAPPER + text)
    if isinstance(tree, Problem):
        return tree._replace(span=tree.span.shifted(-1))
    wrapper = tree.body[0]
    inner = wrapper.body if isinstance(wrapper, ast.If) else []
    return Reading(Reader(WRAPPER + text, first_line=2).statements(inner), None)


def read_newer(text: str, problem: Problem) -> Reading | Problem:
    """Read a block of the top level that does not parse, as a newer Python would; its problem where none would."""
    rewritten = None if problem is _TOO_LONG else older(text)
    if rewritten is None:
        return problem
    tree = parse(rewritten.text)
    if isinstance(tree, Problem):
        return tree if rewritten.sure else problem._replace(certain=False)
    real = _problem_in_holes(text, rewritten) or compiled(rewritten.text)
    return Reading(_statements(rewritten.text, tree), real or problem._replace(certain=False))


def _too_long(text: str) -> bool:
    return len(text) > MAX_PARTS and sum(text.count(symbol) for symbol in ",([{:\n") > MAX_PARTS


def _statements(text: str, tree: ast.Module) -> tuple[Statement, ...]:
    statements = Reader(text).statements(tree.body)
    if "global" in text and (names := _rebound_inside(text)):
        # a function that rebinds names of the module, whenever it is called
        opaque = Opaque(names, Span(0, 0, 0, 0))
        statements = (*statements, Branch("global", ((opaque,),), exclusive=False, span=opaque.span))
    return statements


def _rebound_inside(text: str) -> tuple[str, ...]:
    return tuple(sorted({name for match in _GLOBAL.finditer(text) for name in re.findall(r"\w+", match[1])}))


def _problem_in_holes(text: str, rewritten: Older) -> Problem | None:
    """What is wrong with the expressions inside formatted strings."""
    for start, end in rewritten.holes:
        expression = text[start:end].rstrip().removesuffix("=")
        wrapped = f"(\n{expression}\n)"
        problem = parse(wrapped)
        if isinstance(problem, Problem) and (again := older(wrapped)):
            inner = parse(again.text)
            problem = inner if isinstance(inner, Problem) else _problem_in_holes(wrapped, again) or inner
        if isinstance(problem, Problem):
            return problem._replace(span=_moved(problem.span, text, start, expression))
    return None


def _moved(span: Span, text: str, start: int, expression: str) -> Span:
    """A range of a wrapped expression as a range of the text that the expression stands in."""
    line = text.count("\n", 0, start)
    column = start - text.rfind("\n", 0, start) - 1
    lines = expression.split("\n")

    def place(of_line: int, of_column: int) -> tuple[int, int]:
        inner = min(max(of_line - 1, 0), len(lines) - 1)
        inside = min(of_column, len(lines[inner])) if of_line - 1 == inner else len(lines[inner])
        return line + inner, inside + (0 if inner else column)

    first, last = place(span.line, span.column), place(span.end_line, span.end_column)
    return Span(*first, *max(last, first))
