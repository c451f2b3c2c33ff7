"""`$filter` of the Table service: comparisons joined by and, or, not and parentheses.

Grammar: the service's REST reference, "Querying tables and entities".
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import unhexlify
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from pystein_runtime.cloud.datetimes import parse_iso

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    Test: TypeAlias = Callable[[Mapping[str, Any]], bool]

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<paren>[()])
    |datetime'(?P<datetime>[^']*)'
    |guid'(?P<guid>[^']*)'
    |(?:X|binary)'(?P<binary>[^']*)'
    |(?P<string>'(?:[^']|'')*')
    |(?P<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?P<suffix>[LlDdFfMm]?)(?![\w])
    |(?P<word>[A-Za-z_][\w]*)
    )""",
    re.VERBOSE,
)
_COMPARISONS = {"eq", "ne", "gt", "ge", "lt", "le"}


class FilterError(ValueError):
    """A filter is malformed."""


class Filter(NamedTuple):
    """A compiled filter."""

    test: Test
    """Takes an entity with its keys, `Timestamp` and types beside its properties."""
    partition: str | None
    """The partition to which it is limited for sure."""


def compile_filter(text: str) -> Filter:
    """The filter of a text.

    Raises:
        FilterError: it is malformed.
    """
    if not text.strip():
        return Filter(lambda _: True, None)
    reader = _Reader(_tokens(text))
    test, partition = reader.alternatives()
    if reader.kind != "end":
        raise FilterError(f"Syntax error behind '{text[: reader.position]}'.")
    return Filter(test, partition)


def _tokens(text: str) -> list[tuple[str, Any, int]]:
    tokens, position = [], 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise FilterError(f"Syntax error at position {position} in '{text}'.")
        kind = match.lastgroup or ""
        kind = "number" if kind == "suffix" else kind
        value = match[kind]
        tokens.append((kind, f"{value}{match['suffix'] or ''}" if kind == "number" else value, match.end()))
        position = match.end()
    return [*tokens, ("end", None, len(text))]


class _Reader:
    """Reads by recursive descent; gives tests, and the partition that they are limited to."""

    def __init__(self, tokens: list[tuple[str, Any, int]]) -> None:
        self._tokens = tokens
        self._index = 0

    @property
    def kind(self) -> str:
        return self._tokens[self._index][0]

    @property
    def position(self) -> int:
        return self._tokens[self._index][2]

    def _take(self) -> tuple[str, Any]:
        kind, value, _ = self._tokens[self._index]
        self._index = min(self._index + 1, len(self._tokens) - 1)
        return kind, value

    def _accept(self, word: str) -> bool:
        kind, value, _ = self._tokens[self._index]
        if kind in {"word", "paren"} and value.lower() == word:
            self._index += 1
            return True
        return False

    def alternatives(self) -> tuple[Test, str | None]:
        tests = [self._both()]
        while self._accept("or"):
            tests.append(self._both())
        if len(tests) == 1:
            return tests[0]
        partitions = {partition for _, partition in tests}
        found = [test for test, _ in tests]
        return lambda entity: any(test(entity) for test in found), partitions.pop() if len(partitions) == 1 else None

    def _both(self) -> tuple[Test, str | None]:
        tests = [self._not()]
        while self._accept("and"):
            tests.append(self._not())
        if len(tests) == 1:
            return tests[0]
        partition = next((item for _, item in tests if item is not None), None)
        found = [test for test, _ in tests]
        return lambda entity: all(test(entity) for test in found), partition

    def _not(self) -> tuple[Test, str | None]:
        if self._accept("not"):
            test, _ = self._not()
            return lambda entity: not test(entity), None
        if self._accept("("):
            found = self.alternatives()
            if not self._accept(")"):
                raise FilterError("A closing parenthesis is missing.")
            return found
        return self._comparison()

    def _comparison(self) -> tuple[Test, str | None]:
        left = self._operand()
        kind, word, _ = self._tokens[self._index]
        if kind != "word" or word.lower() not in _COMPARISONS:
            return lambda entity: left(entity)[0] is True, None  # a Boolean property by itself
        self._index += 1
        name = self._tokens[self._index - 2]
        right = self._operand()
        sign = word.lower()
        partition = None
        if sign == "eq" and name[:2] == ("word", "PartitionKey") and self._tokens[self._index - 1][0] == "string":
            partition = right({})[0]
        return lambda entity: _compare(left(entity), right(entity), sign), partition

    def _operand(self) -> Callable[[Mapping[str, Any]], tuple[Any, bool]]:
        """What gives a value, and whether there is one."""
        kind, value = self._take()
        if kind == "word":
            lower = value.lower()
            if lower in {"true", "false"}:
                return _constant(lower == "true")
            return lambda entity: (native(entity.get(value), entity.get(f"{value}@odata.type")), value in entity)
        if kind in _LITERALS:
            try:
                return _constant(_LITERALS[kind](value))
            except (ValueError, TypeError) as error:
                raise FilterError(f"{value} is no {kind}.") from error
        raise FilterError("A name or a value is missing.")


def _constant(value: Any) -> Callable[[Mapping[str, Any]], tuple[Any, bool]]:
    return lambda _: (value, True)


def _number(text: str) -> float | int:
    if text[-1] in "Ll":
        return int(text[:-1])
    text = text.rstrip("dDfFmM")
    return int(text) if text.lstrip("-").isdigit() else float(text)


def _moment(text: str) -> float:
    seconds = parse_iso(text)
    if seconds is None:
        raise ValueError(text)
    return round(seconds, 6)


_LITERALS: dict[str, Callable[[str], Any]] = {
    "string": lambda text: text[1:-1].replace("''", "'"),
    "number": _number,
    "datetime": lambda text: ("moment", _moment(text)),
    "guid": UUID,
    "binary": unhexlify,
}


def native(value: Any, type_: str | None) -> Any:
    """A property's value as it compares with literals."""
    try:
        if type_ == "Edm.Int64":
            return int(value)
        if type_ == "Edm.Double":
            return float(value)
        if type_ == "Edm.DateTime":
            return ("moment", _moment(value))
        if type_ == "Edm.Guid":
            return UUID(value)
        if type_ == "Edm.Binary":
            return b64decode(value)
    except (ValueError, TypeError):
        return value
    return value


def _compare(left: tuple[Any, bool], right: tuple[Any, bool], sign: str) -> bool:
    """A comparison; with what is missing or of another type, only `ne` may hold."""
    (a, has_a), (b, has_b) = left, right
    if not has_a or not has_b:
        return False
    if _kind(a) != _kind(b):
        return sign == "ne"
    if isinstance(a, UUID):
        a, b = a.bytes, b.bytes
    if sign in {"eq", "ne"}:
        return bool(a == b) == (sign == "eq")
    return bool({"gt": a > b, "ge": a >= b, "lt": a < b, "le": a <= b}[sign])


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "bool"
    return "number" if isinstance(value, int | float) else type(value).__name__
