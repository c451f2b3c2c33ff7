"""host.json and local.settings.json in an editor: what can be written, and what stands there."""

from __future__ import annotations

import json

import pytest

from pystein_lsp.features.json_files import complete_json, hover_json
from pystein_lsp.features.types import Item
from tests.features.conftest import At

FUNCTIONS = """\
@app.queue_trigger(arg_name="msg", queue_name="orders", connection="Shop")
def take(msg: func.QueueMessage): ...

@app.service_bus_queue_trigger(arg_name="msg", queue_name="%Queue%", connection="Bus")
def other(msg: func.ServiceBusMessage): ...
|"""


def items(at: At, name: str, text: str) -> list[Item]:
    """What is offered at the `|`, best first."""
    here = at(FUNCTIONS)
    before = text[: text.index("|")]
    line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    found = complete_json(here.app, f"{here.app.root}/{name}", text.replace("|", "", 1), line, column)
    return sorted(found, key=lambda item: (item.rank, item.label))


def labels(at: At, name: str, text: str) -> list[str]:
    return [item.label for item in items(at, name, text)]


def after(text: str, item: Item) -> str:
    """The text with an item taken."""
    lines = text.replace("|", "", 1).split("\n")
    line = lines[item.span.line]
    lines[item.span.line] = line[: item.span.column] + item.text + line[item.span.end_column :]
    return "\n".join(lines)


def test_keys_of_host_json_that_are_not_there_yet(at: At) -> None:
    found = labels(at, "host.json", '{"logging": {}, |}')
    assert found[0] == "version"
    assert "extensionBundle" in found
    assert "logging" not in found


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ('{"extensionBundle": {|}}', "id"),
        ('{"extensionBundle": {"|"}}', "id"),
        ('{"extensionBundle": {"id": "x", "ver|', "version"),
        ('{"extensions": {"http": {\n  "|\n}}}', "routePrefix"),
        ('{"extensions": {"queues": {"batchSize": 4, /* not much */ |', "visibilityTimeout"),
        ('{"extensionBundle": {"id": |', '"Microsoft.Azure.Functions.ExtensionBundle"'),
        ('{"extensionBundle": {"id": "|"}}', '"Microsoft.Azure.Functions.ExtensionBundle"'),
        ('{"version": |}', '"2.0"'),
        ('{"logging": {"logLevel": {"Host.Triggers": "|', '"Warning"'),
        ('{"healthMonitor": {"enabled": |', "false"),
    ],
)
def test_what_can_stand_at_a_place(at: At, text: str, label: str) -> None:
    assert label in labels(at, "host.json", text)


def test_what_is_taken_makes_good_json(at: At) -> None:
    for text in ("{|}", '{"|"}', '{"ver|"}', '{"x": 1, |}', '{"x": 1, "|": 2}', '{"version": |}', '{"version": "|"}'):
        for item in items(at, "host.json", text):
            json.loads(after(text, item))


@pytest.mark.parametrize(
    "text", ["|", "// |", '{"version": "2.0"} |', '{"functions": {|', "/* {| */", "[|]", "{]|", '"|']
)
def test_where_nothing_is_known_nothing_is_offered(at: At, text: str) -> None:
    assert items(at, "host.json", text) == []


def test_other_files_have_no_schema(at: At) -> None:
    assert items(at, "package.json", "{|}") == []


def test_settings_that_functions_need_come_first(at: At) -> None:
    found = items(at, "local.settings.json", '{"Values": {"Bus": "", "|"}}')
    assert [item.label for item in found[:2]] == ["Queue", "Shop"]
    assert found[1].documentation == "used by take"
    assert "FUNCTIONS_WORKER_RUNTIME" in [item.label for item in found]
    assert "Bus" not in [item.label for item in found]


def test_values_of_settings(at: At) -> None:
    assert labels(at, "local.settings.json", '{"Values": {"FUNCTIONS_WORKER_RUNTIME": "|"}}') == ['"python"']
    assert labels(at, "local.settings.json", '{"Values": {"Shop": |}}') == ['"UseDevelopmentStorage=true"']
    assert labels(at, "local.settings.json", '{"Values": {"Bus": |}}') == []


def told(at: At, name: str, text: str) -> str | None:
    """What is said at the `|`."""
    here = at(FUNCTIONS, {name: text.replace("|", "", 1)})
    before = text[: text.index("|")]
    line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    found = hover_json(here.app, f"{here.app.root}/{name}", text.replace("|", "", 1), line, column)
    return found.text if found else None


def test_keys_and_values_are_explained(at: At) -> None:
    assert "Which bundle" in (told(at, "host.json", '{"extensionBundle": {"|id": "x"}}') or "")
    assert "Which bundle" in (told(at, "host.json", '{"extensionBundle": {"id": "|x"}}') or "")
    assert "default" in (told(at, "host.json", '{"function|Timeout": "00:01:00"}') or "").lower()
    assert told(at, "host.json", '{"nobody": "|x"}') is None
    assert told(at, "host.json", "| []") is None


def test_a_setting_is_told_without_its_value(at: At) -> None:
    text = '{"IsEncrypted": false, "Values": {"Sh|op": "AccountName=x;AccountKey=topsecret"}}'
    said = told(at, "local.settings.json", text) or ""
    assert "a storage account, with a key" in said
    assert "Used by take." in said
    assert "topsecret" not in said
