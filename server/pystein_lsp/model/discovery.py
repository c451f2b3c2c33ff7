"""Find the function apps of a tree."""

from __future__ import annotations

import os
from collections.abc import Iterator

from pystein_lsp.model.app import ENTRY
from pystein_lsp.model.files import Files, folders_below
from pystein_lsp.platform.jsonc import read_json

_OTHER_LANGUAGES = (".csproj", ".fsproj", "package.json", "pom.xml", "build.gradle", "profile.ps1", "go.mod")


def find_apps(files: Files, folder: str) -> Iterator[str]:
    """The folders of all apps at and below a folder, in a fixed order."""
    pending = [folder]
    while pending:
        current = pending.pop()
        if is_app(files, current):
            yield current
        pending += reversed(folders_below(files, current))


def is_app(files: Files, folder: str) -> bool:
    """Whether a folder holds a Python app: an entry file, or host.json with evidence of Python."""
    names = files.names(folder)
    if ENTRY in names:
        return True
    if "host.json" not in names:
        return False
    runtime = _runtime(files, folder)
    if runtime:
        return runtime == "python"
    if any(name.endswith(_OTHER_LANGUAGES) for name in names):
        return False
    return any(name.endswith(".py") for name in names) or "requirements.txt" in names or "pyproject.toml" in names


def app_of(files: Files, path: str) -> str | None:
    """The app that a file or folder belongs to: the nearest folder upwards that is one."""
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    while True:
        if is_app(files, folder):
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def _runtime(files: Files, folder: str) -> str | None:
    """FUNCTIONS_WORKER_RUNTIME of the app's local settings, in lower case."""
    if "local.settings.json" not in files.names(folder):
        return None
    content = files.text(os.path.join(folder, "local.settings.json"))
    root = read_json(content).root if content else None
    values = root.get("Values") if root else None
    node = values.get("FUNCTIONS_WORKER_RUNTIME") if values else None
    return str(node.value).lower() if node and node.value else None
