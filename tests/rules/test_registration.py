"""unregistered-blueprint, registered-too-early and invalid-registration."""

from __future__ import annotations

import pytest

from tests.conftest import Check

HEAD = "import azure.functions as func\napp = func.FunctionApp()\n"
BP = "bp = func.Blueprint()\n@bp.route()\ndef hello(req: func.HttpRequest) -> str: ...\n"
MODULE = "import azure.functions as func\n" + BP
CODES = ["unregistered-blueprint", "registered-too-early", "invalid-registration"]


def codes(check: Check, source: str, files: dict[str, str] | None = None) -> list[str]:
    return [found.code for found in check(source, files) if found.code in CODES]


def test_never_registered(check: Check) -> None:
    [found] = check(HEAD + BP)
    assert (found.code, found.text, found.severity) == ("unregistered-blueprint", "func.Blueprint()", "error")
    assert found.diagnostic.fixes[0].edits[0].text == "\napp.register_functions(bp)\n"


@pytest.mark.parametrize("register", ["app.register_functions(bp)\n", "app.register_blueprint(bp)\n"])
def test_registered(check: Check, register: str) -> None:
    assert check(HEAD + BP + register) == []


@pytest.mark.parametrize(
    "entry",
    [
        "from users import bp\napp.register_functions(bp)\n",
        "from users import bp as users_bp\napp.register_functions(users_bp)\n",
        "import users\napp.register_functions(users.bp)\n",
        "import users, orders\nfor each in (users.bp, orders.bp):\n    app.register_functions(each)\n",
        "import users, orders\nALL = [users.bp, orders.bp]\nfor each in ALL:\n    app.register_functions(each)\n",
    ],
)
def test_registered_across_modules(check: Check, entry: str) -> None:
    files = {"users.py": MODULE, "orders.py": MODULE.replace("hello", "world")}
    assert codes(check, HEAD + entry, files) == []


def test_imported_and_not_registered(check: Check) -> None:
    entry = "from users import bp as users_bp\nfrom orders import bp\napp.register_functions(bp)\n"
    files = {"users.py": MODULE, "orders.py": MODULE.replace("hello", "world")}
    [found] = check(HEAD + entry, files)
    assert (found.code, found.file, found.line) == ("unregistered-blueprint", "users.py", 2)


@pytest.mark.parametrize(
    "entry",
    [
        BP + "setup(app, bp)\n",
        BP + "registry = {'x': bp}\n",
        BP + "def later():\n    app.register_functions(bp)\n",
        BP + "for each in find_all():\n    app.register_functions(each)\n",
        BP + "import importlib\nimportlib.import_module('x')\n",
        "class Mine(func.Blueprint): ...\n" + BP.replace("func.Blueprint", "Mine"),
        BP + "getattr(app, 'register_functions')(bp)\n",
    ],
)
def test_cannot_be_known(check: Check, entry: str) -> None:
    assert codes(check, HEAD + entry) == []


def test_unreachable_module_is_left_alone(check: Check) -> None:
    assert codes(check, HEAD, {"old.py": MODULE}) == []


def test_too_early(check: Check) -> None:
    source = HEAD + BP + "app.register_functions(bp)\n@bp.route()\ndef late(req: func.HttpRequest) -> str: ...\n"
    [found] = check(source)
    assert (found.code, found.text) == ("registered-too-early", "late")
    assert "line 6" in found.message


@pytest.mark.parametrize(
    ("extra", "line"),
    [
        ("app.register_functions(app)\n", 6),
        (BP + "app.register_functions(bp)\n" * 2, 10),
        ("import users\napp.register_functions(users)\n", 7),
        ("app.register_functions(func.Blueprint)\n", 6),
    ],
)
def test_wrong_registration(check: Check, extra: str, line: int) -> None:
    own = "@app.route()\ndef own(req: func.HttpRequest) -> str: ...\n"
    found = check(HEAD + own + "X = 1\n" + extra, {"users.py": "import azure.functions as func\n"})
    assert [(each.code, each.line) for each in found] == [("invalid-registration", line)]
