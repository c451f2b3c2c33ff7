"""Whether a module that the app does not have may come with a package that is installed."""

from __future__ import annotations

from pystein_lsp.model.app import App
from pystein_lsp.model.files import folders_below
from pystein_lsp.model.requirements import LIBRARY, NAME, normalised
from pystein_lsp.rules.missing_requirement import DISTRIBUTIONS

_KNOWN = {LIBRARY, "azure-functions-durable"}.union(map(normalised, DISTRIBUTIONS.values()))
"""Distributions that bring no blueprints."""
_OTHER_LISTS = {"pyproject.toml", "setup.py", "setup.cfg", "Pipfile", "environment.yml", "poetry.lock", "uv.lock"}
"""Files that may ask for packages where there is no requirements.txt."""
_INSTALLED = ".python_packages/"
"""Packages that are deployed with the app."""


def may_bring_blueprints(package: str, app: App) -> bool:
    """Whether anything but the modules that the app finds may hold a blueprint of a package, as far as can be known."""
    names = app.files.names(app.root)
    if _INSTALLED in names or app.settings.get("PYTHONPATH"):
        return True
    beside = (app.files.names(folder) for folder in folders_below(app.files, app.root))
    if any(not {f"{package}/", f"{package}.py"}.isdisjoint(names) for names in beside):
        return True  # `src/app`, which a PYTHONPATH that we do not see may lead to
    if NAME not in names:
        return not _OTHER_LISTS.isdisjoint(names)
    return not app.requirements.complete or any(each.name not in _KNOWN for each in app.requirements.found)
