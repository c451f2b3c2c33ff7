"""Hover, signature help, hints, tokens, symbols and links: what a reader is told."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from pystein_lsp.features.hints import hints
from pystein_lsp.features.hover import hover
from pystein_lsp.features.links import links
from pystein_lsp.features.signature import signature_help
from pystein_lsp.features.symbols import document_symbols, workspace_symbols
from pystein_lsp.features.tokens import tokens
from pystein_lsp.model.summary import summary_of
from pystein_lsp.rules.diagnose import diagnose
from tests.features.conftest import At, Here
from tests.features.test_occurrences import DURABLE

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)  # a Monday
TIMER = '@app.timer_trigger(arg_name="timer", schedule="0 30 9 * * 1-5")\ndef tick(timer): ...\n'
HTTP = '@app.route(route="orders/{id:int}", methods=["GET", "POST"])\ndef order(req): ...\n'
QUEUE = '@app.queue_trigger(arg_name="msg", queue_name="orders", connection="{}")\ndef take(msg): ...\n'


def told(here: Here) -> str:
    found = hover(here.app, here.module, here.line, here.column, NOW)
    assert found is not None
    return found.text


def marked(source: str, text: str) -> str:
    """A source with the mark inside a text."""
    place = source.index(text) + 1
    return source[:place] + "|" + source[place:]


def test_a_schedule_is_told_in_words_with_its_next_five_times(at: At) -> None:
    text = told(at(marked(TIMER, "0 30")))
    assert "09:30" in text
    assert "Monday" in text or "weekday" in text
    times = next(line for line in text.split("\n") if line.startswith("Next:"))
    assert times == (
        "Next: Mon 02 Mar 09:30:00, Tue 03 Mar 09:30:00, Wed 04 Mar 09:30:00, Thu 05 Mar 09:30:00, Fri 06 Mar 09:30:00"
    )


def test_a_schedule_in_a_setting_is_looked_up(at: At) -> None:
    assert "03:00" in told(at(marked(TIMER.replace("0 30 9 * * 1-5", "%Nightly%"), "%Night")))


def test_times_follow_the_zone_of_the_app(at: At) -> None:
    settings = '{"Values": {"WEBSITE_TIME_ZONE": "America/New_York"}}'
    text = told(at(marked(TIMER, "0 30"), {"local.settings.json": settings}))
    assert "America/New_York" in text
    assert "Next: Mon 02 Mar 09:30:00" in text


@pytest.mark.parametrize(
    ("connection", "expected"),
    [
        ("AzureWebJobsStorage", "development storage"),
        ("Bus", "identity-based"),
        ("Cosmos", "Cosmos DB account"),
        ("Nope", "no settings file"),
    ],
)
def test_a_connection_is_told_by_its_kind_and_never_by_its_contents(connection: str, expected: str, at: At) -> None:
    text = told(at(marked(QUEUE.format(connection), f'"{connection}')))
    assert expected in text
    assert "topsecret" not in text
    assert "servicebus.windows.net" not in text


def test_a_route_is_told_with_its_address_and_methods(at: At) -> None:
    assert "`GET,POST http://localhost:7071/api/orders/{id:int}`" in told(at(marked(HTTP, "orders/")))


def test_half_typed_functions_are_told_too(at: At) -> None:
    assert "queue_name" in told(at('@app.queue_tri|gger(arg_name="msg", queue_name="x"\ndef take(msg): ...\n'))


@pytest.mark.parametrize("source", ["def f(): ret|urn 1\n", "x| = 1\n", "@app.nothing|()\ndef f(): ...\n", "|"])
def test_elsewhere_nothing_is_told(source: str, at: At) -> None:
    here = at(source)
    assert hover(here.app, here.module, here.line, here.column, NOW) is None


def active(here: Here) -> tuple[str, str | None]:
    found = signature_help(here.app, here.module, here.line, here.column)
    assert found is not None
    parameter = found.parameters[found.active] if found.active is not None else None
    if parameter:
        assert found.label[parameter.start : parameter.end].startswith(parameter.name)
    return found.label.partition("(")[0], parameter.name if parameter else None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("@app.queue_trigger(|)\ndef f(): ...", "arg_name"),
        ('@app.queue_trigger("m", |)\ndef f(): ...', "queue_name"),
        ('@app.queue_trigger(connection="|", arg_name="m")\ndef f(): ...', "connection"),
        ('@app.queue_trigger(connection="c", |\ndef f(): ...', "arg_name"),
        ("@app.queue_trigger(nothing=|)\ndef f(): ...", None),
    ],
)
def test_the_parameter_that_is_being_given_is_shown(source: str, expected: str | None, at: At) -> None:
    assert active(at(source)) == ("queue_trigger", expected)


def test_outside_a_known_call_there_is_no_signature(at: At) -> None:
    here = at("print(|)")
    assert signature_help(here.app, here.module, here.line, here.column) is None


def shown(here: Here) -> list[tuple[str, str]]:
    """Hints with the text that they stand behind."""
    document = here.module.document
    return [
        (document.line_text(each.line)[: each.column][-4:], each.text) for each in hints(here.app, here.module, 0, 1000)
    ]


def test_hints_say_schedules_in_words_and_routes_in_full(at: At) -> None:
    here = at(TIMER.replace("1-5", "*") + "\n" + HTTP + "\n@app.route()\ndef other(req): ...\n|")
    assert shown(here) == [
        ('* *"', "at 09:30 every day"),
        ('T"])', "GET,POST /api/orders/{id:int}"),
        ("te()", "any method /api/other"),
    ]


def test_hints_tell_a_name_that_is_not_the_definition_s(at: At) -> None:
    source = '@app.function_name("nightly")\n@app.timer_trigger(arg_name="timer", schedule="0 0 3 * * *")\ndef tick(timer): ...\n|'
    here = at(source)
    assert "runs as nightly" in [each.text for each in hints(here.app, here.module, 0, 1000)]


def test_hints_know_the_prefix_of_routes(at: At) -> None:
    host = '{"version": "2.0", "extensions": {"http": {"routePrefix": ""}}}'
    assert shown(at("@app.route()\ndef other(req): ...\n|", {"host.json": host})) == [("te()", "any method /other")]


def test_parts_of_strings_have_tokens(at: At) -> None:
    here = at(
        TIMER
        + "\n"
        + HTTP
        + '\n@app.blob_trigger(arg_name="b", path="in-%Nightly%/{name}", connection="C")\ndef f(b): ...\n|'
    )
    lines = here.module.document.text.split("\n")
    found = [
        (lines[each.line][each.column : each.column + each.length], each.kind)
        for each in tokens(here.app, here.module, 0, 1000)
    ]
    assert found == [
        ("0", "number"), ("30", "number"), ("9", "number"), ("*", "keyword"), ("*", "keyword"),
        ("1", "number"), ("-", "operator"), ("5", "number"),
        ("{id:int}", "parameter"), ("%Nightly%", "macro"), ("{name}", "variable"),
    ]  # fmt: skip


def test_symbols_are_the_functions_with_what_starts_them(at: At) -> None:
    here = at(TIMER + "\n" + HTTP + "\ndef helper(): ...\n|")
    found = document_symbols(here.app, here.module)
    assert [(each.name, each.detail, each.kind) for each in found] == [
        ("app", "functions.FunctionApp", "container"),
        ("tick", "timerTrigger 0 30 9 * * 1-5", "function"),
        ("order", "httpTrigger GET,POST /api/orders/{id:int}", "function"),
    ]
    for each in found:
        assert each.span[:2] <= each.selection[:2] <= each.selection[2:] <= each.span[2:]
    assert here.text(found[2].span).startswith("@app.route(")


@pytest.mark.parametrize(
    ("query", "names"), [("", ["tick", "order"]), ("ord", ["order"]), ("timer", ["tick"]), ("zzz", [])]
)
def test_the_workspace_is_searched_by_letters_in_their_order(query: str, names: list[str], at: At) -> None:
    here = at(TIMER + "\n" + HTTP + "|")
    assert [symbol.name for symbol, _ in workspace_symbols([here.app], query)] == names


def test_links_lead_to_settings_modules_and_addresses(at: At) -> None:
    here = at(
        "from shop import bp\n" + QUEUE.format("Cosmos") + '\n@app.route(route="hello")\ndef hello(req): ...\n|',
        {"shop.py": "import azure.functions as func\nbp = func.Blueprint()\n"},
    )
    found: dict[str, Any] = {here.text(link.span): link.target for link in links(here.app, here.module)}
    assert found["Cosmos"].endswith("local.settings.json#7,5")
    assert found["hello"] == "http://localhost:7071/api/hello"
    assert any(target.endswith("shop.py") for target in found.values())


def test_an_ignored_rule_is_explained_and_leads_to_its_page(at: At) -> None:
    here = at("x = 1  # pystein: ignore[invalid-|cron] old\n")
    told = hover(here.app, here.module, here.line, here.column, NOW)
    assert told is not None
    assert "Reports" in told.text
    assert here.text(told.span) == "invalid-cron"
    assert [link.target.rpartition("/")[2] for link in links(here.app, here.module)] == ["invalid-cron.md"]


def test_a_tool_of_mcp_has_a_trigger(at: At) -> None:
    here = at('@app.mcp_tool()\n@app.blob_input("b", "c/b", "C")\ndef shout(text: str, b: str) -> str: ...\n|')
    [function] = here.app.indexed
    assert summary_of(function, here.app)[0] == "mcpToolTrigger"
    assert [each.code for each in diagnose(here.app) if each.code == "missing-trigger"] == []


def test_a_function_that_code_starts_by_name_is_told(at: At) -> None:
    here = at(DURABLE.replace('call_activity("greet', 'call_activity("gr|eet'), head="")
    found = hover(here.app, here.module, here.line, here.column, NOW)
    assert found is not None
    assert found.text == "```python\ndef greet(city)\n```\n\nactivityTrigger"
    assert here.text(found.span) == "greet"


@pytest.mark.parametrize(("methods", "linked"), [('["GET", "POST"]', True), ('["POST"]', False)])
def test_a_route_that_answers_no_browser_is_no_link(methods: str, linked: bool, at: At) -> None:
    here = at(f'@app.route(route="hello", methods={methods})\ndef hello(req): ...\n|')
    assert bool(list(links(here.app, here.module))) == linked
