"""What the checker says about an app, in process."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from pystein_lsp.model.app import App, Context
from pystein_lsp.model.constructed import constructed
from pystein_lsp.model.files import Files
from pystein_lsp.rules.diagnose import diagnose, indexes
from pystein_lsp.rules.loss import is_lost

HOST = json.dumps(
    {
        "version": "2.0",
        "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"},
    }
)


class Verdict(NamedTuple):
    """What the checker says."""

    loads: bool | None
    functions: frozenset[str | None]
    """The names of the functions that the library would see."""
    fatal: tuple[tuple[str, str], ...]
    """Rule and message of what loses the whole app."""
    all: tuple[str, ...]
    """All rules that found something."""


class Checker:
    """Checks one app after the other in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def check(self, files: Mapping[str, str]) -> Verdict:
        """Check an app that is given as texts by path."""
        root = self._folder / "root"
        for name, text in {"host.json": HOST, **files}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        try:
            return _verdict(App(Files(), str(root), Context({})))
        finally:
            shutil.rmtree(root)


def _verdict(app: App) -> Verdict:
    found = diagnose(app)
    reachable = [each for each in found if each.location.path in app.reachable]
    fatal = tuple((each.code, each.message) for each in reachable if each.effect == "app")
    functions = frozenset(function.name for function in app.indexed if not is_lost(function, app)).union(
        name for name, _ in constructed(app)
    )
    return Verdict(indexes(app, found), functions, fatal, tuple(each.code for each in found))
