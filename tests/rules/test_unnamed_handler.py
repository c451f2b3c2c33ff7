"""unnamed-handler: handlers without a name of their own, handed to decorators by a call."""

from __future__ import annotations

import pytest

from tests.conftest import Check

HEAD = """import functools
import azure.functions as func
app = func.FunctionApp()
def greet(greeting, req): ...
"""


@pytest.mark.parametrize(
    "statement",
    [
        'hello = app.route(route="hello")({})',
        'app.function_name("hi")(app.route(route="hello")({}))',
        'app.route(route="hello")(app.queue_output("out", "q", "C")({}))',
    ],
)
def test_a_partial_costs_the_app(check: Check, statement: str) -> None:
    partial = 'functools.partial(greet, "Hello")'
    source = HEAD + statement.format(partial) + "\n"
    [found] = check(source)
    assert (found.code, found.line, found.text) == ("unnamed-handler", 5, partial)
    assert len(check(source, only="app-not-indexed")) == 1


def test_a_lambda_costs_its_function(check: Check) -> None:
    source = HEAD + 'app.route(route="hello")(lambda req: "hello")\n'
    [found] = check(source)
    assert (found.code, found.text, found.severity) == ("unnamed-handler", 'lambda req: "hello"', "error")
    assert check(source, only="app-not-indexed") == []


@pytest.mark.parametrize(
    "statement",
    [
        'app.function_name("hi")(app.route(route="hello")(lambda req: "hello"))',
        'app.route(route="hello")(greet)',
        'made = functools.partial(greet, "Hello")',
        'if greet:\n    app.route(route="hello")(lambda req: "hello")',
        'functools.lru_cache(maxsize=1)(functools.partial(greet, "Hello"))',
    ],
)
def test_what_has_a_name_or_is_no_handler(check: Check, statement: str) -> None:
    assert check(f"{HEAD}{statement}\n", only="unnamed-handler") == []
