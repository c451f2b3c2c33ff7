"""The rules about routes: reserved-route, duplicate-route, invalid-route."""

from __future__ import annotations

import pytest

from tests.conftest import Check

HEAD = "import azure.functions as func\napp = func.FunctionApp()\n"


def route(arguments: str, name: str = "f") -> str:
    return f"@app.route({arguments})\ndef {name}(req: func.HttpRequest) -> str: ...\n"


def test_routes_of_generic_triggers_are_not_read(check: Check) -> None:
    trigger = '@app.generic_trigger(arg_name="req", type="httpTrigger", route="x")\n'
    output = '@app.generic_output_binding(arg_name="$return", type="http")\n'
    assert check(f"{HEAD}{trigger}{output}def administer(req: func.HttpRequest) -> str: ...\n") == []


@pytest.mark.parametrize(
    ("template", "text"),
    [("admin", "admin"), ("/Admin/x", "Admin"), ("runtime/x", "runtime"), ("administrators", "admin")],
)
def test_reserved(check: Check, template: str, text: str) -> None:
    [found] = check(HEAD + route(f'"{template}"'))
    assert (found.code, found.text, found.severity) == ("reserved-route", text, "error")


def test_name_is_the_route(check: Check) -> None:
    [found] = check(HEAD + route("", name="admin_page"))
    assert (found.code, found.text) == ("reserved-route", "admin_page")


@pytest.mark.parametrize(
    "arguments", ['"v1/admin/x"', '"/"', "ROUTE", "route=None", '"a/{b:int}/{c?}"', '"{*rest}"', '""']
)
def test_is_silent(check: Check, arguments: str) -> None:
    assert check("from settings import ROUTE\n" + HEAD + route(arguments)) == []


@pytest.mark.parametrize("name", ["admin_page", "orders"])
def test_a_slash_is_the_root_whatever_the_function_is_called(check: Check, name: str) -> None:
    assert check(HEAD + route('"/"', name=name) + route('"orders"', name="g")) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('"orders"', '"orders"'),
        ('"orders"', '"/Orders/", methods=["POST"]'),
        ('"a/{id}", methods=["GET", "POST"]', '"a/{id}", methods=[func.HttpMethod.POST]'),
        ("", 'route="first"'),
    ],
)
def test_duplicate(check: Check, first: str, second: str) -> None:
    [found] = check(HEAD + route(first, "first") + route(second, "second"))
    assert found.code == "duplicate-route"
    assert "'first' (line 4)" in found.message


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('"orders", methods=["GET"]', '"orders", methods=["POST"]'),
        ('"a/{id}"', '"a/{key}"'),
        ('"a"', '"a", methods=METHODS'),
        ('"a"', '"b"'),
    ],
)
def test_no_duplicate(check: Check, first: str, second: str) -> None:
    assert check("from settings import METHODS\n" + HEAD + route(first, "first") + route(second, "second")) == []


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("a/{b", "{b"), ("a}", "}"), ("{a}/{A}", "{A}"), ("a//b", "//"), ("{a}{b}", "{a}{b}"), ("{*r}/x", "{*r}"), ("x{*r}", "{*r}"),
        ("{a:foo}", "{a:foo}"), ("x{a?}", "{a?}"), ("a?b", "?"), ("{}", "{}"), ("{a=1?}", "{a=1?}"), ("~x", "~"),
        ("{a:int(5)}", "{a:int(5)}"), ("{a:range(1)}", "{a:range(1)}"), ("{a:length}", "{a:length}"), ("{a?b}", "{a?b}"),
    ],
)  # fmt: skip
def test_invalid(check: Check, template: str, text: str) -> None:
    found = check(HEAD + route(f'"{template}"'))
    assert [(each.code, each.text) for each in found] == [("invalid-route", text)]
