"""Which Python an app says that it runs on."""

from __future__ import annotations

import os
import re

from pystein_lsp.model.files import Files

_PLACES = {".python-version": r"", "runtime.txt": r"python-", ".venv/pyvenv.cfg": r"version(?:_info)?\s*=\s*"}


def read_python_version(files: Files, root: str) -> str | None:
    """The version that the app's folder names, such as `3.10`; None where it names none."""
    for name, head in _PLACES.items():
        folder, _, last = name.rpartition("/")
        if last not in files.names(os.path.join(root, folder) if folder else root):
            continue
        text = files.text(os.path.join(root, *name.split("/"))) or ""
        if found := re.search(rf"^\s*{head}(3\.\d+)", text, re.MULTILINE):
            return found[1]
    return None
