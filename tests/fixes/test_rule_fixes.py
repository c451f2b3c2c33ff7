"""The fixes of every rule's example: the mistake is gone, the file still parses, and a second time changes nothing."""

from __future__ import annotations

import ast

import pytest

from pystein_lsp.fixes.apply import apply_fixes
from pystein_lsp.rules.diagnose import Diagnostic, diagnose
from pystein_lsp.rules.document import by_name, page
from pystein_lsp.rules.rule import Rule
from tests.conftest import MakeApp
from tests.rules.pages import app_of


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("rule", by_name(), ids=lambda rule: rule.name)
def test_the_example_is_mended(rule: type[Rule], make_app: MakeApp, unsafe: bool) -> None:
    app = make_app(files=app_of(page(rule), "Example"))

    def found() -> list[Diagnostic]:
        return [each for each in diagnose(app) if each.code == rule.name]

    promised = any(fix.safe or unsafe for each in found() for fix in each.fixes)
    outcome = apply_fixes(app.files, app.root, found, unsafe=unsafe)
    assert outcome.stable
    assert bool(outcome.changes) is promised
    if promised:
        assert not any(fix.safe or unsafe for each in found() for fix in each.fixes)
        assert found() == []
    for change in outcome.changes:
        if change.after.path.endswith(".py"):
            ast.parse(change.after.text)
    assert apply_fixes(app.files, app.root, found, unsafe=unsafe).changes == ()
