"""What can be done with a function: above it, and at the place of a finding."""

from __future__ import annotations

from pystein_lsp.features.actions import fix_all
from pystein_lsp.features.diagnostics import across, diagnostics
from pystein_lsp.features.lenses import lenses
from pystein_lsp.features.suppress import rule_pages, suppress_actions
from pystein_lsp.rules.diagnose import Diagnostic
from pystein_lsp.syntax.span import Span
from tests.features.conftest import At, Here
from tests.features.test_occurrences import DURABLE

TIMER = '@app.timer_trigger(arg_name="timer", schedule="%Nightly%")\ndef tick(timer): ...\n'
WRONG = '@app.queue_trigger(arg_name="msg", queue_name="orders", connection="Nope")\ndef take(message): ...\n'


def titles(here: Here, **options: object) -> list[tuple[int, str]]:
    found = lenses(here.app, here.module, "file:///x", **options)  # type: ignore[arg-type]
    return [(lens.span.line, lens.command.title) for lens in found]


def reported(here: Here) -> list[Diagnostic]:
    return diagnostics(here.app, here.module.path, here.module, across(here.app))


def test_a_timer_is_told_in_words_and_each_kind_can_be_switched_off(at: At) -> None:
    here = at(TIMER + "|")
    assert titles(here) == [(4, "▶ Run tick"), (4, "at 03:00 every day")]
    assert titles(here, off=frozenset({"run"})) == [(4, "at 03:00 every day")]
    assert titles(here, off=frozenset({"schedule"})) == [(4, "▶ Run tick")]
    assert titles(here, may_run=False) == [(4, "at 03:00 every day")]


def test_an_activity_says_who_calls_it(at: At) -> None:
    shown = [title for _, title in titles(at(DURABLE + "|", head=""))]
    assert "called by flow" in shown
    assert "called by flow, start" in shown


def test_a_function_that_the_platform_does_not_see_cannot_be_run(at: At) -> None:
    here = at("@app.function_name('x')\ndef lonely(): ...\n\ndef helper(): ...\n|")
    assert titles(here) == []


def test_ignoring_a_finding_makes_it_go(at: At) -> None:
    here = at(WRONG + "|")
    found = [each for each in reported(here) if each.code == "missing-connection-setting"]
    (action,) = suppress_actions(here.module, found, found[0].location.absolute)
    assert action.title == "Ignore missing-connection-setting here"
    (edit,) = action.edits
    here.module.edit(*edit.span, edit.text)
    here.app.files.changed()
    assert "missing-connection-setting" not in [each.code for each in reported(here)]
    assert "unused-suppression" not in [each.code for each in reported(here)]


def test_nothing_is_offered_where_a_comment_does_not_help(at: At) -> None:
    here = at("x = (\n|")
    found = reported(here)
    assert found
    assert list(suppress_actions(here.module, found, Span(0, 0, 1000, 0))) == []


def test_the_rule_s_page_can_be_opened(at: At) -> None:
    here = at(WRONG + "|")
    found = reported(here)
    pages = [each.command.arguments for each in rule_pages(found, Span(0, 0, 1000, 0)) if each.command]
    assert ({"rule": "arg-name-mismatch"},) in pages


def test_all_safe_fixes_are_made_at_once_and_no_other(at: At) -> None:
    here = at(WRONG + WRONG.replace("take", "other") + "|")
    action = fix_all(reported(here))
    assert action is not None
    assert [edit.text for edit in action.edits] == ['"message"', '"message"']
