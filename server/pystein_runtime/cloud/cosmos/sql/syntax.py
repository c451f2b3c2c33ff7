"""What a query consists of."""

from __future__ import annotations

from typing import Any, NamedTuple, Union


class Literal(NamedTuple):
    """A constant."""

    value: Any


class Parameter(NamedTuple):
    """`@name`."""

    name: str


class Name(NamedTuple):
    """The alias of an input: `c`."""

    name: str
    start: int
    end: int


class Member(NamedTuple):
    """`owner.name`, `owner["name"]` or `owner[0]`."""

    owner: Expression
    key: Expression


class Unary(NamedTuple):
    """`NOT x`, `-x`, `+x`, `~x`."""

    operator: str
    operand: Expression


class Binary(NamedTuple):
    """`left operator right`."""

    operator: str
    left: Expression
    right: Expression


class Junction(NamedTuple):
    """`a AND b AND c`, or the same with OR: flat, because a query may have hundreds of them."""

    operator: str
    operands: tuple[Expression, ...]


class Conditional(NamedTuple):
    """`test ? yes : no`."""

    test: Expression
    yes: Expression
    no: Expression


class Between(NamedTuple):
    """`value BETWEEN low AND high`."""

    value: Expression
    low: Expression
    high: Expression


class Within(NamedTuple):
    """`value IN (a, b)`."""

    value: Expression
    items: tuple[Expression, ...]


class Like(NamedTuple):
    """`value LIKE pattern ESCAPE escape`."""

    value: Expression
    pattern: Expression
    escape: Expression | None


class Call(NamedTuple):
    """A function, its name in upper case."""

    name: str
    arguments: tuple[Expression, ...]
    start: int
    end: int


class Array(NamedTuple):
    """`[a, b]`."""

    items: tuple[Expression, ...]


class Object(NamedTuple):
    """`{a: b}`."""

    items: tuple[tuple[str, Expression], ...]


class Subquery(NamedTuple):
    """`(SELECT ...)`, `EXISTS(SELECT ...)` or `ARRAY(SELECT ...)`."""

    kind: str
    """`value`, `exists` or `array`."""
    query: Query


Expression = Union[  # noqa: UP007 - names that come later cannot be joined by |
    Literal,
    Parameter,
    Name,
    Member,
    Unary,
    Binary,
    Junction,
    Conditional,
    Between,
    Within,
    Like,
    Call,
    Array,
    Object,
    Subquery,
]


class Item(NamedTuple):
    """One projection, with the name that it has in the result."""

    expression: Expression
    name: str


class Source(NamedTuple):
    """An input: the container, a part of each document, or each element of an array."""

    alias: str
    expression: Expression | None
    """None: the document itself."""
    each: bool
    """Whether the elements are the input (`IN`)."""


class Order(NamedTuple):
    """One of the expressions that results are ordered by."""

    expression: Expression
    descending: bool


class Query(NamedTuple):
    """A whole query."""

    items: tuple[Item, ...] | None
    """None: `*`."""
    value: bool
    """Whether results are bare values (`SELECT VALUE`)."""
    distinct: bool
    top: Expression | None
    sources: tuple[Source, ...]
    where: Expression | None
    group: tuple[Expression, ...]
    order: tuple[Order, ...]
    offset: Expression | None
    limit: Expression | None
