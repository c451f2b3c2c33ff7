"""invalid-binding-expression, unresolved-setting-expression and missing-connection-setting."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Check

HEAD = "import azure.functions as func\napp = func.FunctionApp()\n"


def settings(**values: str) -> str:
    return json.dumps({"IsEncrypted": False, "Values": values})


def output(path: str, trigger: str = 'queue_trigger("m", "orders", "C")') -> str:
    return HEAD + f'@app.{trigger}\n@app.blob_output("out", "{path}", "C")\ndef f(m, out: func.Out[str]): ...\n'


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("a/{", "{"),
        ("a/{x", "{x"),
        ("a/x}", "}"),
        ("a/{}", "{}"),
        ("a/{my-name}", "{my-name}"),
        ("a/{b{c}", "{b{c}"),
        ("a/{b..c}", "{b..c}"),
    ],
)
def test_unreadable_expression(check: Check, path: str, marked: str) -> None:
    [found] = check(output("abc/" + path))
    assert (found.code, found.text, found.severity) == ("invalid-binding-expression", marked, "error")


@pytest.mark.parametrize(
    "path", ["abc/{id}", "abc/{a.b}/{rand-guid}", "abc/{datetime:yyyy}", "abc/{{text}}", "abc/{sys.utcnow}"]
)
def test_readable_expression(check: Check, path: str) -> None:
    assert check(output(path)) == []


def test_timer_has_no_payload(check: Check) -> None:
    timer = 'timer_trigger("m", "0 0 2 * * *")'
    [found] = check(output("abc/{date}", timer))
    assert (found.code, found.text, found.severity) == ("invalid-binding-expression", "{date}", "warning")
    assert check(output("abc/{datetime}-{rand-guid:N}", timer)) == []


QUEUE = HEAD + '@app.queue_trigger("m", "%{name}%", "Storage")\ndef f(m: func.QueueMessage): ...\n'


def test_setting_is_missing(check: Check) -> None:
    source = QUEUE.replace("{name}", "ORDER_QUEUE")
    [found] = check(source, {"local.settings.json": settings(Storage="x", ORDERS_QUEUE="y")})
    assert (found.code, found.text, found.severity) == ("unresolved-setting-expression", "%ORDER_QUEUE%", "warning")
    assert "did you mean 'ORDERS_QUEUE'?" in found.message
    [found] = check(
        source, {"local.settings.json": "{", "local.settings.example.json": settings(Storage="x")}, only=found.code
    )
    assert found.severity == "information"


def test_setting_is_there(check: Check) -> None:
    source = QUEUE.replace("{name}", "orders_queue")
    assert check(source, {"local.settings.json": settings(STORAGE="x", ORDERS_QUEUE="abc")}) == []
    assert check(source, {"local.settings.json": settings()}, environ={"ORDERS_QUEUE": "abc", "Storage": ""}) == []


def test_nothing_is_said_without_settings(check: Check) -> None:
    assert check(QUEUE.replace("{name}", "A")) == []


def test_percent_without_partner(check: Check) -> None:
    [found] = check(QUEUE.replace("%{name}%", "%A"))
    assert (found.code, found.text, found.severity) == ("unresolved-setting-expression", "%", "error")


CONNECTION = HEAD + '@app.queue_trigger("m", "orders", "{name}")\ndef f(m: func.QueueMessage): ...\n'


@pytest.mark.parametrize(
    "values",
    [
        {"Shop": "x"},
        {"shop": "x"},
        {"AzureWebJobsShop": "x"},
        {"Shop__queueServiceUri": "x"},
        {"Shop:queueServiceUri": "x"},
        {"AzureWebJobsShop__accountName": "x"},
    ],
)
def test_connection_is_found(check: Check, values: dict[str, str]) -> None:
    assert check(CONNECTION.replace("{name}", "Shop"), {"local.settings.json": settings(**values)}) == []


def test_connection_in_connection_strings(check: Check) -> None:
    text = json.dumps({"IsEncrypted": False, "Values": {}, "ConnectionStrings": {"Shop": "x"}})
    assert check(CONNECTION.replace("{name}", "Shop"), {"local.settings.json": text}) == []


def test_connection_is_missing(check: Check) -> None:
    [found] = check(CONNECTION.replace("{name}", "Shop"), {"local.settings.json": settings(Shopp="s3cret")})
    assert (found.code, found.text, found.severity) == ("missing-connection-setting", '"Shop"', "warning")
    assert "did you mean 'Shopp'?" in found.message
    assert "s3cret" not in found.message


def test_default_connection(check: Check) -> None:
    [found] = check(CONNECTION.replace("{name}", ""), {"local.settings.json": settings(X="y")})
    assert "'AzureWebJobsStorage'" in found.message


@pytest.mark.parametrize(
    "files",
    [{}, {"local.settings.json": '{"IsEncrypted": true, "Values": {}}'}],
)
def test_no_evidence_no_finding(check: Check, files: dict[str, str]) -> None:
    assert check(CONNECTION.replace("{name}", "Shop"), files) == []
