"""Semantic tokens inside strings: the fields of schedules, the parameters of routes, `{expressions}` and `%SETTINGS%`."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.catalogue.types import Parameter
from pystein_lsp.features.types import Token
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function, Use
from pystein_lsp.model.module import Module
from pystein_lsp.ncrontab.lexemes import lexemes
from pystein_lsp.platform.expressions import Expression, expressions, settings_in
from pystein_lsp.platform.routes import parse_route
from pystein_lsp.syntax.literals import part_of
from pystein_lsp.syntax.tree import Literal

_LEXEMES = {
    "number": "number",
    "name": "enumMember",
    "wildcard": "keyword",
    "operator": "operator",
    "setting": "macro",
}


def tokens(app: App, module: Module, first: int, last: int) -> list[Token]:
    """The tokens in a range of lines, from 0, both ends included, in their order."""
    found: list[Token] = []
    for block in module.document:
        if block.line <= last and block.line + block.height >= first:
            for function in app.block_functions(module, block):
                for use in function.uses:
                    found.extend(_in_use(function, use))
    return sorted({each for each in found if first <= each.line <= last})


def _in_use(function: Function, use: Use) -> Iterator[Token]:
    for parameter in use.known.parameters if use.known else ():
        argument = use.bound.arguments.get(parameter.name) if use.bound else None
        value = argument.value if argument else None
        if not isinstance(value, Literal) or not isinstance(value.value, str):
            continue
        for offset, length, kind in _parts(parameter, value.value):
            span = part_of(function.block, value.span, value.value, offset, length)
            if span != value.span and span.line == span.end_line:
                yield Token(function.block.line + span.line, span.column, span.end_column - span.column, kind)


def _parts(parameter: Parameter, text: str) -> Iterator[tuple[int, int, str]]:
    """Offsets, lengths and kinds of the parts of a value."""
    if parameter.kind == "cron":
        for lexeme in lexemes(text):
            kind = _LEXEMES.get(lexeme.kind)
            if kind:
                yield lexeme.offset, lexeme.length, kind
        return
    if parameter.kind == "route":
        for each in parse_route(text).parameters:
            yield each.offset, each.length, "parameter"
        return
    if parameter.expressions or parameter.kind == "blob_path":
        for part in expressions(text):
            if isinstance(part, Expression):
                yield part.offset, part.length, "variable"
    if parameter.settings or parameter.kind == "connection":
        for part in settings_in(text):
            if isinstance(part, Expression):
                yield part.offset, part.length, "macro"
