"""A coroutine in the place of a plain function, and back where nothing is awaited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pystein_lsp.features.kinds import REFACTOR
from pystein_lsp.features.types import Action, TextEdit
from pystein_lsp.model.body import read_body
from pystein_lsp.model.functions import WRAPPED, Function, trigger_name
from pystein_lsp.syntax.span import Span

KIND = f"{REFACTOR}.rewrite.async"
_DEF = re.compile(r"(async[ \t]+)?def[ \t]")


def async_function(function: Function) -> Iterator[Action]:
    """`async def` for `def`. Orchestrators and entities stay what they are: they are generators or plain functions."""
    body = read_body(function.block, function.definition)
    if body is None or body.yields or trigger_name(function) in WRAPPED:
        return
    line = function.definition.name_span.line
    found = _DEF.search(function.block.line_text(line))
    if found is None or (found[1] and body.awaits):
        return
    end = found.end(1) if found[1] else found.start()
    span = Span(line, found.start(), line, end).shifted(function.block.line)
    title = "Make it a plain function, which runs in a thread" if found[1] else "Make it async"
    yield Action(title, KIND, (TextEdit(function.module.path, span, "" if found[1] else "async "),))
