"""Running a query: rows of its inputs, what is left of them, groups, order, and the part that is wanted."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, NamedTuple

from . import routing, syntax
from .errors import QueryError
from .parser import parse, parse_condition
from .scalars import GROUP, Scope, compile_expression, group_key
from .values import UNDEFINED, canonical, is_number, order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from .scalars import Evaluate, Row
    from .syntax import Query, Source

ROOT = " root"
"""Under this name a row has the document that it is of."""
MAX_ROWS = 200_000  # of the inputs of one document: a query that joins everything with everything must end


class Plan(NamedTuple):
    """A query that can be run over documents."""

    query: Query
    constants: Mapping[tuple[str, ...], Any]
    """The paths to which the query gives one value."""
    streams: bool
    """Whether each document's results depend on that document only and come in the documents' order."""
    rows: Callable[[Any], Iterator[Any]]
    """The results of one document, for a query that streams."""
    run: Callable[[Iterable[Any]], Iterator[Any]]
    """The results of all documents."""
    limit: int | None
    """How many results a query that streams gives at most."""


def plan(text: str, parameters: Mapping[str, Any]) -> Plan:
    """A query ready to run; results are what JSON has.

    Raises:
        QueryError: it is none, or needs what is not there.
    """
    query = parse(text)
    scope = Scope(parameters, _inner)
    try:
        parts = _Parts(query, scope, outermost=True)
    except RecursionError:
        raise QueryError("The SQL query exceeded the maximum number of nested expressions.", "SC3026") from None
    streams = not (parts.is_grouped or query.order or query.distinct or query.offset is not None or not query.sources)

    def rows(document: Any) -> Iterator[Any]:
        return parts.results(parts.inputs({ROOT: document}))

    def run(documents: Iterable[Any]) -> Iterator[Any]:
        if not query.sources:
            documents = ({},)
        found = itertools.chain.from_iterable(parts.inputs({ROOT: document}) for document in documents)
        return parts.window(parts.results(found))

    return Plan(query, routing.constants(query, parameters), streams, rows, run, parts.count)


def condition(text: str) -> Callable[[Any], bool]:
    """Whether a document is as a patch wants it: `from c where c.price > 1`.

    Raises:
        QueryError: it is no condition.
    """
    query = parse_condition(text)
    parts = _Parts(query, Scope({}, _inner), outermost=True)
    return lambda document: any(True for _ in parts.results(parts.inputs({ROOT: document})))


def _inner(query: Query, scope: Scope) -> Callable[[Row], Iterator[Any]]:
    parts = _Parts(query, scope, outermost=False)
    return lambda row: parts.window(parts.results(parts.inputs(row)))


def _check_inputs(query: Query) -> None:
    """Raises QueryError: its inputs do not go together."""
    names = [source.alias for source in query.sources]
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice is not None:
        raise QueryError(f"The input alias '{twice}' is specified more than once in the FROM clause.", "SC2011")
    if query.items is None and len(query.sources) != 1:
        raise QueryError("'SELECT *' is only valid with a single input set.", "SC2040")


class _Parts:
    """The compiled clauses of one query."""

    def __init__(self, query: Query, outside: Scope, *, outermost: bool) -> None:
        _check_inputs(query)
        self._query = query
        self._sources: list[Callable[[Row], Iterator[Row]]] = []
        scope = outside
        for position, source in enumerate(query.sources):
            self._sources.append(_input(source, scope, is_root=position == 0 and outermost))
            scope = scope.within([source.alias])
        scope = scope.within([])  # the aggregates that this query has itself
        self._where = None if query.where is None else compile_expression(query.where, scope)
        if scope.aggregates:
            raise QueryError("Aggregate functions are not allowed in the WHERE clause.", "SC2100")
        self._group = [compile_expression(expression, scope) for expression in query.group]
        self._order = [(compile_expression(item.expression, scope), item.descending) for item in query.order]
        self._items = [(item.name, compile_expression(item.expression, scope)) for item in query.items or ()]
        self._whole = query.sources[0].alias if query.items is None else None
        self.is_grouped = bool(scope.aggregates or query.group)
        if self.is_grouped and query.items is None:
            raise QueryError("'SELECT *' is not allowed with GROUP BY.", "SC2103")
        self.skipped = _amount(query.offset, scope, "OFFSET") or 0
        top, limit = _amount(query.top, scope, "TOP"), _amount(query.limit, scope, "LIMIT")
        self.count = top if limit is None else limit

    def inputs(self, row: Row) -> Iterator[Row]:
        """The rows of one document, those that WHERE accepts."""
        rows: Iterator[Row] = iter((row,))
        for source in self._sources:
            rows = itertools.chain.from_iterable(map(source, rows))
        if len(self._sources) > 1:
            rows = _bounded(rows)
        where = self._where
        return rows if where is None else (each for each in rows if where(each) is True)

    def results(self, rows: Iterable[Row]) -> Iterator[Any]:
        """What is selected of rows, in its order."""
        if self.is_grouped:
            rows = self._grouped(rows)
        if self._order:
            found = list(rows)
            for expression, descending in reversed(self._order):
                found.sort(key=_sort_key(expression), reverse=descending)
            rows = found
        selected = filter(lambda value: value is not UNDEFINED, map(self._select, rows))
        return _distinct(selected) if self._query.distinct else selected

    def window(self, results: Iterator[Any]) -> Iterator[Any]:
        """The part that OFFSET, LIMIT and TOP leave."""
        return itertools.islice(results, self.skipped, None if self.count is None else self.skipped + self.count)

    def _grouped(self, rows: Iterable[Row]) -> Iterator[Row]:
        groups: dict[tuple[str, ...], list[Row]] = {} if self._group else {(): []}
        for row in rows:
            groups.setdefault(group_key(self._group, row), []).append(row)
        for members in groups.values():
            yield {**members[0], GROUP: members} if members else _Nothing({GROUP: members})

    def _select(self, row: Row) -> Any:
        if self._whole is not None:
            return row[self._whole]
        if self._query.value:
            return self._items[0][1](row)
        return {name: value for name, item in self._items if (value := item(row)) is not UNDEFINED}


class _Nothing(dict[str, Any]):
    """The row of a group without rows: every name is undefined."""

    def __missing__(self, _name: str) -> Any:
        return UNDEFINED


def _bounded(rows: Iterator[Row]) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number >= MAX_ROWS:
            raise QueryError("The joins of the query make too many rows of one document.", "SC3033")
        yield row


def _sort_key(expression: Evaluate) -> Callable[[Row], tuple[Any, ...]]:
    return lambda row: order(expression(row))


def _distinct(values: Iterable[Any]) -> Iterator[Any]:
    seen: set[str] = set()
    for value in values:
        key = canonical(value)
        if key not in seen:
            seen.add(key)
            yield value


def _amount(expression: syntax.Expression | None, scope: Scope, clause: str) -> int | None:
    if expression is None:
        return None
    value = compile_expression(expression, Scope(scope.parameters, _inner))({})
    if not is_number(value) or value < 0 or int(value) != value:
        raise QueryError(f"The value of the {clause} clause must be a whole number that is not negative.", "SC2062")
    return int(value)


def _input(source: Source, scope: Scope, *, is_root: bool) -> Callable[[Row], Iterator[Row]]:
    """What makes the rows of one input of a row."""
    alias = source.alias
    expression = source.expression
    if isinstance(expression, syntax.Subquery):
        run = scope.run(expression.query, scope)
        return lambda row: ({**row, alias: value} for value in run(row))
    assert expression is not None
    value = (
        compile_expression(_rooted(expression), scope.within([ROOT]))
        if is_root
        else compile_expression(expression, scope)
    )

    def rows(row: Row) -> Iterator[Row]:
        found = value(row)
        if source.each:
            for item in found if isinstance(found, list) else ():
                yield {**row, alias: item}
        elif found is not UNDEFINED:
            yield {**row, alias: found}

    return rows


def _rooted(expression: syntax.Expression) -> syntax.Expression:
    """An input's path with the container, whatever it is called, as its root."""
    if isinstance(expression, syntax.Member):
        return syntax.Member(_rooted(expression.owner), expression.key)
    return syntax.Name(ROOT, 0, 0)
