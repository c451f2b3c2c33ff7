"""Completion of keywords: the arguments that a call does not have yet."""

from __future__ import annotations

from pystein_lsp.features.cursor import Cursor, Word
from pystein_lsp.features.snippets import argument_snippet
from pystein_lsp.features.target import Target
from pystein_lsp.features.types import DocumentationKey, Item


def argument_names(target: Target, cursor: Cursor, word: Word) -> list[Item]:
    """The keywords that can be written at the position, required ones first."""
    call = cursor.call
    if call is None:
        return []
    positional = [each.name for each in target.parameters if not each.keyword_only]
    taken = {given.name for given in call.given if given.name}
    taken.update(positional[: sum(1 for given in call.given[: call.place] if given.name is None)])
    found = []
    for place, parameter in enumerate(target.parameters):
        if parameter.name in taken:
            continue
        assigned = cursor.followed_by == "="
        detail = parameter.annotation if parameter.required else f"{parameter.annotation} = {parameter.default}"
        found.append(
            Item(
                f"{parameter.name}=",
                "property",
                parameter.name if assigned else f"{parameter.name}=",
                word.span,
                rank=place + (0 if parameter.required else 100),
                detail=detail,
                snippet=None if assigned else argument_snippet(parameter, 1),
                filter=parameter.name,
                documentation=DocumentationKey(target.key, parameter.name),
                again=not assigned,
            )
        )
    return found
