"""From plain data to the protocol's shapes, with columns in the unit that was agreed on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from lsprotocol import types

from pystein_lsp.features.types import Command, TextEdit
from pystein_lsp.lsp.columns import to_wire
from pystein_lsp.lsp.workspace import Workspace
from pystein_lsp.rules.diagnose import Diagnostic
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Location, Span

SOURCE = "pystein"
_UNNECESSARY, _DEPRECATED = 1, 2
_TAGS = {"unused-suppression": _UNNECESSARY, "removed-decorator": _DEPRECATED, "removed-argument": _DEPRECATED}
"""Rules whose findings editors fade or strike out."""
_SEVERITIES = {"error": 1, "warning": 2, "information": 3, "hint": 4}


class Converter:
    """Knows the texts, which columns are counted in, and the client's unit."""

    def __init__(self, workspace: Workspace, *, related: bool, versioned: bool, tags: bool) -> None:
        self._workspace = workspace
        self.column = to_wire(workspace.encoding)
        """From a line and a column in code points to the client's unit."""
        self._related = related
        self._versioned = versioned
        self._tags = tags

    def range(self, path: str, span: Span) -> types.Range:
        """A range of a file, from one in lines of the file and code points."""
        return types.Range(
            self.position(path, span.line, span.column), self.position(path, span.end_line, span.end_column)
        )

    def range_json(self, path: str, span: Span) -> dict[str, dict[str, int]]:
        """The same as JSON."""
        column, line, end_line = self.column, self._workspace.line(path, span.line), span.end_line
        return {
            "start": {"line": span.line, "character": column(line, span.column)},
            "end": {"line": end_line, "character": column(self._workspace.line(path, end_line), span.end_column)},
        }

    def position(self, path: str, line: int, column: int) -> types.Position:
        """A position in a file."""
        return types.Position(line, self.column(self._workspace.line(path, line), column))

    def location(self, location: Location) -> types.Location:
        """A place in a file."""
        return types.Location(self._workspace.uri(location.path), self.range(location.path, location.absolute))

    def span(self, path: str, given: types.Range) -> Span:
        """A range that the client sent."""
        start, end = given.start, given.end
        column = self._workspace.column
        return Span(
            start.line, column(path, start.line, start.character), end.line, column(path, end.line, end.character)
        )

    def command(self, command: Command) -> types.Command:
        """A command."""
        return types.Command(title=command.title, command=command.name, arguments=list(command.arguments))

    def edit(self, edits: Iterable[TextEdit], new_file: str | None = None) -> types.WorkspaceEdit:
        """Edits, as the client takes them: with the version that they are made for where it can.

        Args:
            edits: of any files.
            new_file: the path of one that is created first; only for clients that can do that.
        """
        by_path: dict[str, list[types.TextEdit]] = {}
        for each in edits:
            by_path.setdefault(each.path, []).append(types.TextEdit(self.range(each.path, each.span), each.text))
        if not self._versioned:
            return types.WorkspaceEdit(changes={self._workspace.uri(path): found for path, found in by_path.items()})
        documents: list[Any] = [types.CreateFile(self._workspace.uri(new_file))] if new_file else []
        for path, found in by_path.items():
            opened = self._workspace.opened(path)
            identifier = types.OptionalVersionedTextDocumentIdentifier(
                self._workspace.uri(path), opened.version if opened else None
            )
            documents.append(types.TextDocumentEdit(identifier, list(found)))
        return types.WorkspaceEdit(document_changes=documents)

    def typed(self, found: Diagnostic) -> types.Diagnostic:
        """A diagnostic as lsprotocol has it, for answers that hold one."""
        return types.Diagnostic(
            range=self.range(found.location.path, found.location.absolute),
            message=found.message,
            severity=types.DiagnosticSeverity(_SEVERITIES[found.severity]),
            code=found.code,
            code_description=types.CodeDescription(found.rule.url()),
            source=SOURCE,
        )

    def diagnostic(self, found: Diagnostic) -> dict[str, Any]:
        """A diagnostic as JSON."""
        shape: dict[str, Any] = {
            "range": self._range_json(found.location),
            "severity": _SEVERITIES[found.severity],
            "code": found.code,
            "codeDescription": {"href": found.rule.url()},
            "source": SOURCE,
            "message": found.message,
        }
        if self._tags and found.code in _TAGS:
            shape["tags"] = [_TAGS[found.code]]
        if found.related and self._related:
            shape["relatedInformation"] = [
                {
                    "location": {
                        "uri": self._workspace.uri(each.location.path),
                        "range": self._range_json(each.location),
                    },
                    "message": each.message,
                }
                for each in found.related
            ]
        return shape

    def diagnostics_json(self, found: Iterable[Diagnostic]) -> str:
        """Diagnostics as JSON text, from top to bottom."""
        ordered = sorted(found, key=_place)
        return json.dumps([self.diagnostic(each) for each in ordered], separators=(",", ":"))

    def _range_json(self, location: Location) -> dict[str, dict[str, int]]:
        anchor, (line, column, end_line, end_column) = location
        if not (isinstance(anchor, Block) and anchor.text.isascii()):
            column = self.column(self._workspace.line(location.path, anchor.line + line), column)
            end_column = self.column(self._workspace.line(location.path, anchor.line + end_line), end_column)
        return {
            "start": {"line": anchor.line + line, "character": column},
            "end": {"line": anchor.line + end_line, "character": end_column},
        }


def _place(found: Diagnostic) -> tuple[int, int, str, str]:
    span = found.location.span
    return found.location.anchor.line + span.line, span.column, found.code, found.message
