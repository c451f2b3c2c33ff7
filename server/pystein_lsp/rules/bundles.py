"""The extension bundle that host.json names: what the rules about it share."""

from __future__ import annotations

import re
from typing import NamedTuple

from pystein_lsp.model.app import App
from pystein_lsp.model.settings import JsonFile
from pystein_lsp.platform.jsonc import Node
from pystein_lsp.syntax.span import Location

GENERAL = "Microsoft.Azure.Functions.ExtensionBundle"
_NUMBER = re.compile(r"\d+")


class Bundle(NamedTuple):
    """The bundle of an app; `node` is its section of host.json."""

    id: str
    major: int | None
    """The major version that its range starts with; None where that cannot be read."""
    file: JsonFile
    node: Node

    def location(self) -> Location:
        """Where the version stands, else the section."""
        return self.file.location((self.node.get("version") or self.node).span)


def bundle_of(app: App) -> Bundle | None:
    """The bundle that host.json names; None where it names none or cannot be read."""
    root, file = app.host.root, app.host.file
    node = root.get("extensionBundle") if root else None
    if file is None or node is None or node.kind != "object":
        return None
    identity, version = node.get("id"), node.get("version")
    number = _NUMBER.search(str(version.value)) if version else None
    return Bundle(str(identity.value) if identity else "", int(number.group()) if number else None, file, node)


def brings_own_extensions(app: App) -> bool:
    """Whether the app installs extensions by itself, so that it needs no bundle."""
    names = app.files.names(app.root)
    return "bin/" in names or any(name.endswith(".csproj") for name in names)
