"""wrapping-decorator: decorators of the app's own, by what their bodies do and where they stand."""

from __future__ import annotations

import pytest

from tests.conftest import Check

HEAD = "import functools\nimport azure.functions as func\napp = func.FunctionApp()\n"
COPIES = "def deco(f):\n    @functools.wraps(f)\n    def inner(*a, **k): return f(*a, **k)\n    return inner\n"
REPLACES = "def deco(f):\n    def inner(*a, **k): return f(*a, **k)\n    return inner\n"
KEEPS = "def deco(f):\n    f.marked = True\n    return f\n"
NOTHING = "def deco(f):\n    print(f)\n"
FACTORY = (
    "def deco(n):\n    def outer(f):\n        @functools.wraps(f)\n        def inner(*a): return f(*a)\n"
    "        return inner\n    return outer\n"
)
HTTP, NAME, END = '@app.route("r")\n', '@app.function_name("n")\n', "def hello(req): ...\n"


@pytest.mark.parametrize(
    ("wrapper", "stack", "severity"),
    [
        (COPIES, "@deco\n" + HTTP, "warning"),
        (FACTORY, "@deco(1)\n" + HTTP, "warning"),
        (REPLACES, "@deco\n" + HTTP, "warning"),
        (COPIES, NAME + "@deco\n" + HTTP, "error"),
        (REPLACES, HTTP + "@deco\n" + NAME, "error"),
        (REPLACES, HTTP + "@deco\n", "error"),
        (NOTHING, HTTP + "@deco\n", "error"),
    ],
)
def test_is_reported(check: Check, wrapper: str, stack: str, severity: str) -> None:
    [found] = check(HEAD + wrapper + stack + END, only="wrapping-decorator")
    assert (found.severity, found.text.partition("(")[0]) == (severity, "deco")


@pytest.mark.parametrize(
    ("wrapper", "stack"),
    [
        (COPIES, HTTP + "@deco\n"),
        (FACTORY, HTTP + "@deco(1)\n"),
        (KEEPS, HTTP + "@deco\n"),
        (KEEPS, NAME + "@deco\n" + HTTP),
        (KEEPS, "@deco\n" + HTTP),
        (NOTHING, "@deco\n" + HTTP),
        ("from third import deco\n", "@deco\n" + HTTP),
        ("from third import deco\n", NAME + "@deco\n" + HTTP),
        ("def deco(f):\n    return third(f)\n", HTTP + "@deco\n"),
        ("def deco(f):\n    def inner(req): return f(req)\n    return inner\n", HTTP + "@deco\n"),
    ],
)
def test_is_silent(check: Check, wrapper: str, stack: str) -> None:
    assert check(HEAD + wrapper + stack + END, only="wrapping-decorator") == []


def test_a_copy_shows_the_names_of_the_function(check: Check) -> None:
    found = check(f"{HEAD}{COPIES}{HTTP}@deco\ndef hello(request): ...\n", only="arg-name-mismatch")
    assert "did you mean 'request'?" in found[0].message
