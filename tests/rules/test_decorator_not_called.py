"""decorator-not-called, held against the library itself."""

from __future__ import annotations

import pytest

from tests.conftest import Check

HEAD = "import azure.functions as func\napp = func.FunctionApp()\n"


@pytest.mark.parametrize(
    ("stack", "effect"),
    [
        ("@app.route", "function"),
        ("@app.function_name\n@app.route", "function"),
        ("@app.queue_trigger", "app"),
        ("@app.queue_output\n@app.route('x')", "app"),
        ("@app.route\n@app.queue_output('o', 'q', 'c')", "app"),
        ("@app.function_name('y')\n@app.route", "app"),
        ("@app.function_name\n@app.route('x')", "none"),
        ("@app.event_grid_output\n@app.route('x')", "none"),
        ("@app.http_type\n@app.route()", "none"),
    ],
)
def test_says_what_is_lost(check: Check, stack: str, effect: str) -> None:
    found = check(HEAD + stack + "\ndef f(req: func.HttpRequest): ...\n", only="decorator-not-called")
    assert {each.diagnostic.effect for each in found} == {effect}
    assert {each.severity for each in found} == {"warning" if effect == "none" else "error"}


@pytest.mark.parametrize(
    ("stack", "effect"), [("@app.route", "function"), ("@app.queue_output\n@app.route('x')", "app")]
)
def test_library_agrees(stack: str, effect: str) -> None:
    names: dict[str, object] = {}
    source = HEAD + stack + "\ndef f(req): ...\nfound = app.get_functions()\n"
    if effect == "app":
        with pytest.raises((TypeError, ValueError)):
            exec(source, names)
    else:
        exec(source, names)
        assert names["found"] == []


def test_parentheses_are_offered(check: Check) -> None:
    [found] = check(HEAD + "@app.route\ndef f(req): ...\n", only="decorator-not-called")
    assert [edit.text for fix in found.diagnostic.fixes for edit in fix.edits if fix.safe] == ["()"]


def test_the_only_app_stays_the_only_one_when_its_decorator_is_not_called(check: Check) -> None:
    source = "import azure.functions as func\napp = func.FunctionApp()\n@app.route\ndef hello(req): ...\n"
    assert [each.code for each in check(source)] == ["decorator-not-called"]
