"""The page about editors names everything that the server answers to, and nothing that it does not."""

from __future__ import annotations

import re
from pathlib import Path

from pystein_lsp.features.kinds import LENSES
from pystein_lsp.lsp.commands import NAMES
from pystein_lsp.lsp.registry import DIRECT, METHODS, QUERIES
from pystein_lsp.lsp.wishes import HINTS

PAGE = (Path(__file__).parents[2] / "docs" / "editors.md").read_text("utf-8")
LIFE = {"initialize", "shutdown", "exit", "cancelRequest", "setTrace", "logTrace"}
"""What the protocol itself handles."""
SAID = LIFE | {"publishDiagnostics", "configuration", "showDocument", "workDoneProgress"}
"""And what the server asks or tells."""


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_every_method_is_in_the_table_and_the_other_way_round() -> None:
    rows = [row.split("|")[1] for row in section("What is supported").splitlines() if row.startswith("| `")]
    told = {name.rpartition("/")[2] for row in rows for name in re.findall(r"`([\w$/]+)`", row)}
    answered = {each.name.split("/")[1] for each in (*METHODS, *DIRECT, *QUERIES) if "/" in each.name}
    assert told - SAID == answered - LIFE - {"workDoneProgress"}


def test_every_command_is_in_the_table() -> None:
    assert set(re.findall(r"\| `(pystein\.\w+)` \|", section("Commands"))) == set(NAMES)


def test_every_kind_of_lens_and_hint_can_be_looked_up() -> None:
    assert re.findall(r"^\| `(\w+)` \|", section("Above a function"), re.MULTILINE) == list(LENSES)
    assert all(f"`{kind}`" in section("Settings") for kind in (*LENSES, *HINTS))
