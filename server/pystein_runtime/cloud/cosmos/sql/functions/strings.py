"""Functions of text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud.cosmos.sql.values import UNDEFINED, is_number

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_LENGTH = 1 << 20  # characters that REPLICATE makes at most
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}


def _text(*values: Any) -> None:
    """Raises TypeError unless all are text."""
    if not all(isinstance(value, str) for value in values):
        raise TypeError


def _comparing(compare: Callable[[str, str], Any]) -> Callable[..., Any]:
    """A function of two texts and whether case does not matter."""

    def evaluate(text: Any, wanted: Any, ignore_case: Any = False) -> Any:
        _text(text, wanted)
        if not isinstance(ignore_case, bool):
            return UNDEFINED
        return compare(text.casefold(), wanted.casefold()) if ignore_case else compare(text, wanted)

    return evaluate


def _index_of(text: Any, wanted: Any, start: Any = 0) -> Any:
    _text(text, wanted)
    return text.find(wanted, max(int(start), 0))


def _last_index_of(text: Any, wanted: Any) -> Any:
    _text(text, wanted)
    return text.rfind(wanted)


def _concat(*values: Any) -> Any:
    _text(*values)
    return "".join(values)


def _left(text: Any, length: Any) -> Any:
    _text(text)
    return text[: max(int(length), 0)]


def _right(text: Any, length: Any) -> Any:
    _text(text)
    return text[max(len(text) - max(int(length), 0), 0) :]


def _substring(text: Any, start: Any, length: Any) -> Any:
    _text(text)
    begin = int(start)
    end = begin + max(int(length), 0)
    return text[max(begin, 0) : max(end, 0)]


def _length(text: Any) -> Any:
    _text(text)
    return len(text)


def _of_text(change: Callable[[str], str]) -> Callable[[Any], Any]:
    def evaluate(text: Any) -> Any:
        _text(text)
        return change(text)

    return evaluate


def _trimming(trim: Callable[[str, str | None], str]) -> Callable[..., Any]:
    def evaluate(text: Any, characters: Any = None) -> Any:
        _text(text)
        return trim(text, characters)

    return evaluate


def _replace(text: Any, old: Any, new: Any) -> Any:
    _text(text, old, new)
    return text.replace(old, new) if old else text


def _replicate(text: Any, times: Any) -> Any:
    _text(text)
    count = int(times)
    return UNDEFINED if count < 0 or count * len(text) > MAX_LENGTH else text * count


def _split(text: Any, separator: Any) -> Any:
    _text(text, separator)
    return text.split(separator) if separator else [text]


def _join(texts: Any, separator: Any) -> Any:
    _text(separator, *texts)
    return separator.join(texts)


def _matches(text: Any, pattern: Any, modifiers: Any = "") -> Any:
    _text(text, pattern, modifiers)
    return _regular(pattern, modifiers).search(text) is not None


@lru_cache(maxsize=64)
def _regular(pattern: str, modifiers: str) -> re.Pattern[str]:
    flags = 0
    for sign in modifiers:
        flags |= _FLAGS[sign] if sign in _FLAGS else _invalid(sign)
    return re.compile(pattern, flags)


def _invalid(sign: str) -> int:
    raise ValueError(sign)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _contains_phrase(text: Any, phrase: Any) -> bool:
    _text(text, phrase)
    words, wanted = _words(text), _words(phrase)
    return bool(wanted) and any(words[at : at + len(wanted)] == wanted for at in range(len(words)))


def _contains_all(text: Any, *phrases: Any) -> Any:
    return all(_contains_phrase(text, phrase) for phrase in phrases)


def _contains_any(text: Any, *phrases: Any) -> Any:
    return any(_contains_phrase(text, phrase) for phrase in phrases)


def _number_of(value: Any) -> int:
    if not is_number(value):
        raise TypeError
    return int(value)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "CONCAT": _concat,
    "CONTAINS": _comparing(lambda text, wanted: wanted in text),
    "ENDSWITH": _comparing(str.endswith),
    "INDEX_OF": _index_of,
    "LASTINDEXOF": _last_index_of,
    "LEFT": lambda text, length: _left(text, _number_of(length)),
    "LENGTH": _length,
    "LOWER": _of_text(str.lower),
    "LTRIM": _trimming(str.lstrip),
    "REGEXMATCH": _matches,
    "REPLACE": _replace,
    "REPLICATE": lambda text, times: _replicate(text, _number_of(times)),
    "REVERSE": _of_text(lambda text: text[::-1]),
    "RIGHT": lambda text, length: _right(text, _number_of(length)),
    "RTRIM": _trimming(str.rstrip),
    "STARTSWITH": _comparing(str.startswith),
    "STRINGEQUALS": _comparing(lambda text, wanted: text == wanted),
    "STRINGJOIN": _join,
    "STRINGSPLIT": _split,
    "SUBSTRING": lambda text, start, length: _substring(text, _number_of(start), _number_of(length)),
    "TRIM": _trimming(str.strip),
    "UPPER": _of_text(str.upper),
    "FULLTEXTCONTAINS": _contains_phrase,
    "FULLTEXTCONTAINSALL": _contains_all,
    "FULLTEXTCONTAINSANY": _contains_any,
}
