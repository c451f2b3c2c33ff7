"""Which messages of a topic a subscription takes: correlation filters, and the SQL that people write in rules.

Rules: the Service Bus reference, "SQLFilter syntax": comparisons, AND, OR, NOT, IN, LIKE, IS NULL, EXISTS, arithmetic;
a condition without a value (a property that is missing) is not met.
"""

from __future__ import annotations

import operator
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from .entities import BusError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<name>(?:\[[^\]]+\]|\"[^\"]+\"|[A-Za-z_@$]"
    r"[\w$-]*)(?:\.(?:\[[^\]]+\]|[A-Za-z_$][\w$-]*))?)|(?P<sign><>|!=|<=|>=|[=<>(),+\-*/%]))"
)
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq, "<>": operator.ne, "!=": operator.ne,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_CALCULATE: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "%": operator.mod,
}  # fmt: skip


class Candidate(NamedTuple):
    """What a filter may look at."""

    system: Mapping[str, Any]
    """By name in lower case: `messageid`, `label`, `correlationid`, `to`, `replyto`, `sessionid`, `contenttype`, ..."""
    user: Mapping[str, Any]
    """Application properties."""


def matches(filter_: Mapping[str, Any], candidate: Candidate) -> bool:
    """Whether a rule's filter takes a message."""
    match filter_["kind"]:
        case "true":
            return True
        case "correlation":
            system = {name.lower(): value for name, value in filter_.get("system", {}).items()}
            return all(_same(candidate.system.get(name), value) for name, value in system.items()) and all(
                _same(candidate.user.get(name), value) for name, value in filter_.get("properties", {}).items()
            )
        case "sql":
            return parse(filter_["expression"])(candidate) is True
    return False


def _same(left: Any, right: Any) -> bool:
    return left is not None and (left == right or str(left) == str(right))


@lru_cache(maxsize=256)
def parse(expression: str) -> Callable[[Candidate], Any]:
    """A test of an expression: True, False, or None where a value is missing.

    Raises:
        BusError: the expression cannot be read.
    """
    reader = _Reader(expression)
    test = reader.either()
    if reader.token is not None:
        raise reader.refusal()
    return test


class _Reader:
    """Reads an expression from left to right; one method for each precedence."""

    def __init__(self, expression: str) -> None:
        self._expression = expression
        self._position = 0
        self.token: tuple[str, str] | None = None
        self._advance()

    def refusal(self) -> BusError:
        where = f"near '{self.token[1]}'" if self.token else "at its end"
        return BusError("com.microsoft:argument-error", f"The SQL filter '{self._expression}' cannot be read {where}.")

    def _advance(self) -> None:
        rest = self._expression[self._position :]
        if not rest.strip():
            self.token = None
            return
        found = _TOKEN.match(self._expression, self._position)
        if found is None or found.lastgroup is None:
            self.token = ("sign", rest.strip()[0])
            raise self.refusal()
        self._position = found.end()
        self.token = (found.lastgroup, found[found.lastgroup])

    def _word(self, *words: str) -> str | None:
        """The token if it is one of some words, which is then passed."""
        if self.token and self.token[0] != "text" and self.token[1].upper() in words:
            word = self.token[1].upper()
            self._advance()
            return word
        return None

    def _need(self, word: str) -> None:
        if self._word(word) is None:
            raise self.refusal()

    def either(self) -> Callable[[Candidate], Any]:
        left = self._both()
        while self._word("OR"):
            left = _or(left, self._both())
        return left

    def _both(self) -> Callable[[Candidate], Any]:
        left = self._negated()
        while self._word("AND"):
            left = _and(left, self._negated())
        return left

    def _negated(self) -> Callable[[Candidate], Any]:
        if self._word("NOT"):
            return _not(self._negated())
        return self._condition()

    def _condition(self) -> Callable[[Candidate], Any]:
        left = self._sum()
        sign = self._word(*_COMPARE)
        if sign:
            return _binary(_COMPARE[sign], left, self._sum())
        if self._word("IS"):
            negated = self._word("NOT") is not None
            self._need("NULL")
            return lambda candidate: (left(candidate) is None) is not negated
        negated = self._word("NOT") is not None
        if self._word("IN"):
            test = self._among(left)
        elif self._word("LIKE"):
            test = self._like(left)
        elif negated:
            raise self.refusal()
        else:
            return left
        return _not(test) if negated else test

    def _among(self, left: Callable[[Candidate], Any]) -> Callable[[Candidate], Any]:
        self._need("(")
        choices = [self._sum()]
        while self._word(","):
            choices.append(self._sum())
        self._need(")")

        def test(candidate: Candidate) -> bool | None:
            value = left(candidate)
            return None if value is None else any(value == choice(candidate) for choice in choices)

        return test

    def _like(self, left: Callable[[Candidate], Any]) -> Callable[[Candidate], Any]:
        pattern = self._sum()
        escape = self._sum() if self._word("ESCAPE") else None

        def test(candidate: Candidate) -> bool | None:
            value, wanted = left(candidate), pattern(candidate)
            if value is None or wanted is None:
                return None
            mark = str(escape(candidate)) if escape else ""
            return re.fullmatch(_like_pattern(str(wanted), mark), str(value), re.DOTALL) is not None

        return test

    def _sum(self) -> Callable[[Candidate], Any]:
        left = self._product()
        while sign := self._word("+", "-"):
            left = _binary(_CALCULATE[sign], left, self._product())
        return left

    def _product(self) -> Callable[[Candidate], Any]:
        left = self._operand()
        while sign := self._word("*", "/", "%"):
            left = _binary(_CALCULATE[sign], left, self._operand())
        return left

    def _operand(self) -> Callable[[Candidate], Any]:
        if self.token is None:
            raise self.refusal()
        kind, text = self.token
        if self._word("("):
            inner = self.either()
            self._need(")")
            return inner
        if self._word("-"):
            return _binary(operator.sub, lambda _: 0, self._operand())
        if kind == "sign":
            raise self.refusal()
        self._advance()
        if kind == "text":
            value: Any = text[1:-1].replace("''", "'")
            return lambda _: value
        if kind == "number":
            number = float(text) if re.search(r"[.eE]", text) else int(text)
            return lambda _: number
        constant = {"TRUE": True, "FALSE": False, "NULL": None}
        if text.upper() in constant:
            return lambda _: constant[text.upper()]
        if text.upper() == "EXISTS":
            self._need("(")
            inner = self._operand()
            self._need(")")
            return lambda candidate: inner(candidate) is not None
        return _property(text)


def _property(text: str) -> Callable[[Candidate], Any]:
    scope, dot, name = text.partition(".") if not text.startswith(("[", '"')) else ("", "", text)
    if not dot:
        scope, name = "user", text
    name = name.strip('[]"')
    if scope.lower() == "sys":
        key = name.lower()
        return lambda candidate: candidate.system.get("label" if key == "subject" else key)
    return lambda candidate: candidate.user.get(name)


def _like_pattern(pattern: str, escape: str) -> str:
    parts: list[str] = []
    quoted = False
    for character in pattern:
        if quoted or character not in {"%", "_", escape}:
            parts.append(re.escape(character))
            quoted = False
        elif character == escape:
            quoted = True
        else:
            parts.append(".*" if character == "%" else ".")
    return "".join(parts)


def _binary(
    function: Callable[[Any, Any], Any], left: Callable[[Candidate], Any], right: Callable[[Candidate], Any]
) -> Callable[[Candidate], Any]:
    def test(candidate: Candidate) -> Any:
        one, other = left(candidate), right(candidate)
        if one is None or other is None:
            return None
        try:
            return function(one, other)
        except (TypeError, ZeroDivisionError):  # values that cannot be compared meet no condition
            return None

    return test


def _and(left: Callable[[Candidate], Any], right: Callable[[Candidate], Any]) -> Callable[[Candidate], Any]:
    def test(candidate: Candidate) -> bool | None:
        values = (left(candidate), right(candidate))
        return False if False in values else None if None in values else True

    return test


def _or(left: Callable[[Candidate], Any], right: Callable[[Candidate], Any]) -> Callable[[Candidate], Any]:
    def test(candidate: Candidate) -> bool | None:
        values = (left(candidate), right(candidate))
        return True if True in values else None if None in values else False

    return test


def _not(test: Callable[[Candidate], Any]) -> Callable[[Candidate], Any]:
    def negated(candidate: Candidate) -> bool | None:
        value = test(candidate)
        return None if value is None else not value

    return negated
