"""What an environment has, read from its files."""

import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from pystein_lsp.catalogue.installed import Installed, installed_in, knowledge_in


def make(site: Path, version: str, *, whole: bool = True, package: str = "azure_functions") -> None:
    (site / f"{package}-{version}.dist-info").mkdir(parents=True)
    if whole:
        (site / "azure/functions").mkdir(parents=True, exist_ok=True)
        (site / "azure/functions/__init__.py").touch()


def test_our_own_environment() -> None:
    assert installed_in(Path(sys.prefix)) == Installed(version("azure-functions"), True)
    assert installed_in(Path(sys.prefix), "azure-functions-durable") == Installed(
        version("azure-functions-durable"), True
    )


@pytest.mark.parametrize("site", ["lib/python3.11/site-packages", "Lib/site-packages", "."])
def test_layouts(tmp_path: Path, site: str) -> None:
    make(tmp_path / site, "1.21.3")
    assert installed_in(tmp_path) == Installed("1.21.3", True)
    assert knowledge_in(tmp_path) == ("1.21.3", "")


def test_missing(tmp_path: Path) -> None:
    make(tmp_path, "1.7.0", whole=False, package="azure_functions_durable")
    assert installed_in(tmp_path) is None
    assert installed_in(tmp_path / "nowhere") is None
    assert "No azure-functions was found" in knowledge_in(tmp_path).note


def test_broken(tmp_path: Path) -> None:
    make(tmp_path, "1.21.3", whole=False)
    knowledge = knowledge_in(tmp_path)
    assert knowledge.version == "1.21.3"
    assert "is broken: azure/functions is not there" in knowledge.note


def test_newer_than_known_and_older_than_decorators(tmp_path: Path) -> None:
    make(tmp_path / "new", "1.99.0")
    make(tmp_path / "old", "1.9.0")
    assert knowledge_in(tmp_path / "new").version == "1.26.0"
    assert knowledge_in(tmp_path / "old").version == "1.10.0"


def test_what_is_left_of_an_upgrade(tmp_path: Path) -> None:
    make(tmp_path, "1.9.0")
    make(tmp_path, "1.21.3")
    make(tmp_path, "nonsense")
    assert installed_in(tmp_path) == Installed("1.21.3", True)
