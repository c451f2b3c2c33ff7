"""`%SETTING%` and `{expression}` in arguments: what the rules about them share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

BUILT_IN = ("rand-guid", "datetime", "sys.utcnow", "sys.randguid", "sys.methodname")
_NAME = re.compile(r"[^{}:]*")


class Part(NamedTuple):
    """`{name:format}` of a text, or what is wrong with it."""

    name: str
    offset: int
    length: int
    problem: str | None = None


def expressions(text: str) -> Iterator[Part]:
    """The binding expressions of a text, as the host's template parser reads them; doubled braces are text.

    Source: azure-webjobs-sdk, `BindingTemplateParser`.
    """
    position = 0
    while position < len(text):
        if text.startswith(("{{", "}}"), position):
            position += 2
        elif text[position] == "}":
            yield Part("", position, 1, "this '}' closes no expression")
            return
        elif text[position] == "{":
            end = text.find("}", position)
            if end < 0:
                yield Part("", position, len(text) - position, "this '{' is never closed")
                return
            yield _part(text, position, end)
            position = end + 1
        else:
            position += 1


def _part(text: str, start: int, end: int) -> Part:
    body = text[start + 1 : end]
    match = _NAME.match(body)
    name = (match.group() if match else "").strip()
    length = end + 1 - start
    if not name:
        return Part(name, start, length, "this expression is empty")
    if "{" in body:
        return Part(name, start, length, "this expression holds another '{'")
    first = name.partition(".")[0]
    if "-" in first and name.lower() != "rand-guid":
        return Part(name, start, length, f"the name '{first}' may not hold '-'")
    return Part(name, start, length)


def settings_in(text: str) -> Iterator[Part]:
    """The `%SETTING%` parts of a text."""
    position = text.find("%")
    while position >= 0:
        end = text.find("%", position + 1)
        if end < 0:
            yield Part("", position, 1, "this '%' is never closed")
            return
        name = text[position + 1 : end]
        yield Part(name, position, end + 1 - position, None if name else "no setting is named between the two '%'")
        position = text.find("%", end + 1)
