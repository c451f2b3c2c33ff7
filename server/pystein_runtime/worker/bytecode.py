"""The app's own modules are compiled anew by each worker.

Python takes compiled code for that of a source of the same size and the same second. Who saves twice in a second, or has
it done by a formatter, would be served by what stood there first.
"""

from __future__ import annotations

import os
from importlib.machinery import SourceFileLoader
from typing import Any

_PACKAGES = ("site-packages", ".python_packages")
"""Folders in an app's folder that hold what does not change while it is worked on."""


def keep_none_of(root: str) -> None:
    """Have no compiled code written for modules of a folder, other than installed packages."""
    write = SourceFileLoader.set_data
    below = os.path.join(os.path.realpath(root), "")  # noqa: PTH118 - pathlib costs 3 ms

    def set_data(self: SourceFileLoader, path: str, data: bytes, **options: Any) -> None:
        source = os.path.realpath(self.path)
        if not source.startswith(below) or any(name in source for name in _PACKAGES):
            write(self, path, data, **options)

    SourceFileLoader.set_data = set_data  # type: ignore[assignment,method-assign]  # Python asks the loader's class
