"""The rules' pages: complete, fresh, and their examples true."""

from __future__ import annotations

from pathlib import Path

import pytest

from pystein_lsp.rules.diagnose import diagnose
from pystein_lsp.rules.document import HEADINGS, by_name, files, page
from pystein_lsp.rules.rule import Rule
from tests.conftest import MakeApp
from tests.rules.pages import app_of

PAGES = Path(__file__).parents[2] / "docs" / "rules"

every_rule = pytest.mark.parametrize("rule", by_name(), ids=lambda rule: rule.name)


@every_rule
def test_headings(rule: type[Rule]) -> None:
    found = page(rule)
    assert tuple(found.sections) == HEADINGS
    assert all(text.strip() for text in found.sections.values())
    assert found.summary
    assert found.text.startswith(found.summary + ".\n\n## What it does\n")
    assert found.sections["Reference"].startswith("https://")


@every_rule
def test_the_example_is_reported(rule: type[Rule], make_app: MakeApp) -> None:
    app = make_app(files=app_of(page(rule), "Example"))
    assert rule.name in [each.code for each in diagnose(app)]


@every_rule
def test_what_to_use_instead_is_not(rule: type[Rule], make_app: MakeApp) -> None:
    app = make_app(files=app_of(page(rule), "Use instead"))
    assert [each.message for each in diagnose(app) if each.code == rule.name] == []


def test_pages_are_fresh() -> None:
    expected = dict(files())
    assert {path.name for path in PAGES.iterdir()} == expected.keys(), "run `python -m pystein_lsp.rules.document`"
    stale = [name for name, text in expected.items() if (PAGES / name).read_text("utf-8") != text]
    assert not stale, "run `python -m pystein_lsp.rules.document`"
