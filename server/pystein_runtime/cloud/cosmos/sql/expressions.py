"""Reading expressions: precedence climbing.

Precedence: Microsoft's reference of the query language, "Operators"; from `??` and `?:`, which bind least, to members.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from .errors import QueryError
from .syntax import (
    Array,
    Between,
    Binary,
    Call,
    Conditional,
    Junction,
    Like,
    Literal,
    Member,
    Name,
    Object,
    Parameter,
    Subquery,
    Unary,
    Within,
)
from .values import UNDEFINED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .syntax import Expression, Query
    from .tokens import Token

_LEVELS = {
    "or": 1, "and": 2, "=": 4, "!=": 4, "<>": 4, "<": 4, ">": 4, "<=": 4, ">=": 4, "in": 4, "between": 4, "like": 4,
    "|": 5, "^": 6, "&": 7, "<<": 8, ">>": 8, ">>>": 8, "||": 9, "+": 10, "-": 10, "*": 11, "/": 11, "%": 11,
}  # fmt: skip
_NOT = 3  # binds less than comparisons and more than AND
_CONSTANTS = {"true": True, "false": False, "null": None, "undefined": UNDEFINED}
KEYWORDS = {
    "and", "array", "as", "asc", "between", "by", "desc", "distinct", "escape", "exists", "false", "from", "group", "in",
    "join", "like", "limit", "not", "null", "offset", "or", "order", "select", "top", "true", "udf", "undefined", "value",
    "where",
}  # fmt: skip
DEPTH = 50  # of brackets within brackets


class Words:
    """The words of a query from left to right, and expressions among them."""

    def __init__(self, tokens: list[Token], query: Callable[[Words], Query]) -> None:
        self._tokens = tokens
        self._position = 0
        self._depth = 0
        self._query = query

    @property
    def next(self) -> Token:
        """The word that comes next."""
        return self._tokens[self._position]

    def take(self) -> Token:
        """Go past the next word."""
        token = self._tokens[self._position]
        if token.kind != "end":
            self._position += 1
        return token

    def skip(self, *words: str) -> bool:
        """Go past these words if they are next."""
        here = self._tokens[self._position : self._position + len(words)]
        if [token.lower for token in here] != list(words):
            return False
        self._position += len(words)
        return True

    def expect(self, *words: str) -> None:
        """Go past these words.

        Raises:
            QueryError: others come.
        """
        for word in words:
            if not self.skip(word):
                raise self.unexpected()

    def unexpected(self) -> QueryError:
        """The error that the next word is none that can stand here."""
        token = self.next
        if token.kind == "end":
            return QueryError("Syntax error, unexpected end of query.", "SC1001", token.start, token.end)
        return QueryError(f"Syntax error, incorrect syntax near '{token.text}'.", "SC1001", token.start, token.end)

    def is_name(self) -> bool:
        """Whether a name comes next."""
        return self.next.kind == "word" and self.next.lower not in KEYWORDS

    def name(self) -> str:
        """A name.

        Raises:
            QueryError: something else comes.
        """
        if not self.is_name():
            raise self.unexpected()
        return self.take().text

    def expression(self) -> Expression:
        """An expression.

        Raises:
            QueryError: it is none.
        """
        with self._nested():
            left = self._operation(0)
            while self.skip("??"):
                left = Binary("??", left, self._operation(0))
            if self.skip("?"):
                yes = self.expression()
                self.expect(":")
                left = Conditional(left, yes, self.expression())
            return left

    @contextmanager
    def _nested(self) -> Iterator[None]:
        self._depth += 1
        if self._depth > DEPTH:
            raise QueryError("The SQL query exceeded the maximum number of nested expressions.", "SC3026")
        yield
        self._depth -= 1

    def path(self) -> Expression:
        """A name with its members, or a subquery: what can be an input.

        Raises:
            QueryError: it is neither.
        """
        return self._members(self._primary())

    def expressions(self, end: str) -> tuple[Expression, ...]:
        """Expressions up to a closing bracket, which is passed."""
        if self.skip(end):
            return ()
        found = [self.expression()]
        while self.skip(","):
            found.append(self.expression())
        self.expect(end)
        return tuple(found)

    def _operation(self, least: int) -> Expression:
        """Operators that bind more than `least`."""
        if least < _NOT and self.skip("not"):
            with self._nested():
                left: Expression = Unary("not", self._operation(_NOT - 1))
        else:
            left = self._prefixed()
        while True:
            operator = self.next.lower
            negated = operator == "not" and self._tokens[self._position + 1].lower in {"in", "between", "like"}
            if negated:
                operator = self._tokens[self._position + 1].lower
            level = _LEVELS.get(operator, 0)
            if level <= least:
                return left
            self._position += 2 if negated else 1
            left = self._rest(operator, level, left)
            if negated:
                left = Unary("not", left)

    def _rest(self, operator: str, level: int, left: Expression) -> Expression:
        if operator == "in":
            self.expect("(")
            return Within(left, self.expressions(")"))
        if operator == "between":
            low = self._operation(level)
            self.expect("and")
            return Between(left, low, self._operation(level))
        if operator == "like":
            pattern = self._operation(level)
            return Like(left, pattern, self._operation(level) if self.skip("escape") else None)
        right = self._operation(level)
        if operator in {"and", "or"}:
            before = left.operands if isinstance(left, Junction) and left.operator == operator else (left,)
            return Junction(operator, (*before, right))
        return Binary("!=" if operator == "<>" else operator, left, right)

    def _prefixed(self) -> Expression:
        for sign in ("-", "+", "~"):
            if self.skip(sign):
                with self._nested():
                    return Unary(sign, self._prefixed())
        return self._members(self._primary())

    def _members(self, owner: Expression) -> Expression:
        while True:
            if self.skip("."):
                if self.next.kind != "word":
                    raise self.unexpected()
                owner = Member(owner, Literal(self.take().text))
            elif self.skip("["):
                key = self.expression()
                self.expect("]")
                owner = Member(owner, key)
            else:
                return owner

    def _primary(self) -> Expression:
        token = self.next
        if token.kind in {"number", "string"}:
            self.take()
            return Literal(token.value)
        if token.kind == "parameter":
            self.take()
            return Parameter(token.text)
        if self.skip("("):
            if self.next.lower == "select":
                return self._subquery("value")
            inner = self.expression()
            self.expect(")")
            return inner
        if self.skip("["):
            return Array(self.expressions("]"))
        if self.skip("{"):
            return self._object()
        if token.kind != "word":
            raise self.unexpected()
        return self._word(token)

    def _word(self, token: Token) -> Expression:
        word = token.lower
        following = self._tokens[self._position + 1].lower
        if word in _CONSTANTS:
            self.take()
            return Literal(_CONSTANTS[word])
        if word in {"exists", "array"} and self.skip(word, "("):
            return self._subquery(word)
        if word == "udf" and following == ".":
            raise QueryError("User-defined functions do not run in the local cloud.", "SC2005", token.start, token.end)
        if word in KEYWORDS:
            raise self.unexpected()
        self.take()
        if self.skip("("):
            return Call(word.upper(), self.expressions(")"), token.start, token.end)
        return Name(token.text, token.start, token.end)

    def _subquery(self, kind: str) -> Subquery:
        with self._nested():
            query = self._query(self)
            self.expect(")")
            return Subquery(kind, query)

    def _object(self) -> Object:
        items: list[tuple[str, Expression]] = []
        while not self.skip("}"):
            if items:
                self.expect(",")
            token = self.take()
            if token.kind not in {"word", "string"}:
                self._position -= 1
                raise self.unexpected()
            self.expect(":")
            items.append((token.value if token.kind == "string" else token.text, self.expression()))
        return Object(tuple(items))
