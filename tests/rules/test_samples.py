"""Apps like the samples that were published for the model's versions: today's are clean, each old or broken one gets a
useful word at the right place, and every function is seen."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from pystein_lsp.syntax.tree import Literal
from tests.conftest import Check, Found, MakeApp

SAMPLES = Path(__file__).parent.parent / "samples"
BUNDLE = '{"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"}'
HOST = {"host.json": f'{{"version": "2.0", "extensionBundle": {BUNDLE}}}'}
DEFINED = re.compile(r"^(?:async )?def (\w+)\(", re.MULTILINE)
HEADLINE = "app-not-indexed"


def samples(folder: str) -> list[str]:
    return sorted(path.stem for path in (SAMPLES / folder).glob("*.py"))


def source(folder: str, name: str) -> str:
    return (SAMPLES / folder / f"{name}.py").read_text("utf-8")


def findings(check: Check, folder: str, name: str) -> list[Found]:
    return [found for found in check(source(folder, name), HOST) if found.code != HEADLINE]


ALL = [(folder.name, name) for folder in sorted(SAMPLES.iterdir()) if folder.is_dir() for name in samples(folder.name)]


@pytest.mark.parametrize(("folder", "name"), ALL)
def test_every_function_is_seen(make_app: MakeApp, folder: str, name: str) -> None:
    text = source(folder, name)
    app = make_app(text, HOST)
    assert app.entry
    found = list(app.functions(app.entry))
    assert [function.definition.name for function in found] == DEFINED.findall(text)
    assert all(function.name for function in found)
    triggers = {function.name: function.trigger.type for function in found if function.trigger}
    assert len(triggers) == len(found) or name == "changes"


@pytest.mark.parametrize("name", samples("today"))
def test_todays_samples_are_clean(check: Check, name: str) -> None:
    assert check(source("today", name), HOST) == []


@pytest.mark.parametrize(
    ("name", "line", "marked"),
    [
        ("queue_trigger", 10, '""AzureWebJobsStorage""'),
        ("event_hub_trigger", 10, '""ClickHub""'),
        ("cosmos_db_trigger", 9, '""Shop""'),
    ],
)
def test_doubled_quotes(check: Check, make_app: MakeApp, name: str, line: int, marked: str) -> None:
    [found] = [each for each in findings(check, "broken_quotes", name) if each.code == "syntax-error"]
    assert (found.line, found.text, found.severity) == (line, marked, "error")
    [fix] = found.diagnostic.fixes
    assert fix.safe
    assert [edit.text for edit in fix.edits] == [marked[1:-1]]
    [function] = make_app(source("broken_quotes", name)).indexed
    assert function.trigger
    given = [argument.value for use in function.uses if use.bound for argument in use.bound.call.arguments]
    assert marked.strip('"') in [value.value for value in given if isinstance(value, Literal)]


@pytest.mark.parametrize(
    ("name", "removed"),
    [
        ("event_hub", {"write_event_hub_message": "event_hub_output"}),
        ("queue", {"write_queue": "queue_output"}),
        ("service_bus_topic", {"write_service_bus_topic": "service_bus_topic_output"}),
        ("service_bus_queue", {"write_service_bus_queue": "service_bus_queue_output"}),
        ("blob", {"write_blob": "blob_output", "read_blob": "blob_input"}),
        (
            "cosmos_db",
            {"write_cosmos_db_documents": "cosmos_db_output", "read_cosmos_db_documents": "cosmos_db_input"},
        ),
        ("event_grid", {"write_event_grid": "event_grid_output"}),
        (
            "changes",
            {
                "on_queue_change": "queue_trigger",
                "on_blob_change": "blob_trigger",
                "on_event_hub_message": "event_hub_message_trigger",
                "on_service_bus_queue_change": "service_bus_queue_trigger",
            },
        ),
    ],
)
def test_decorators_of_the_alpha(check: Check, name: str, removed: dict[str, str]) -> None:
    found = findings(check, "alpha", name)
    assert {each.text for each in found} == removed.keys()
    for each in found:
        assert (each.code, each.severity) == ("removed-decorator", "error")
        assert each.diagnostic.fixes[0].edits[0].text == removed[each.text]
        assert removed[each.text] in each.message


def test_the_alphas_constructor(check: Check) -> None:
    [found] = findings(check, "alpha", "http")
    assert (found.code, found.line, found.text) == ("removed-argument", 3, "auth_level")
    assert "http_auth_level" in found.message


@pytest.mark.parametrize(
    ("folder", "name", "lost", "ignored"),
    [
        ("cosmos_v3", "trigger", {"collection_name", "connection_string_setting"}, 2),
        ("cosmos_v3", "input", {"collection_name", "connection_string_setting"}, 0),
        ("cosmos_v3", "output", {"collection_name", "connection_string_setting"}, 0),
        ("broken_quotes", "cosmos_db_trigger", {"collection_name", "connection_string_setting"}, 2),
    ],
)
def test_old_names_of_cosmos_db(check: Check, folder: str, name: str, lost: set[str], ignored: int) -> None:
    found = [each for each in findings(check, folder, name) if each.code == "removed-argument"]
    assert {each.text for each in found if each.severity == "error"} == lost
    assert Counter(each.severity for each in found)["warning"] == ignored
    assert {each.code for each in findings(check, folder, name)} <= {"removed-argument", "syntax-error"}


def test_a_sample_without_an_app(check: Check, make_app: MakeApp) -> None:
    found = check(source("no_app", "queue_output"), HOST)
    assert {each.severity for each in found} == {"error"}
    assert any(each.text == "app" or each.code == "app-not-found" for each in found)
    assert [function.name for function in make_app(source("no_app", "queue_output")).indexed] == ["place"]
