"""All regular expressions of the product, and texts that make a careless one run for ever.

A text is what leads to a repetition, then what it repeats many times, then something that does not fit: an expression that
can take the middle apart in many ways tries all of them. Run as a program it puts each expression to its texts; the test gives
that a limit of the processor's time.
"""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import sre_constants as tokens  # how `re` reads patterns; under another name since 3.11
    import sre_parse as parser

SERVER = Path(__file__).parents[2] / "server"
METHODS = {"match": "match", "fullmatch": "fullmatch"} | dict.fromkeys(
    ("search", "sub", "findall", "finditer", "split"), "search"
)
"""How expressions are used, and what stands for it here."""
EVERYWHERE = (
    " ",
    "\t",
    "a",
    "A",
    "0",
    "\n",
    "(",
    '"',
    "'",
    "\\",
    "%",
    "{",
    "[",
    "/",
    ",",
    ".",
    ";",
    "=",
    "_",
    "-",
    "#",
    "a.",
    "a,",
    "a=",
    "0 ",
)
"""What is repeated at every place, besides what the pattern itself repeats."""
ENDS = ("", "\0", "!")


class Pattern(NamedTuple):
    """A pattern with its place."""

    place: str
    text: str
    flags: int
    uses: frozenset[str]
    """The methods by which it is used; all of them where that is not seen."""


def patterns() -> Iterator[Pattern]:
    """Those whose text is known, and those of f-strings with `x` for what is filled in."""
    for path in sorted(SERVER.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        named = {
            id(node.value): ast.unparse(node.targets[0]) for node in ast.walk(tree) if isinstance(node, ast.Assign)
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.func, ast.Attribute):
                continue
            method = node.func.attr
            if ast.unparse(node.func.value) != "re" or method not in {"compile", *METHODS}:
                continue
            if text := literal(node.args[0]):
                flags = re.VERBOSE if "VERBOSE" in ast.unparse(node) else 0
                uses = {METHODS[method]} if method in METHODS else _uses(tree, named.get(id(node), ""))
                yield Pattern(f"{path.relative_to(SERVER)}:{node.lineno}", text, flags, frozenset(uses))


def _uses(tree: ast.AST, name: str) -> set[str]:
    """By which methods a module uses what it has given a name."""
    found = {
        METHODS[node.attr]
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in METHODS and ast.unparse(node.value) == name
    }
    return found or set(METHODS.values())


def literal(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)):
        return node.value if isinstance(node.value, str) else node.value.decode("latin-1")
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = literal(node.left), literal(node.right)
        return left + right if left and right else left or right
    return None


def sample(items: Iterable[Any]) -> str:
    """A text that a part of a pattern takes, more or less."""
    return "".join(map(_one, items))


def _one(item: Any) -> str:
    kind, value = item
    if kind is tokens.LITERAL:
        return chr(value)
    if kind is tokens.NOT_LITERAL:
        return "a" if chr(value) != "a" else "b"
    if kind is tokens.ANY:
        return "a"
    if kind is tokens.IN:
        return _choices(value)[0]
    if kind is tokens.BRANCH:
        return sample(value[1][0])
    if kind is tokens.SUBPATTERN:
        return sample(value[-1])
    if kind in REPEATS:
        return sample(value[2]) * max(value[0], 1)
    return ""


REPEATS = {tokens.MAX_REPEAT, tokens.MIN_REPEAT}
CATEGORIES = {
    tokens.CATEGORY_DIGIT: "0", tokens.CATEGORY_WORD: "a", tokens.CATEGORY_SPACE: " ",
    tokens.CATEGORY_NOT_DIGIT: "a", tokens.CATEGORY_NOT_WORD: "!", tokens.CATEGORY_NOT_SPACE: "a",
}  # fmt: skip


def _choices(items: list[Any]) -> list[str]:
    if items[0][0] is tokens.NEGATE:
        taken = {chr(value) for kind, value in items[1:] if kind is tokens.LITERAL}
        return [each for each in "a0 .\n" if each not in taken] or ["~"]
    found = []
    for kind, value in items:
        if kind is tokens.LITERAL:
            found.append(chr(value))
        elif kind is tokens.RANGE:
            found.append(chr(value[0]))
        elif kind is tokens.CATEGORY:
            found.append(CATEGORIES.get(value, "a"))
    return found or ["a"]


def repeated(items: Iterable[Any], before: str = "") -> Iterator[tuple[str, str]]:
    """What stands before each unlimited repetition, and what it may repeat: also what comes behind, which it may take, too."""
    items = list(items)
    for index, (kind, value) in enumerate(items):
        here = before + sample(items[:index])
        if kind in REPEATS:
            body = list(value[2])
            if value[1] is tokens.MAXREPEAT or value[1] > 1000:
                behind = sample(items[index + 1 : index + 2])
                for pump in {sample(body), *_variants(body), sample(body) + behind, behind} - {""}:
                    yield here, pump
            yield from repeated(body, here)
        elif kind is tokens.BRANCH:
            for branch in value[1]:
                yield from repeated(branch, here)
        elif kind is tokens.SUBPATTERN:
            yield from repeated(value[-1], here)
        elif kind in {tokens.ASSERT, tokens.ASSERT_NOT}:
            yield from repeated(value[1], here)


def _variants(body: list[Any]) -> Iterator[str]:
    for kind, value in body:
        if kind is tokens.IN:
            yield from _choices(value)
        elif kind is tokens.BRANCH:
            yield from map(sample, value[1])
        elif kind is tokens.SUBPATTERN:
            yield from _variants(list(value[-1]))


def texts(pattern: Pattern, length: int) -> Iterator[str]:
    found = dict.fromkeys(repeated(parser.parse(pattern.text, pattern.flags)))
    start = next(iter(found), ("", ""))[0]
    for before, pump in [*found, *((start, each) for each in EVERYWHERE)]:
        for end in ENDS:
            yield before + pump * (length // len(pump)) + end


def main(length: int) -> None:
    """Put every pattern to its texts; says on which it is, for whoever has to stop it."""
    for pattern in patterns():
        sys.stdout.write(f"{pattern.place} {pattern.text!a}\n")
        sys.stdout.flush()
        compiled = re.compile(pattern.text, pattern.flags)
        for text in texts(pattern, length):
            for use in pattern.uses:
                getattr(compiled, use)(text)


if __name__ == "__main__":
    main(int(sys.argv[1]))
