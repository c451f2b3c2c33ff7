"""The declarations of a module as plain data: what decorators, signatures and module-level names need, no more."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from pystein_lsp.syntax.span import Span

Scalar: TypeAlias = "str | bytes | int | float | bool | None"


class Literal(NamedTuple):
    """A constant."""

    value: Scalar
    span: Span


class Name(NamedTuple):
    """A name or a chain of attributes of one: `func.AuthLevel.ADMIN`."""

    dotted: str
    span: Span

    @property
    def last_span(self) -> Span:
        """Where the last part of the chain stands."""
        last = len(self.dotted.rpartition(".")[2])
        return Span(self.span.end_line, self.span.end_column - last, self.span.end_line, self.span.end_column)


class Argument(NamedTuple):
    """An argument of a call: positional where `name` is None; `*x` and `**x` have `stars` 1 and 2."""

    name: str | None
    value: Expression
    span: Span
    name_span: Span | None = None
    stars: int = 0


class Call(NamedTuple):
    """A call. `complete` is False where its end could not be read, so that absent arguments prove nothing."""

    function: Expression
    arguments: tuple[Argument, ...]
    span: Span
    complete: bool = True


class Subscript(NamedTuple):
    """`base[item]`."""

    base: Expression
    item: Expression
    span: Span


class Binary(NamedTuple):
    """`left + right` or `left | right`: text joined from parts, or a union in an annotation."""

    operator: str
    left: Expression
    right: Expression
    span: Span


class Items(NamedTuple):
    """A list, tuple or set display."""

    kind: str
    values: tuple[Expression, ...]
    span: Span


class Mapping(NamedTuple):
    """A dict display; a key is None for `**other`."""

    keys: tuple[Expression | None, ...]
    values: tuple[Expression, ...]
    span: Span


class Unknown(NamedTuple):
    """Anything else: it may be whatever it likes."""

    span: Span


Expression: TypeAlias = "Literal | Name | Call | Subscript | Binary | Items | Mapping | Unknown"


class Decorator(NamedTuple):
    """One line of a decorator stack; the span starts at the `@`."""

    expression: Expression
    span: Span


class Parameter(NamedTuple):
    """A parameter of a function. `kind` is one of `/`, ``, `*`, `kw`, `**` (positional only ... keywords)."""

    name: str
    span: Span
    annotation: Expression | None
    has_default: bool
    kind: str


class FunctionDef(NamedTuple):
    """A function with its stack. `complete` is False where the signature could not be read to its end."""

    name: str
    name_span: Span
    decorators: tuple[Decorator, ...]
    parameters: tuple[Parameter, ...]
    returns: Expression | None
    is_async: bool
    span: Span
    complete: bool = True


class ClassDef(NamedTuple):
    """A class: its bases and what its body declares."""

    name: str
    name_span: Span
    decorators: tuple[Decorator, ...]
    bases: tuple[Expression, ...]
    body: tuple[Statement, ...]
    span: Span
    keywords: tuple[str, ...] = ()
    """What else the class is given: `metaclass` and the like."""


class ImportedName(NamedTuple):
    """One name of an import; `name` is None for `import module`, `*` for a star."""

    name: str | None
    module: str
    bound_as: str
    span: Span


class Import(NamedTuple):
    """An import statement; `level` counts the leading dots."""

    names: tuple[ImportedName, ...]
    level: int
    span: Span


class Assign(NamedTuple):
    """An assignment to names; `targets` are dotted. A tuple target becomes one assignment for each name."""

    targets: tuple[str, ...]
    value: Expression
    annotation: Expression | None
    span: Span


class Evaluate(NamedTuple):
    """An expression statement, such as a call to `register_functions`."""

    value: Expression
    span: Span


class Loop(NamedTuple):
    """A `for` loop over `values`."""

    targets: tuple[str, ...]
    values: Expression
    body: tuple[Statement, ...]
    span: Span


class Branch(NamedTuple):
    """`if`, `try`, `with`, `while` or `match`: arms of which any may run. `exclusive` says that at most one does."""

    keyword: str
    arms: tuple[tuple[Statement, ...], ...]
    exclusive: bool
    span: Span
    dead: tuple[int, ...] = ()
    """Numbers of the arms that do not run when the module is imported, such as that of `if TYPE_CHECKING:`."""


class Return(NamedTuple):
    """A `return` of a function's body; the value is None where it gives none."""

    value: Expression | None
    span: Span


class Opaque(NamedTuple):
    """A statement that binds or does something we do not follow; `names` are the names it may rebind."""

    names: tuple[str, ...]
    span: Span


Statement: TypeAlias = "FunctionDef | ClassDef | Import | Assign | Evaluate | Loop | Branch | Return | Opaque"


class Mend(NamedTuple):
    """A replacement of text that puts a problem right."""

    title: str
    span: Span
    text: str


class Problem(NamedTuple):
    """Something that Python cannot read.

    `certain` is False where a newer Python than ours may well read it: then nothing is reported, and whatever depends
    on the block being readable cannot be known.
    """

    message: str
    span: Span
    certain: bool = True
    mends: tuple[Mend, ...] = ()
