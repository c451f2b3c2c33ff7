"""Whether a module that the app does not have may come with a package that is installed."""

from __future__ import annotations

from pystein_lsp.model.app import App
from pystein_lsp.model.requirements import LIBRARY, NAME, normalised
from pystein_lsp.rules.missing_requirement import DISTRIBUTIONS

_KNOWN = {LIBRARY, "azure-functions-durable"}.union(map(normalised, DISTRIBUTIONS.values()))
"""Distributions that bring no blueprints."""
_OTHER_LISTS = {"pyproject.toml", "setup.py", "setup.cfg", "Pipfile", "environment.yml", "poetry.lock", "uv.lock"}
"""Files that may ask for packages where there is no requirements.txt."""
_INSTALLED = ".python_packages/"
"""Packages that are deployed with the app."""


def may_bring_blueprints(app: App) -> bool:
    """Whether anything but the app's own files may hold a blueprint, as far as can be known."""
    names = app.files.names(app.root)
    if _INSTALLED in names or app.settings.get("PYTHONPATH"):
        return True
    if NAME not in names:
        return not _OTHER_LISTS.isdisjoint(names)
    return not app.requirements.complete or any(each.name not in _KNOWN for each in app.requirements.found)
