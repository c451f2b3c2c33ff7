"""Grammar newer than the Python that runs us, written in older words, so that a user's Python 3.14 can be read with 3.10."""

from __future__ import annotations

import re
import sys
from typing import NamedTuple

from pystein_lsp.syntax import strings

Version = tuple[int, int]

NEWEST: Version = (3, 14)
"""The newest grammar that is known here."""

_QUOTES = r"(?:\b(?P<prefix>[A-Za-z]{1,2}))?(?P<quotes>\"{3}|'{3}|\"|')"
_TOKEN = re.compile(rf"\#[^\n]*|{_QUOTES}")
_HOLE_TOKEN = re.compile(rf"\#[^\n]*|{_QUOTES}|[(\[{{]|[)\]}}]|![rsa]?(?!=)|:")
_FORMATTED = re.compile(r"[{}\\\n\"']")
_TYPE_PARAMETERS = re.compile(r"^[ \t]*(?:(?:async[ \t]+)?def|class)[ \t]+\w+[ \t]*(\[)", re.MULTILINE)
_TYPE_STATEMENT = re.compile(r"^([ \t]*)type[ \t]+(\w+)([ \t]*)(?=[\[=])", re.MULTILINE)
_EXCEPT_STAR = re.compile(r"^[ \t]*except[ \t]*(\*)", re.MULTILINE)
_EXCEPT_LIST = re.compile(r"^[ \t]*except\b(?![^\n]*,[ \t]*(?:e|ex|exc|err)[ \t]*:)[^\n(:]*?(,)[^\n(]*:", re.MULTILINE)
"""`except A, B:`, but not Python 2's `except A, e:`."""
_STARRED_INDEX = re.compile(
    r"[\w\])][ \t]*\[(?:[^\[\]=]*,)?[ \t]*(\*)(?!\*)\w|^[^\n#]*\*\w+[ \t]*:[ \t]*(\*)\w", re.MULTILINE
)
MAX_NESTING = 50
"""How many formatted strings inside each other are followed."""


class Older(NamedTuple):
    """A text in older words, of the same length and with everything in its place."""

    text: str
    holes: tuple[tuple[int, int], ...]
    """Where the expressions inside formatted strings stand, which `text` does not hold."""
    sure: bool
    """False where something had to stay as it was, so that a failure proves nothing."""


def older(text: str, version: Version = sys.version_info[:2]) -> Older | None:
    """Rewrite what only Pythons newer than `version` can read; None where there is nothing of the kind."""
    if version >= NEWEST:
        return None
    return _Rewriting(text, version).run()


class _Quoted(NamedTuple):
    """The formatted string that one is inside of."""

    quotes: str
    raw: bool
    nesting: int


class _Rewriting:
    def __init__(self, text: str, version: Version) -> None:
        self._source = text
        self._version = version
        self._result = list(text)
        self._masked = list(text)
        self._holes: list[tuple[int, int]] = []
        self._sure = True

    def run(self) -> Older | None:
        self._strings()
        self._statements()
        text = "".join(self._result)
        if text == self._source and self._sure:
            return None
        return Older(text, tuple(self._holes), self._sure)

    # Strings

    def _strings(self) -> None:
        position = 0
        while token := _TOKEN.search(self._source, position):
            end: int | None = token.end()
            if token["quotes"]:
                end = self._outer_string(token)
                if end is None:
                    return
            self._masked[token.start() : end] = _shape(self._source[token.start() : end], " ")
            position = end or token.end()

    def _outer_string(self, token: re.Match[str]) -> int | None:
        """Behind a string whose opening quotes were read; None where it does not end."""
        holes: list[tuple[int, int]] = []
        end = self._string(token, holes, 0)
        if end is None:
            return None
        template = "t" in (token["prefix"] or "").lower()
        if self._version >= ((3, 14) if template else (3, 12)):
            return end
        if holes:
            simple = _simple(self._source[token.start() : end])
            if simple:
                self._result[token.start() : end] = simple
                self._holes.extend(holes)
            else:
                self._sure = False
        elif template:
            prefix = slice(token.start("prefix"), token.end("prefix"))
            self._result[prefix] = self._source[prefix].replace("t", "f").replace("T", "F")
        return end

    def _string(self, token: re.Match[str], holes: list[tuple[int, int]], nesting: int) -> int | None:
        prefix, quotes = (token["prefix"] or "").lower(), token["quotes"]
        if not set(prefix) & {"f", "t"}:
            closing = strings.END[quotes].match(self._source, token.end())
            return closing.end() if closing else None
        if nesting > MAX_NESTING:
            return None
        return self._formatted(token.end(), _Quoted(quotes, "r" in prefix, nesting), holes)

    def _formatted(self, position: int, within: _Quoted, holes: list[tuple[int, int]]) -> int | None:
        """Behind the closing quotes of a formatted string (PEP 701)."""
        source = self._source
        while found := _FORMATTED.search(source, position):
            position = found.start()
            symbol = found.group()
            if source.startswith(within.quotes, position):
                return position + len(within.quotes)
            if symbol == "\n" and len(within.quotes) == 1:
                return None
            if symbol == "\\":
                if source.startswith("\\N{", position) and not within.raw:
                    position = source.find("}", position) + 1 or len(source)
                else:
                    position += 1 if source[position + 1 : position + 2] in ("{", "}") else 2
            elif source[position : position + 2] in ("{{", "}}"):
                position += 2
            elif symbol == "{":
                after = self._hole(position + 1, within, holes)
                if after is None:
                    return None
                position = after
            else:
                position += 1
        return None

    def _hole(self, start: int, within: _Quoted, holes: list[tuple[int, int]]) -> int | None:
        """Behind the brace that closes a replacement field whose expression starts at `start`."""
        position, depth = start, 0
        while token := _HOLE_TOKEN.search(self._source, position):
            position = token.end()
            symbol = token.group()
            if token["quotes"]:
                after = self._string(token, [], within.nesting + 1)
                if after is None:
                    return None
                position = after
            elif symbol in ("(", "[", "{"):
                depth += 1
            elif depth and symbol in (")", "]", "}"):
                depth -= 1
            elif depth or symbol.startswith("#"):
                continue
            elif symbol in (")", "]"):
                return None
            else:
                holes.append((start, token.start()))
                return self._field_end(token, within, holes)
        return None

    def _field_end(self, token: re.Match[str], within: _Quoted, holes: list[tuple[int, int]]) -> int | None:
        """Behind the brace that closes a field, from what ends its expression: `}`, `:` or `!r`."""
        position = token.end()
        if token.group() == "}":
            return position
        if token.group() == ":":
            return self._format(position, within, holes)
        following = self._source[position : position + 1]
        if following == ":":
            return self._format(position + 1, within, holes)
        return position + 1 if following == "}" else None

    def _format(self, position: int, within: _Quoted, holes: list[tuple[int, int]]) -> int | None:
        """Behind the brace that ends a format specification, which may hold fields of its own."""
        while found := _FORMATTED.search(self._source, position):
            position = found.start()
            symbol = found.group()
            if symbol == "}":
                return position + 1
            if self._source.startswith(within.quotes, position) or (symbol == "\n" and len(within.quotes) == 1):
                return None
            position += 1
            if symbol == "{":
                after = self._hole(position, within, holes)
                if after is None:
                    return None
                position = after
        return None

    # Statements

    def _statements(self) -> None:
        masked = "".join(self._masked)
        if self._version < (3, 13):
            for match in _TYPE_PARAMETERS.finditer(masked):
                self._blank_brackets(masked, match.start(1))
        if self._version < (3, 12):
            for match in _TYPE_STATEMENT.finditer(masked):
                name, filler = match[2], match.end() - match.end(1) - len(match[2])
                self._result[match.end(1) : match.end()] = name + " " * filler
                if masked[match.end()] == "[":
                    self._blank_brackets(masked, match.end())
        if self._version < (3, 11):
            for match in _EXCEPT_STAR.finditer(masked):
                self._result[match.start(1)] = " "
            for match in _STARRED_INDEX.finditer(masked):
                self._result[match.start(match.lastindex or 1)] = " "
        for match in _EXCEPT_LIST.finditer(masked):
            for offset in range(match.start(1), match.end()):
                if masked[offset] == ",":
                    self._result[offset] = "|"

    def _blank_brackets(self, masked: str, start: int) -> None:
        depth = 0
        for offset in range(start, len(masked)):
            depth += {"[": 1, "]": -1}.get(masked[offset], 0)
            if depth == 0:
                self._result[start : offset + 1] = _shape(masked[start : offset + 1], " ")
                return


def _shape(text: str, filler: str) -> list[str]:
    return [symbol if symbol == "\n" else filler for symbol in text]


def _simple(token: str) -> str | None:
    """A formatted string of the same shape that every Python reads, and whose value nobody takes for known."""
    lines = "\n" in token
    quotes = '"""' if lines or len(token) >= 10 else '"'
    body = _shape(token[1 + len(quotes) : -len(quotes)], "_")
    for index in range(len(body) - 2):
        if "\n" not in body[index : index + 3]:
            body[index : index + 3] = "{0}"
            shape = f"f{quotes}{''.join(body)}{quotes}"
            return shape if [s == "\n" for s in shape] == [s == "\n" for s in token] else None
    return None
