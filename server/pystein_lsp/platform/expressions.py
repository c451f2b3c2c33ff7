"""`%SETTING%` and `{expression}` in the properties of bindings, as the host's parsers read them.

Grammar and refusals: azure-webjobs-sdk, `NameResolverExtensions`, `BindingTemplateParser` and `BindingTemplateToken`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

BUILT_IN = ("rand-guid", "datetime", "sys.utcnow", "sys.randguid", "sys.methodname")

_TOKEN = re.compile(r"(?P<escape>\{\{|\}\})|\{(?P<body>[^{}]*)\}|(?P<literal>[^{}]+)|(?P<unbalanced>[{}])")


class Literal(NamedTuple):
    """Plain text of a template, doubled braces undone."""

    text: str


class Expression(NamedTuple):
    """`{name.path:format}` of a template, or `%NAME%` of a text."""

    name: str
    offset: int
    length: int
    format: str | None = None


class Mistake(NamedTuple):
    """What the host cannot read."""

    message: str
    offset: int
    length: int
    refusal: str
    """As the host says it."""


def template(text: str) -> Iterator[Literal | Expression | Mistake]:
    """The parts of a template; nothing behind a brace without a partner."""
    for match in _TOKEN.finditer(text):
        if match["literal"]:
            yield Literal(match["literal"])
        elif match["escape"]:
            yield Literal(match["escape"][0])
        elif match["unbalanced"]:
            yield _unbalanced(text, match.start())
            return
        else:
            yield _expression(text, match)


def expressions(text: str) -> Iterator[Expression | Mistake]:
    """The parts of a template without its plain text."""
    return (part for part in template(text) if not isinstance(part, Literal))


def settings_in(text: str) -> Iterator[Expression | Mistake]:
    """The `%SETTING%` parts of a text."""
    start = text.find("%")
    while start >= 0:
        end = text.find("%", start + 1)
        if end < 0:
            refusal = f"The '%' at position {start} does not have a closing '%'"
            yield Mistake("this '%' is never closed", start, 1, refusal)
            return
        name, length = text[start + 1 : end], end + 1 - start
        if name:
            yield Expression(name, start, length)
        else:
            yield Mistake("no setting is named between the two '%'", start, 2, "'%%' does not resolve to a value.")
        start = text.find("%", end + 1)


def _unbalanced(text: str, position: int) -> Mistake:
    opens = text[position] == "{"
    missing = "closing" if opens else "opening"
    refusal = f"Invalid template '{text}'. Missing {missing} bracket at position {position + 1}."
    if opens:
        return Mistake("this '{' is never closed", position, len(text) - position, refusal)
    return Mistake("this '}' closes no expression", position, 1, refusal)


def _expression(text: str, match: re.Match[str]) -> Expression | Mistake:
    start, length = match.start(), match.end() - match.start()
    name, colon, form = match["body"].partition(":")
    first, *path = name.split(".")
    if not name.strip():
        refusal = f"Invalid template '{text}'. The parameter name at position {start + 1} is empty."
        return Mistake("this expression is empty", start, length, refusal)
    if "-" in first and first.lower() != "rand-guid":
        refusal = f"Invalid template '{text}'. The parameter name '{name}' is invalid."
        return Mistake(f"the name '{first}' may not hold '-'", start, length, refusal)
    if not all(part.strip() for part in (first, *path)):
        return Mistake(f"a part of '{name}' is empty", start, length, f"Illegal expression: {name}")
    return Expression(name, start, length, form if colon else None)
