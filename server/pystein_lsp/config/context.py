"""What a configuration tells the analysis of an app."""

from __future__ import annotations

from collections.abc import Mapping

from pystein_lsp.config.configuration import Configuration
from pystein_lsp.model.app import Context
from pystein_lsp.model.requirements import LIBRARY, Requirement, TextFile
from pystein_lsp.syntax.span import Location, Span


def context_of(configuration: Configuration, environ: Mapping[str, str], settings_file: str | None = None) -> Context:
    """The context of an app.

    Args:
        configuration: what counts for the app.
        environ: the environment, whose settings win.
        settings_file: the one that was named for this run.
    """
    return Context(
        environ,
        settings_file or configuration.settings_file,
        configuration.settings or None,
        _pinned(configuration),
        configuration.python_version,
    )


def _pinned(configuration: Configuration) -> tuple[Requirement, ...]:
    version = configuration.azure_functions_version
    if version is None:
        return ()
    clause = ("==", version if version.count(".") == 2 else f"{version}.*")
    return (Requirement(LIBRARY, (clause,), Location(TextFile(configuration.path or ""), Span(0, 0, 0, 1))),)
