"""Which version of azure-functions, or of its durable companion, an app brings: from files alone."""

from __future__ import annotations

import os
from typing import NamedTuple

from pystein_lsp.model.files import Files

ENVIRONMENTS = (".venv", "venv", os.path.join(".python_packages", "lib", "site-packages"))
"""Where an app's packages are, by the platform's and the tools' habits."""


class Brought(NamedTuple):
    """A version that an environment of the app holds."""

    version: str
    environment: str
    """The environment's folder in the app's."""
    note: str
    """What is said where that version is not known: which knowledge stands in for it. Empty where it is known."""


def brought(files: Files, root: str, package: str) -> Brought | None:
    """What an app's own environment has of a package; None where it has none."""
    for folder in ENVIRONMENTS:
        if folder.partition(os.sep)[0] + "/" not in files.names(root):
            continue
        from pathlib import Path  # noqa: PLC0415 (a tenth of a check's start, and most apps in CI have no environment)

        from pystein_lsp.catalogue.installed import installed_in, knowledge_in  # noqa: PLC0415 (the same)

        environment = Path(root, folder)
        found = installed_in(environment, package)
        if found:
            return Brought(found.version, folder, knowledge_in(environment, package).note)
    return None
