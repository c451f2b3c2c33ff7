"""Whether a text that parses may fail to compile: a cheap look that spares most texts the compiler.

The compiler refuses what the grammar allows: `return` in no function, `await` in one that is not async, an argument given
twice. Running it on everything would double the cost of reading. This looks for what such errors need; it may be wrong in
the one direction and say yes.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from typing import NamedTuple

# Looking for words one by one is ten times as fast as a pattern of them all.
_RARE = ("global ", "nonlocal ", "__debug__", "__future__", "import *", "(yield", "[yield", ":=")
_PLACED = ("break", "continue", "await ", "async ", "class ", "case ", "\n" + " " * 20, "\n" + "\t" * 20)
_LOOSE = ("return", "yield")
_ASYNC = re.compile(r"\b(?:await|async)\b")
_STAR = re.compile(r"(?<!\*)\*(?![*=])")
_BARE_EXCEPT = re.compile(r"\bexcept[ \t]*:")
_KEYWORD = re.compile(r"[(,]\s*(\w+)=(?!=)")
_LAMBDA = re.compile(r"\blambda\b[^:\n]*,")
_BRACKET = re.compile(r"[()\[\]{}]")
MAX_BLOCKS = 20
"""How many loops, branches and the like may stand inside each other."""


def suspicious(text: str, tree: ast.Module) -> bool:
    """Whether the compiler should be asked about a text that parses to `tree`."""
    if any(word in text for word in _RARE):
        return True
    if "*" in text and _unpacks(text):
        return True
    if text.count("except") > 1 and _BARE_EXCEPT.search(text):
        return True
    if "lambda" in text and (_LAMBDA.search(text) or "await" in text):
        return True
    if _repeats_keyword(text):
        return True
    return _misplaced(text, tree)


def _unpacks(text: str) -> bool:
    """Whether a `*` that is no product stands outside brackets: where it may be none, or only one."""
    for star in _STAR.finditer(text):
        before = text[text.rfind("\n", 0, star.start()) + 1 : star.start()].rstrip()
        if before.count("(") == before.count(")") and (
            not before or before.endswith((",", "=", "in", "return", "yield"))
        ):
            return True
    return False


def _repeats_keyword(text: str) -> bool:
    """Whether one call seems to give an argument twice."""
    names = _KEYWORD.findall(text)
    if len(names) == len(set(names)):
        return False
    last: dict[str, int] = {}
    for match in _KEYWORD.finditer(text):
        name = match[1]
        if name in last and _same_brackets(text, last[name], match.start()):
            return True
        last[name] = match.end()
    return False


def _same_brackets(text: str, start: int, end: int) -> bool:
    closing, opening = text.find(")", start, end), text.find("(", start, end)
    if closing >= 0 and not 0 <= opening < closing:
        return False  # the first bracket ends the call
    depth = 0
    for bracket in _BRACKET.finditer(text, start, end):
        depth += 1 if bracket.group() in "([{" else -1
        if depth < 0:
            return False
    return depth == 0


def _misplaced(text: str, tree: ast.Module) -> bool:
    """Whether a statement stands where it cannot, or a signature repeats a name."""
    if not any(word in text for word in _PLACED):
        first = tree.body[0] if len(tree.body) == 1 else None
        if isinstance(first, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if text.count("def ") == 1:
                return _repeats_parameter(first)
        elif "def " not in text and not any(word in text for word in _LOOSE):
            return False
    lines = text.split("\n") if _ASYNC.search(text) else None
    return _Places(lines).wrong(tree.body, _Within())


def _repeats_parameter(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    args = node.args
    names = [arg.arg for arg in (*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg) if arg]
    return len(names) != len(set(names))


_SIMPLE = (
    ast.Expr,
    ast.Assign,
    ast.Return,
    ast.AugAssign,
    ast.AnnAssign,
    ast.Raise,
    ast.Pass,
    ast.Import,
    ast.ImportFrom,
)
"""Statements that hold no others and may stand anywhere in a function."""


class _Within(NamedTuple):
    """What stands around a statement."""

    function: bool = False
    loop: bool = False
    depth: int = 0


class _Places:
    def __init__(self, lines: list[str] | None) -> None:
        self._lines = lines
        """The text's lines, where it holds anything asynchronous."""

    def wrong(self, nodes: Iterable[ast.stmt], within: _Within) -> bool:
        """Whether one of some statements is out of place."""
        return within.depth > MAX_BLOCKS or any(self._wrong(node, within) for node in nodes)

    def _wrong(self, node: ast.stmt, within: _Within) -> bool:
        if within.function and isinstance(node, _SIMPLE):
            return False
        if not within.function and self._runs_coroutines(node):
            return True
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                return self._function(node)
            case ast.ClassDef():
                return self.wrong(node.body, _Within())
            case ast.Break() | ast.Continue():
                return not within.loop
            case ast.Return():
                return not within.function
            case ast.Match() if _confuses(node):
                return True
            case ast.For() | ast.AsyncFor() | ast.While():
                deeper = within._replace(depth=within.depth + 1)
                return self.wrong(node.body, deeper._replace(loop=True)) or self.wrong(node.orelse, deeper)
        deeper = within._replace(depth=within.depth + 1)
        return any(self.wrong(inner, deeper) for inner in _bodies(node))

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        if _repeats_parameter(node):
            return True
        if self._lines:
            body = self._lines[node.body[0].lineno - 1 : node.end_lineno]
            if isinstance(node, ast.FunctionDef):
                if any(_ASYNC.search(line) for line in body):
                    return True
            elif any("yield" in line for line in body):
                return True
        return self.wrong(node.body, _Within(function=True))

    def _runs_coroutines(self, node: ast.stmt) -> bool:
        """Whether a statement outside functions yields or awaits something, as far as its own lines tell."""
        if isinstance(getattr(node, "value", None), (ast.Yield, ast.YieldFrom)):
            return True
        if not self._lines or isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return False
        body = getattr(node, "body", None)
        end = body[0].lineno - 1 if isinstance(body, list) and body else node.end_lineno
        return any(_ASYNC.search(line) for line in self._lines[node.lineno - 1 : end])


def _confuses(node: ast.Match) -> bool:
    """Whether the cases of a `match` may shadow each other or bind a name twice."""
    if any(case.guard is None and not _refutable(case.pattern) for case in node.cases[:-1]):
        return True
    for case in node.cases:
        names: list[str] = []
        for each in ast.walk(case.pattern):
            if isinstance(each, (ast.MatchAs, ast.MatchStar)) and each.name:
                names.append(each.name)
            elif isinstance(each, ast.MatchMapping):
                return True
        if names and (len(names) != len(set(names)) or _has_choice(case.pattern)):
            return True
    return False


def _has_choice(pattern: ast.pattern) -> bool:
    return any(isinstance(each, ast.MatchOr) for each in ast.walk(pattern))


def _refutable(pattern: ast.pattern) -> bool:
    """Whether some value does not match."""
    match pattern:
        case ast.MatchAs(pattern=inner):
            return inner is not None and _refutable(inner)
        case ast.MatchOr(patterns=patterns):
            return all(_refutable(each) for each in patterns)
    return True


def _bodies(node: ast.stmt) -> Iterable[list[ast.stmt]]:
    """The statement lists inside a statement that is no loop, function or class."""
    match node:
        case ast.If():
            return (node.body, node.orelse)
        case ast.With() | ast.AsyncWith():
            return (node.body,)
        case ast.Match():
            return [case.body for case in node.cases]
    if hasattr(node, "handlers"):
        return (node.body, *(handler.body for handler in node.handlers), node.orelse, node.finalbody)  # type: ignore[attr-defined]  # Try, TryStar
    return ()
