"""The rule library-version."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.catalogue.versions import FUNCTIONS, knowledge_of
from pystein_lsp.model.app import App
from pystein_lsp.rules.rule import AppRule, Finding
from pystein_lsp.syntax.span import Location, Span

_PACKAGES = (FUNCTIONS, "azure-functions-durable")


class LibraryVersion(AppRule):
    """A version of the library that is not known here.

    ## What it does
    Says so when the app pins, or its environment holds, a version of azure-functions or azure-functions-durable that is newer
    than what is known, older than the first of this model, broken or no version at all, and which version's knowledge is
    used instead.

    ## Why it matters
    Findings about decorators and arguments are as good as the knowledge behind them.

    ## Example
    ```text
    azure-functions==99.0.0
    ```

    ## Use instead
    ```text
    azure-functions
    ```

    ## Fix safety
    There is no fix.

    ## Reference
    https://pypi.org/project/azure-functions
    """

    name = "library-version"
    severity = "information"
    reads = "names"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for each package."""
        for package in _PACKAGES:
            requirement = app.requirements.get(package)
            pins = (
                [version for operator, version in requirement.clauses if operator in ("==", "===")]
                if requirement
                else []
            )
            if requirement and pins and "*" not in pins[0]:
                if note := knowledge_of(pins[0], package).note:
                    yield Finding(note.rstrip("."), requirement.location)
                continue
            found = app.brought(package)
            entry = app.entry
            if found and found.note and entry:
                span = Span(0, 0, 0, max(1, len(entry.document.line_text(0))))
                yield Finding(
                    f"{found.environment}: {found.note.rstrip('.')}", Location(entry.document.blocks[0], span)
                )
