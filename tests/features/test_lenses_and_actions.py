"""What can be done with a function: above it, and at the place of a finding."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from pystein_lsp.features.actions import fix_all
from pystein_lsp.features.diagnostics import across, diagnostics
from pystein_lsp.features.lenses import actions, lenses, resolved
from pystein_lsp.features.names import name_of
from pystein_lsp.features.steady import Steady
from pystein_lsp.features.suppress import rule_pages, suppress_actions
from pystein_lsp.features.types import Lens
from pystein_lsp.rules.diagnose import Diagnostic
from pystein_lsp.syntax.span import Span
from tests.features.conftest import At, Here
from tests.features.test_occurrences import DURABLE

TIMER = '@app.timer_trigger(arg_name="timer", schedule="%Nightly%")\ndef tick(timer): ...\n'
WRONG = '@app.queue_trigger(arg_name="msg", queue_name="orders", connection="Nope")\ndef take(message): ...\n'


NOON = datetime(2026, 1, 5, 12, tzinfo=timezone.utc)
HTTP = '@app.route(route="hello/{name}", methods=["GET"])\ndef hello(req: func.HttpRequest) -> str: ...\n'


def titles(here: Here, **options: object) -> list[tuple[int, str, str]]:
    """What the lenses say, those that are worked out late too."""
    found = lenses(here.app, here.module, "file:///x", **options)  # type: ignore[arg-type]
    return [(lens.span.line, lens.kind, title_of(here, lens, **options)) for lens in found]


def title_of(here: Here, lens: Lens, **options: object) -> str:
    if lens.command:
        return lens.command.title
    function = next(each for each in here.app.functions(here.module) if name_of(each) == lens.function)
    results = options.get("results", {})
    return resolved(here.app, function, lens.kind, "file:///x", NOON, results).title  # type: ignore[arg-type]


def reported(here: Here) -> list[Diagnostic]:
    return diagnostics(here.app, here.module.path, here.module, across(here.app))


def test_a_timer_is_told_in_words_with_its_next_time(at: At) -> None:
    assert titles(at(TIMER + "|")) == [
        (4, "run", "▶ Run tick"),
        (4, "debug", "Debug"),
        (4, "editEvent", "Edit event"),
        (4, "schedule", "at 03:00 every day, next Tue 06 Jan 03:00:00"),
    ]


def test_a_route_is_told_and_each_kind_can_be_switched_off(at: At) -> None:
    here = at(HTTP + "|")
    assert titles(here)[-1] == (4, "route", "GET /api/hello/{name}")
    for kind in ("run", "debug", "editEvent", "route"):
        assert [each[1] for each in titles(here, off={kind})] == [
            other for other in ("run", "debug", "editEvent", "route") if other != kind
        ]


def test_without_leave_to_run_what_only_tells_is_left(at: At) -> None:
    assert [each[1] for each in titles(at(TIMER + "|"), may_run=False)] == ["schedule"]
    assert titles(at(HTTP + "|"), may_run=False) == []


def test_the_last_result_is_told(at: At) -> None:
    results = {"hello": {"status": "succeeded", "return": {"status": 200, "headers": {}}, "durationMs": 12.2}}
    assert (4, "lastResult", "200 in 12 ms") in titles(at(HTTP + "|"), results=results)


def test_an_activity_says_who_calls_it(at: At) -> None:
    shown = [title for _, kind, title in titles(at(DURABLE + "|", head="")) if kind == "callers"]
    assert "1 caller: flow" in shown
    assert "2 callers: flow, start" in shown


def test_a_function_that_the_platform_does_not_see_cannot_be_run(at: At) -> None:
    here = at("@app.function_name('x')\ndef lonely(): ...\n\ndef helper(): ...\n|")
    assert titles(here) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('@app.route(route="hello/{name}", methods=["GET"])', "@app."),
        ('@app.route(route="hello/{name}", methods=["GET"])', '@app.route(route="hel'),
        ('@app.route(route="hello/{name}", methods=["GET"])', "@app.rou()"),
        ("def hello(req: func.HttpRequest) -> str: ...", "def hello(req: func.HttpReq"),
        ("def hello(req: func.HttpRequest) -> str: ...", "de hello(req: func.HttpRequest) -> str: ..."),
        ("def hello(req: func.HttpRequest) -> str: ...", "de"),
    ],
)
def test_lenses_stay_while_a_line_is_half_typed(at: At, old: str, new: str) -> None:
    here = at(HTTP + "|")
    steady = Steady()
    before = steady.settle(here.module, lenses(here.app, here.module, "file:///x"))
    text = here.module.document.text
    line = text[: text.index(old)].count("\n")
    here.module.edit(line, 0, line, len(old), new)
    here.app.files.changed()
    assert steady.settle(here.module, lenses(here.app, here.module, "file:///x")) == before


def test_lenses_go_with_their_function(at: At) -> None:
    here = at(HTTP + "|")
    steady = Steady()
    assert steady.settle(here.module, lenses(here.app, here.module, "file:///x"))
    here.module.edit(4, 0, 5, 0, "")
    here.app.files.changed()
    assert steady.settle(here.module, lenses(here.app, here.module, "file:///x")) == []


def test_every_lens_that_does_something_has_its_twin(at: At) -> None:
    here = at(DURABLE + "|", head="")
    for function in here.app.functions(here.module):
        results = {function.name or "": {}}
        own = [each for each in lenses(here.app, here.module, "u", results=results) if each.function == function.name]
        twins = dict(actions(function, "u", results, may_run=True))
        assert {each.kind for each in own} - {"schedule"} == set(twins)
        for each in own:
            command = each.command or resolved(here.app, function, each.kind, "u", NOON, {})
            assert (command.name, command.arguments) == (twins[each.kind].name, twins[each.kind].arguments)


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


WRAPPED = 'from tools import traced\n\n\n@app.route(route="hello")\n@traced\ndef hello(req): ...\n|'


def test_a_function_below_a_decorator_of_others_is_offered_by_its_own_name(at: At) -> None:
    here = at(WRAPPED)
    assert [title for _, _, title in titles(here)] == ["▶ Run hello", "Debug", "Edit event", "any method /api/hello"]


def test_a_name_that_an_argument_computes_is_not_guessed(at: At) -> None:
    assert titles(at(WRAPPED.replace("@app.route", "@app.function_name(made_up())\n@app.route"))) == []


def test_who_calls_by_a_name_that_cannot_be_told_is_not_denied(at: At) -> None:
    source = DURABLE.replace('"greet"', "context.get_input()") + "|"
    assert [title for _, kind, title in titles(at(source, head="")) if kind == "callers"][1] == "no caller names it"
