"""JSON as the platform's readers take it (comments, trailing commas, single quotes), with positions; never fails."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from os import PathLike
from typing import NamedTuple, TypeAlias

from pystein_lsp.syntax.span import Span

MAX_DEPTH = 100

_SPACE = re.compile(r"(?:[\s\ufeff]+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_STRING = re.compile(r""""[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'""")
_WORD = re.compile(r"[^\s,:{}\[\]\"'/]+")
_WORDS = {"true": True, "false": False, "null": None}

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"


class JsonError(ValueError):
    """A file cannot be read as JSON; the text is a whole sentence for the user."""


class JsonProblem(NamedTuple):
    """Something that no reader of the platform takes."""

    message: str
    span: Span


class Member(NamedTuple):
    """A key of an object with its value; the value is None where it is missing."""

    key: str
    key_span: Span
    value: Node | None


class Node(NamedTuple):
    """A JSON value and where it stands."""

    kind: str
    """`object`, `array`, `string`, `number`, `boolean`, `null` or `broken`."""
    value: str | int | float | bool | None
    span: Span
    members: tuple[Member, ...] = ()
    items: tuple[Node, ...] = ()

    def get(self, key: str) -> Node | None:
        """The value of a key, in whatever case it is written; the last one counts."""
        wanted = key.lower()
        return next((member.value for member in reversed(self.members) if member.key.lower() == wanted), None)

    def plain(self) -> Plain:
        """The value as Python's own types."""
        if self.kind == "object":
            return {member.key: member.value.plain() if member.value else None for member in self.members}
        if self.kind == "array":
            return [item.plain() for item in self.items]
        return self.value


EMPTY = Node("object", None, Span(0, 0, 0, 0))
"""An object without members."""


class Json(NamedTuple):
    """A JSON text: its root, as far as it could be read, and what is wrong."""

    root: Node | None
    problems: tuple[JsonProblem, ...]


def read_json(text: str) -> Json:
    """Read a JSON text; never fails."""
    reader = _JsonReader(text)
    root = reader.document()
    return Json(root, tuple(reader.problems))


def read_object(path: str | PathLike[str]) -> Node | None:
    """The object in a file; None when there is no such file, an object without members when the file is empty.

    Raises:
        JsonError: it cannot be opened, decoded or read, or holds something else.
    """
    try:
        with open(path, "rb") as file:
            text = file.read().decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise JsonError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise JsonError(f"{path} is not UTF-8 text (byte {error.start}).") from error
    if not text.strip():
        return EMPTY
    root, problems = read_json(text)
    if problems:
        message, span = problems[0]
        raise JsonError(f"{path}:{span.line + 1}:{span.column + 1} is not valid JSON: {message}.")
    if root is None or root.kind != "object":
        raise JsonError(f"{path} must hold a JSON object.")
    return root


class _JsonReader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self.problems: list[JsonProblem] = []

    def document(self) -> Node | None:
        self._skip()
        if self._position >= len(self._text):
            self._problem("the file is empty: a JSON object is expected", 0)
            return None
        root = self._value(0)
        self._skip()
        if self._position < len(self._text) and not self.problems:
            self._problem("nothing may follow the closing bracket", self._position)
        return root

    def _value(self, depth: int) -> Node:
        start = self._position
        symbol = self._text[start : start + 1]
        if symbol in ("{", "["):
            if depth >= MAX_DEPTH:
                self._problem(f"nested more than {MAX_DEPTH} levels deep", start)
                self._position = len(self._text)
                return Node("broken", None, self._span(start, start + 1))
            return self._object(depth) if symbol == "{" else self._array(depth)
        if string := self._string():
            return string
        if match := _WORD.match(self._text, start):
            self._position = match.end()
            return self._word(match.group(), self._span(start, match.end()))
        self._problem("a value is expected", start)
        return Node("broken", None, self._span(start, min(start + 1, len(self._text))))

    def _word(self, word: str, span: Span) -> Node:
        if word in _WORDS:
            value = _WORDS[word]
            return Node("null" if value is None else "boolean", value, span)
        try:
            number = json.loads(word)
        except ValueError:
            number = None
        if isinstance(number, (int, float)):
            return Node("number", number, span)
        self.problems.append(JsonProblem("this is not a JSON value: text goes in double quotes", span))
        return Node("broken", word, span)

    def _string(self) -> Node | None:
        match = _STRING.match(self._text, self._position)
        if not match:
            if self._text[self._position : self._position + 1] in ('"', "'"):
                end = self._text.find("\n", self._position)
                end = len(self._text) if end < 0 else end
                self._problem("this string has no closing quote", self._position, end)
                node = Node("broken", self._text[self._position + 1 : end], self._span(self._position, end))
                self._position = end
                return node
            return None
        self._position = match.end()
        raw = match.group()
        body = raw if raw[0] == '"' else '"' + raw[1:-1].replace('"', '\\"').replace("\\'", "'") + '"'
        try:
            value = json.loads(body, strict=False)
        except ValueError:
            self.problems.append(JsonProblem("this string holds an unknown escape", self._span(*match.span())))
            value = raw[1:-1]
        return Node("string", value, self._span(*match.span()))

    def _object(self, depth: int) -> Node:
        start = self._position
        self._position += 1
        members: list[Member] = []
        while not self._closed("}", start):
            key_start = self._position
            key = self._string()
            if key is None:
                word = _WORD.match(self._text, key_start)
                if not word:
                    self._problem("a key in double quotes is expected", key_start)
                    self._position = len(self._text)
                    break
                self._position = word.end()
                key = Node("string", word.group(), self._span(*word.span()))
                self.problems.append(JsonProblem(f"the key {word.group()} needs double quotes", key.span))
            self._skip()
            value = None
            if self._take(":"):
                self._skip()
                value = self._value(depth + 1)
            else:
                self.problems.append(
                    JsonProblem(f"a colon and a value are missing behind the key '{key.value}'", key.span)
                )
            members.append(Member(str(key.value), key.span, value))
            self._separator()
        return Node("object", None, self._span(start, self._position), tuple(members))

    def _array(self, depth: int) -> Node:
        start = self._position
        self._position += 1
        items: list[Node] = []
        while not self._closed("]", start):
            before = self._position
            items.append(self._value(depth + 1))
            self._separator()
            if self._position == before:
                self._position = len(self._text)
        return Node("array", None, self._span(start, self._position), items=tuple(items))

    def _closed(self, bracket: str, start: int) -> bool:
        self._skip()
        if self._position >= len(self._text):
            if not self.problems:
                self._problem(f"this bracket is never closed: '{bracket}' is missing at the end", start)
            return True
        following = self._text[self._position]
        if following != bracket and following in "}]":
            self._problem(f"'{bracket}' is missing before this '{following}'", self._position)
            return True
        return self._take(bracket)

    def _separator(self) -> None:
        end = self._position
        self._skip()
        following = self._text[self._position : self._position + 1]
        if not self._take(",") and following not in ("}", "]", ""):
            self._problem("a comma is missing here", end)

    def _take(self, symbol: str) -> bool:
        if self._text.startswith(symbol, self._position):
            self._position += 1
            return True
        return False

    def _skip(self) -> None:
        if match := _SPACE.match(self._text, self._position):
            self._position = match.end()

    def _problem(self, message: str, start: int, end: int | None = None) -> None:
        self.problems.append(JsonProblem(message, self._span(start, min(end or start + 1, len(self._text)))))

    def _span(self, start: int, end: int) -> Span:
        return Span(*self._place(start), *self._place(end))

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset) - 1
        return line, offset - self._lines[line]
