"""What features answer: plain data. Spans are in lines of the file and code points."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypeAlias

from pystein_lsp.rules.diagnose import Diagnostic
from pystein_lsp.syntax.span import Span


class Hover(NamedTuple):
    """Markdown about what stands at a span."""

    text: str
    span: Span


ItemKind: TypeAlias = Literal["method", "property", "variable", "enum", "value", "function", "event", "keyword"]


class DocumentationKey(NamedTuple):
    """Where the documentation of an item is found when it is asked for."""

    decorator: str
    parameter: str = ""


class Item(NamedTuple):
    """Something to complete."""

    label: str
    kind: ItemKind
    text: str
    """What is inserted where snippets are not understood."""
    span: Span
    """What it replaces."""
    rank: int = 0
    """Lower ones come first; equal ones by label."""
    detail: str = ""
    snippet: str | None = None
    """What is inserted where snippets are understood."""
    filter: str | None = None
    documentation: DocumentationKey | str | None = None
    preselect: bool = False
    deprecated: bool = False
    again: bool = False
    """Whether completion is asked for again behind it, because a value is due."""


class Command(NamedTuple):
    """A command that the server, or the client, runs."""

    title: str
    name: str
    arguments: tuple[Any, ...] = ()


class Lens(NamedTuple):
    """A command shown above a line."""

    span: Span
    kind: str
    """One of `kinds.LENSES`."""
    function: str
    """The function's name."""
    command: Command | None = None
    """None where it takes some work and is only worked out for a lens that comes into view."""


class TextEdit(NamedTuple):
    """A replacement in a file."""

    path: str
    span: Span
    text: str


class Action(NamedTuple):
    """Something that can be done here: edits or a command."""

    title: str
    kind: str
    """A CodeActionKind, such as `quickfix`."""
    edits: tuple[TextEdit, ...] = ()
    command: Command | None = None
    diagnostic: Diagnostic | None = None
    """What it puts right."""
    preferred: bool = False
    new_file: str | None = None
    """The path of a file that the edits begin with."""


class Symbol(NamedTuple):
    """A function, a binding or a container, for outlines."""

    name: str
    detail: str
    kind: Literal["function", "binding", "container"]
    span: Span
    selection: Span
    children: tuple[Symbol, ...] = ()


class SignatureParameter(NamedTuple):
    """A parameter and where it stands in its signature's label."""

    name: str
    start: int
    end: int
    text: str


class SignatureHelp(NamedTuple):
    """A signature and the parameter that is being given."""

    label: str
    text: str
    parameters: tuple[SignatureParameter, ...]
    active: int | None


class Hint(NamedTuple):
    """Text that is shown at a position and is not in the file."""

    line: int
    column: int
    text: str
    kind: Literal["schedule", "route", "name"]
    tooltip: str


class Occurrence(NamedTuple):
    """A place where something is named."""

    path: str
    span: Span
    role: Literal["definition", "use"]


class Renaming(NamedTuple):
    """What a rename would replace, or why there is none."""

    span: Span
    name: str
    refused: str = ""


class Token(NamedTuple):
    """A part of a string with a meaning of its own."""

    line: int
    column: int
    length: int
    kind: str
    """A SemanticTokenTypes value."""


class Link(NamedTuple):
    """A place that leads to another file or address."""

    span: Span
    target: str
    """A path, or an address with its scheme."""
    tooltip: str


class Fold(NamedTuple):
    """Lines that can be folded into the first of them."""

    line: int
    end_line: int
