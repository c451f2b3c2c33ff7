"""The rule mixed-models."""

from __future__ import annotations

import os
from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.rules.rule import AppRule, Finding
from pystein_lsp.syntax.span import Location, Span


class MixedModels(AppRule):
    """Functions of the older model beside those of this one.

    ## What it does
    Reports folders with a function.json next to an entry file with decorators.

    ## Why it matters
    As soon as there is an entry file, the host takes its functions alone: those in folders are never run, which the log says
    a minute after the start (`Detected mixed function app`).

    ## Example
    A folder `Orders/` with `function.json` and `__init__.py` beside `function_app.py`.

    ## Use instead
    Rewrite them with decorators, or keep them in an app of their own.

    ## Fix safety
    There is no fix.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python
    """

    name = "mixed-models"
    severity = "warning"
    reads = "names"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for the entry file."""
        entry = app.entry
        if entry is None:
            return
        if folders := older_functions(app):
            listed = ", ".join(folders[:5]) + (" ..." if len(folders) > 5 else "")
            message = (
                f"the functions of the older model in {listed} are never run: the host takes those of this file alone"
            )
            yield Finding(
                message, Location(entry.document.blocks[0], Span(0, 0, 0, max(1, len(entry.document.line_text(0)))))
            )


def older_functions(app: App) -> list[str]:
    """The folders that hold functions of the older model, by name."""
    inner = [name[:-1] for name in sorted(app.files.names(app.root)) if name.endswith("/") and name[0] != "."]
    return [name for name in inner if "function.json" in app.files.names(os.path.join(app.root, name))]
