"""What tests of features share: an app, and a position in it that is marked by `|`."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from typing import NamedTuple

import pytest

from pystein_lsp.model.app import App
from pystein_lsp.model.module import Module
from pystein_lsp.syntax.span import Span
from tests.conftest import MakeApp

SETTINGS = """\
{
  "IsEncrypted": false,
  "Values": {
    "FUNCTIONS_WORKER_RUNTIME": "python",
    "AzureWebJobsStorage": "UseDevelopmentStorage=true",
    "Bus__fullyQualifiedNamespace": "shop.servicebus.windows.net",
    "Cosmos": "AccountEndpoint=https://x/;AccountKey=topsecret;",
    "Nightly": "0 0 3 * * *"
  }
}
"""
HEAD = "import azure.functions as func\n\napp = func.FunctionApp()\n\n"


class Here(NamedTuple):
    """An app and a position in its entry module."""

    app: App
    module: Module
    line: int
    column: int

    def text(self, span: Span) -> str:
        """What stands at a span."""
        lines = self.module.document.text.split("\n")
        if span.line == span.end_line:
            return lines[span.line][span.column : span.end_column]
        inner = lines[span.line + 1 : span.end_line]
        return "\n".join([lines[span.line][span.column :], *inner, lines[span.end_line][: span.end_column]])


At = Callable[..., Here]


@pytest.fixture
def at(make_app: MakeApp) -> At:
    """Make an app from the text of its functions, with a `|` at the position."""

    def make(source: str, files: Mapping[str, str] | None = None, head: str = HEAD) -> Here:
        text = head + textwrap.dedent(source)
        offset = text.index("|")
        text = text.replace("|", "", 1)
        others = {"host.json": '{"version": "2.0"}', "local.settings.json": SETTINGS, **(files or {})}
        app = make_app(text, others)
        module = app.entry
        assert module is not None
        before = text[:offset]
        return Here(app, module, before.count("\n"), len(before) - before.rfind("\n") - 1)

    return make
