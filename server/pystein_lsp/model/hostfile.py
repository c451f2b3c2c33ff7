"""host.json as the checker needs it."""

from __future__ import annotations

import os
from typing import NamedTuple

from pystein_lsp.model.files import Files
from pystein_lsp.model.settings import JsonFile
from pystein_lsp.platform.jsonc import Node, read_json

NAME = "host.json"


class HostFile(NamedTuple):
    """The file, None where there is none."""

    file: JsonFile | None

    @property
    def root(self) -> Node | None:
        """Its top-level object, where it can be read."""
        root = self.file.json.root if self.file else None
        return root if root and root.kind == "object" else None

    @property
    def route_prefix(self) -> str:
        """The prefix of HTTP routes: `api` unless `extensions.http.routePrefix` says otherwise."""
        node = self.root
        for key in ("extensions", "http", "routePrefix"):
            node = node.get(key) if node else None
        return str(node.value).strip("/") if node and node.kind == "string" else "api"


def read_host_file(files: Files, root: str) -> HostFile:
    """The host.json of the app at `root`."""
    path = os.path.join(root, NAME)
    content = files.text(path)
    return HostFile(JsonFile(path, read_json(content)) if content is not None else None)
