"""The rules about names of storage: queues, containers, blobs, tables."""

from __future__ import annotations

import pytest

from tests.conftest import Check

HEAD = "import azure.functions as func\napp = func.FunctionApp()\n"


def queue(name: str) -> str:
    return HEAD + f'@app.queue_trigger("m", "{name}", "C")\ndef f(m: func.QueueMessage): ...\n'


def blob(decorator: str, path: str) -> str:
    trigger = "" if "trigger" in decorator else "@app.route()\n"
    parameters = "b" if "trigger" in decorator else "req, b"
    return HEAD + f'{trigger}@app.{decorator}(arg_name="b", path="{path}", connection="C")\ndef f({parameters}): ...\n'


def table(name: str) -> str:
    return HEAD + f'@app.route()\n@app.table_input("t", "C", "{name}")\ndef f(req, t: str): ...\n'


@pytest.mark.parametrize("name", ["ab", "a" * 64, "-abc", "abc-", "a--b", "a_b", "a.b"])
def test_invalid_queue(check: Check, name: str) -> None:
    [found] = check(queue(name))
    assert (found.code, found.text, found.severity) == ("invalid-queue-name", f'"{name}"', "error")


def test_capitals_in_a_queue_are_a_warning(check: Check) -> None:
    [found] = check(queue("Orders"))
    assert (found.code, found.severity) == ("invalid-queue-name", "warning")
    assert found.diagnostic.fixes[0].edits[0].text == '"orders"'


@pytest.mark.parametrize("name", ["abc", "a1-b2", "%QUEUE%", "123"])
def test_valid_queue(check: Check, name: str) -> None:
    assert check(queue(name)) == []


@pytest.mark.parametrize(
    ("decorator", "path", "code"),
    [
        ("blob_trigger", "Uploads/{name}", "invalid-container-name"),
        ("blob_trigger", "a_b/{name}", "invalid-container-name"),
        ("blob_trigger", "{c}/{name}", "invalid-blob-path"),
        ("blob_input", "reports", "invalid-blob-path"),
        ("blob_output", "reports/", "invalid-blob-path"),
        ("blob_output", "reports/x.", "invalid-blob-path"),
    ],
)
def test_invalid_blob(check: Check, decorator: str, path: str, code: str) -> None:
    [found] = check(blob(decorator, path))
    assert (found.code, found.severity) == (code, "error")


@pytest.mark.parametrize(
    ("decorator", "path"),
    [
        ("blob_trigger", "uploads"),
        ("blob_trigger", "uploads/{name}.txt"),
        ("blob_output", "{c}/{rand-guid}"),
        ("blob_input", "$web/a"),
    ],
)
def test_valid_blob(check: Check, decorator: str, path: str) -> None:
    assert check(blob(decorator, path)) == []


def test_clients_of_containers(check: Check) -> None:
    source = (
        "import azure.functions as func\nimport azurefunctions.extensions.bindings.blob as blob\napp = func.FunctionApp()\n"
        '@app.route()\n@app.blob_input(arg_name="c", path="{path}", connection="C")\n'
        "def f(req: func.HttpRequest, c: {annotation}) -> str: ...\n"
    )
    assert check(source.format(path="reports", annotation="blob.ContainerClient")) == []
    for path, annotation in (("reports/", "blob.ContainerClient"), ("reports", "func.InputStream")):
        [found] = check(source.format(path=path, annotation=annotation))
        assert found.code == "invalid-blob-path"


@pytest.mark.parametrize("name", ["ab", "1abc", "a-b", "a_b"])
def test_invalid_table(check: Check, name: str) -> None:
    assert [each.code for each in check(table(name))] == ["invalid-table-name"]


@pytest.mark.parametrize("name", ["abc", "Orders2", "%T%", "{t}"])
def test_valid_table(check: Check, name: str) -> None:
    assert check(table(name)) == []
