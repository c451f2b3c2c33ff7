"""Completion of decorators: those that the container has, and the containers themselves."""

from __future__ import annotations

import re

from pystein_lsp.catalogue import catalogue
from pystein_lsp.catalogue.types import Decorator
from pystein_lsp.features.cursor import Cursor, Word
from pystein_lsp.features.snippets import call_snippet, stack_snippet
from pystein_lsp.features.target import function_around, key_of
from pystein_lsp.features.types import DocumentationKey, Item
from pystein_lsp.model.app import App
from pystein_lsp.model.meaning import Container
from pystein_lsp.model.module import Module

_DEFINITION = re.compile(r"\s*(?:@|(?:async\s+)?def\b|class\b)")


def decorator_names(app: App, module: Module, cursor: Cursor, word: Word) -> list[Item]:
    """What can follow `@` or `@app.`."""
    if not word.owner:
        return _containers(app, module, cursor, word)
    container, rest = app.resolver.dotted(module, word.owner, cursor.line)
    if rest or not isinstance(container, Container):
        return []
    known = catalogue()
    has_trigger = _has_trigger(app, module, cursor.line)
    bare = not _decorates(module, cursor.line)
    found = []
    for key in known.classes[container.class_name].decorators:
        decorator = known.decorators[key]
        if key_of(container.class_name, decorator.name) != key:
            continue  # the durable package has its own version of it
        snippet = None
        if cursor.followed_by != "(":
            snippet = call_snippet(decorator)
            if bare and decorator.role == "trigger":
                snippet = stack_snippet(decorator, module, app)
        found.append(
            Item(
                decorator.name,
                "method",
                decorator.name,
                word.span,
                rank=_rank(decorator, has_trigger=has_trigger),
                detail=_detail(decorator),
                snippet=snippet,
                documentation=DocumentationKey(key),
            )
        )
    return found


def _containers(app: App, module: Module, cursor: Cursor, word: Word) -> list[Item]:
    found = []
    for name in module.names:
        meaning = app.resolver.meaning(module, name, cursor.line)
        if isinstance(meaning, Container):
            detail = meaning.class_name.removeprefix("azure.")
            found.append(Item(name, "variable", name, word.span, detail=detail))
    return found


def _has_trigger(app: App, module: Module, line: int) -> bool:
    """Whether the function below has a trigger already, by another line."""
    function = function_around(app, module, line)
    if function is None:
        return False
    own = line - function.block.line
    return any(binding.role == "trigger" and binding.use.decorator.span.line != own for binding in function.bindings)


def _decorates(module: Module, line: int) -> bool:
    """Whether what follows is a function or another decorator."""
    document = module.document
    for number in range(line + 1, min(line + 6, document.line_count)):
        text = document.line_text(number)
        if text.strip():
            return bool(_DEFINITION.match(text))
    return False


def _rank(decorator: Decorator, *, has_trigger: bool) -> int:
    """A function needs one trigger first, then whatever else; what is rarely meant comes last.

    Among equals those come first that have been there for longer: `route` before `dapr_topic_trigger`.
    """
    group = 1 if has_trigger == (decorator.role == "trigger") else 0
    if decorator.name.startswith("generic_") or decorator.alias_of:
        group += 6
    elif decorator.bundle in ("preview", "v3"):
        group += 4
    elif decorator.role == "setting":
        group += 2
    return 100 * group + int(decorator.since.split(".")[1])


def _detail(decorator: Decorator) -> str:
    kind = decorator.binding_type or ""
    return f"{decorator.role} {kind}".strip() if decorator.role != "setting" else "setting"
