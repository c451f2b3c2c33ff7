"""What cannot be installed is a gap with a name, and no fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.peers import Peers


def test_without_a_folder_there_are_none() -> None:
    peers = Peers(None)
    assert not peers
    assert (peers.python({"ruff": "ruff"}), peers.node("azurite", "azurite"), peers.gaps) == ({}, None, [])


def test_a_package_that_is_not_to_be_had_is_a_gap(tmp_path: Path) -> None:
    peers = Peers(tmp_path, "some")
    assert peers.python({"nothing": str(tmp_path / "no-such-package")}) == {}
    assert peers.gaps == ["nothing: could not be installed (CalledProcessError)"]


def test_without_npm_its_packages_are_gaps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    peers = Peers(tmp_path)
    assert peers.node("azurite", "azurite/dist/src/azurite.js") is None
    assert peers.gaps == ["azurite: there is no npm"]
