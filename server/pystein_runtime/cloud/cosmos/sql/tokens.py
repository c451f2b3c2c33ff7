"""The words of a query."""

from __future__ import annotations

import json
import re
from typing import Any, Literal, NamedTuple

from .errors import QueryError
from .values import number

_TOKEN = re.compile(
    r"""(?P<space>\s+|--[^\n]*|/\*.*?\*/)
      | (?P<number>0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
      | (?P<string>'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*")
      | (?P<parameter>@\w+)
      | (?P<word>[^\W\d]\w*)
      | (?P<sign>>>>|<<|>>|<=|>=|!=|<>|\?\?|\|\||[-+*/%=<>(),.\[\]{}:?&|^~!])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


class Token(NamedTuple):
    """A word with its place."""

    kind: Literal["number", "string", "parameter", "word", "sign", "end"]
    text: str
    """As written; for words that are compared, `lower` is."""
    value: Any
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The word without regard to case; empty for what is no word and no sign."""
        return self.text.lower() if self.kind in {"word", "sign"} else ""


def split(text: str) -> list[Token]:
    """The words of a query; the last one is the end.

    Raises:
        QueryError: something that is no word.
    """
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            near = text[position : position + 1]
            message = "invalid string literal token" if near in "'\"" else "invalid token"
            code = "SC1012" if near in "'\"" else "SC1010"
            raise QueryError(f"Syntax error, {message} '{near}'.", code, position, position + 1)
        kind = found.lastgroup
        if kind != "space":
            word = found.group()
            tokens.append(Token(kind, word, _value(str(kind), word), position, found.end()))  # type: ignore[arg-type] # the groups' names
        position = found.end()
    tokens.append(Token("end", "", None, len(text), len(text)))
    return tokens


def _value(kind: str, text: str) -> Any:
    if kind == "number":
        if text[:2].lower() == "0x":
            return int(text, 16)
        return number(float(text)) if any(sign in text for sign in ".eE") else int(text)
    if kind == "string":
        quote = text[0]
        return _ESCAPE.sub(_unescape, text[1:-1].replace(quote * 2, quote))
    return None


def _unescape(found: re.Match[str]) -> str:
    what = found[1]
    if len(what) == 5:
        return str(json.loads(f'"\\{what}"'))
    return _ESCAPED.get(what, what)
