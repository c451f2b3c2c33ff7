"""Which azure-functions an app's environment has, read from its files: nothing is imported and no interpreter is started."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .versions import FUNCTIONS, Knowledge, knowledge_of, parse

_MODULES = {FUNCTIONS: "azure/functions", "azure-functions-durable": "azure/durable_functions"}


class Installed(NamedTuple):
    """A distribution that pip has installed."""

    version: str
    whole: bool
    """Whether its package is there too; False after half an upgrade or a removal by hand."""


def installed_in(environment: Path, package: str = FUNCTIONS) -> Installed | None:
    """What an environment has of a package, None where it has nothing.

    Args:
        environment: A virtual environment, or a folder that packages were installed into (`.python_packages/lib/site-packages`).
        package: `azure-functions` or `azure-functions-durable`.
    """
    prefix = package.replace("-", "_") + "-"
    found: list[Installed] = []
    for site in _site_packages(environment):
        for metadata in site.glob(f"{prefix}*.dist-info"):
            version = metadata.name.removeprefix(prefix).removesuffix(".dist-info")
            if parse(version):
                found.append(Installed(version, (site / _MODULES[package] / "__init__.py").is_file()))
    return max(found, key=lambda item: parse(item.version) or (), default=None)


def knowledge_in(environment: Path, package: str = FUNCTIONS) -> Knowledge:
    """The knowledge that stands for what an environment has, with a note where that is missing, broken or not known."""
    installed = installed_in(environment, package)
    if installed and not installed.whole:
        missing = f"{package} {installed.version} in {environment} is broken: {_MODULES[package]} is not there"
        return knowledge_of(installed.version, package)._replace(note=f"{missing}; its version is taken for granted.")
    return knowledge_of(installed.version if installed else None, package)


def _site_packages(environment: Path) -> Iterator[Path]:
    yield environment
    yield environment / "Lib" / "site-packages"
    yield from sorted(environment.glob("lib/python*/site-packages"))
