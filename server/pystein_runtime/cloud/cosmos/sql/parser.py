"""Reading queries: their clauses."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from . import tokens
from .errors import QueryError
from .expressions import Words
from .syntax import Item, Literal, Member, Name, Order, Query, Source, Subquery

if TYPE_CHECKING:
    from .syntax import Expression


@lru_cache(maxsize=256)
def parse(text: str) -> Query:
    """A query.

    Raises:
        QueryError: it is none.
    """
    words = Words(tokens.split(text), _query)
    try:
        query = _query(words)
    except RecursionError:
        raise QueryError("The SQL query exceeded the maximum number of nested expressions.", "SC3026") from None
    if words.next.kind != "end":
        raise words.unexpected()
    return query


def parse_condition(text: str) -> Query:
    """The condition of a patch: `from c where c.price > 1`.

    Raises:
        QueryError: it is none.
    """
    return parse(f"SELECT VALUE true {text}")


def _query(words: Words) -> Query:
    words.expect("select")
    distinct = words.skip("distinct")
    top = words.path() if words.skip("top") else None
    distinct = distinct or words.skip("distinct")
    items, value = _selection(words)
    sources = _sources(words) if words.skip("from") else ()
    where = words.expression() if words.skip("where") else None
    group = _group(words) if words.skip("group", "by") else ()
    order = _order(words) if words.skip("order", "by") else ()
    offset = limit = None
    if words.skip("offset"):
        offset = words.expression()
        words.expect("limit")
        limit = words.expression()
    return Query(items, value, distinct, top, sources, where, group, order, offset, limit)


def _selection(words: Words) -> tuple[tuple[Item, ...] | None, bool]:
    if words.skip("*"):
        return None, False
    if words.skip("value"):
        return (Item(words.expression(), ""),), True
    items: list[Item] = []
    unnamed = 0
    while True:
        expression = words.expression()
        name = words.name() if words.skip("as") or words.is_name() else _name_of(expression)
        if name is None:
            unnamed += 1
            name = f"${unnamed}"
        items.append(Item(expression, name))
        if not words.skip(","):
            break
    names = [item.name for item in items]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise QueryError(f"The property name '{twice}' in the projection is not unique.", "SC2010")
    return tuple(items), False


def _name_of(expression: Expression) -> str | None:
    """What a projection is called that has no name of its own."""
    if isinstance(expression, Name):
        return expression.name
    if isinstance(expression, Member) and isinstance(expression.key, Literal) and isinstance(expression.key.value, str):
        return expression.key.value
    return None


def _sources(words: Words) -> tuple[Source, ...]:
    sources = [_source(words)]
    while words.skip("join"):
        sources.append(_source(words))
    return tuple(sources)


def _source(words: Words) -> Source:
    if words.is_name():
        path = words.path()
        if isinstance(path, Name) and words.skip("in"):
            return Source(path.name, words.path(), each=True)
        named = words.skip("as")
        alias = words.name() if named or words.is_name() else _name_of(path) or ""
        return Source(alias, path, each=False)
    inner = words.expression()
    if not isinstance(inner, Subquery):
        raise words.unexpected()
    words.skip("as")
    return Source(words.name() if words.is_name() else "", inner, each=True)


def _group(words: Words) -> tuple[Expression, ...]:
    found = [words.expression()]
    while words.skip(","):
        found.append(words.expression())
    return tuple(found)


def _order(words: Words) -> tuple[Order, ...]:
    found: list[Order] = []
    while True:
        expression = words.expression()
        descending = words.skip("desc")
        if not descending:
            words.skip("asc")
        found.append(Order(expression, descending))
        if not words.skip(","):
            return tuple(found)
