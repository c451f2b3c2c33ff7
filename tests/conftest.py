"""What tests of the kernel share: apps made from source text."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from pystein_lsp.model.app import App, Context
from pystein_lsp.model.files import Files
from pystein_lsp.rules.diagnose import Diagnostic, diagnose

# The same examples in every run, so that a failure is of the change and not of the day; PYSTEIN_RANDOM_TESTS=1 draws others.
# No deadlines: a machine that has other work is no failure.
settings.register_profile("pystein", derandomize="PYSTEIN_RANDOM_TESTS" not in os.environ, deadline=None)
settings.load_profile("pystein")

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # users have compiled code, and what goes wrong with it


class Found(NamedTuple):
    """A diagnostic as a user sees it."""

    code: str
    line: int
    """From 1."""
    text: str
    """The source that is marked."""
    message: str
    severity: str
    file: str
    diagnostic: Diagnostic


MakeApp = Callable[..., App]
Check = Callable[..., list[Found]]


@pytest.fixture
def make_app(tmp_path: Path) -> MakeApp:
    """An app from the text of function_app.py and of other files, keyed by their path."""

    def make(source: str = "", files: Mapping[str, str] | None = None, environ: Mapping[str, str] | None = None) -> App:
        for name, text in {"function_app.py": source, **(files or {})}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), "utf-8")
        return App(Files(), str(tmp_path), Context(environ or {}))

    return make


@pytest.fixture
def check(make_app: MakeApp) -> Check:
    """What is found in an app, by file and line; `only` keeps one rule's findings.

    The word at the top of an app that is lost repeats what the others say, and is left out unless it is asked for.
    """

    def run(
        source: str = "",
        files: Mapping[str, str] | None = None,
        *,
        only: str | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> list[Found]:
        app = make_app(source, files, environ)
        wanted = (
            each for each in diagnose(app) if only == each.code or (only is None and each.code != "app-not-indexed")
        )
        found = [_found(app, each) for each in wanted]
        return sorted(found, key=lambda each: (each.file, each.line, each.code))

    return run


def _found(app: App, diagnostic: Diagnostic) -> Found:
    span = diagnostic.location.absolute
    lines = Path(diagnostic.location.path).read_text("utf-8").split("\n")
    if span.line == span.end_line:
        text = lines[span.line][span.column : span.end_column]
    else:
        text = "\n".join(
            [
                lines[span.line][span.column :],
                *lines[span.line + 1 : span.end_line],
                lines[span.end_line][: span.end_column],
            ]
        )
    return Found(
        diagnostic.code,
        span.line + 1,
        text,
        diagnostic.message,
        diagnostic.severity,
        str(Path(diagnostic.location.path).relative_to(app.root)),
        diagnostic,
    )
