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
    command: Command


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
