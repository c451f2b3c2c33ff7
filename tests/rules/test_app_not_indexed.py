"""app-not-indexed, and what `indexes` says."""

from __future__ import annotations

import pytest

from pystein_lsp.rules.diagnose import diagnose, indexes
from tests.conftest import Check, MakeApp

HEAD = "import azure.functions as func\napp = func.FunctionApp()\n"
GOOD = '@app.queue_trigger("m", "orders", "C")\ndef take(m: func.QueueMessage): ...\n'
BAD = "@app.route()\ndef hello(request: func.HttpRequest) -> str: ...\n"


def test_names_the_cause(check: Check) -> None:
    [found] = check(HEAD + GOOD + BAD, only="app-not-indexed")
    assert (found.line, found.text, found.severity) == (2, "func.FunctionApp()", "error")
    assert "none of its 2 functions is loaded because of an error in line 5" in found.message
    assert [cause.location.absolute.line for cause in found.diagnostic.related] == [4]


def test_cause_in_another_module(check: Check) -> None:
    files = {"users.py": "import azure.functions as func\nbp = func.Blueprint()\n" + BAD.replace("app", "bp")}
    [found] = check(HEAD + GOOD + "from users import bp\napp.register_functions(bp)\n", files, only="app-not-indexed")
    assert found.file == "function_app.py"
    assert "users.py, line 3" in found.message


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        (HEAD + GOOD, True),
        (HEAD + GOOD + BAD, False),
        (HEAD + GOOD + "x = = 1\n", False),
        (HEAD + GOOD.replace("orders", "a_b"), True),
        (HEAD + GOOD + "import importlib\nimportlib.import_module('x')\n", None),
        ("from somewhere import wrapped\n" + HEAD + "@app.route()\n@wrapped\ndef f(req): ...\n", None),
        ("from somewhere import app\n" + GOOD, None),
        ("import app.core\nfrom app.core.text import " + "a, b\n" + HEAD + GOOD, True),
        (HEAD + GOOD + "print(app)\n", None),
        ("import azure.functions as func\nbp = func.Blueprint()\n", False),
    ],
)
def test_verdict(make_app: MakeApp, source: str, verdict: bool | None) -> None:
    app = make_app(source)
    found = diagnose(app)
    assert indexes(app, found) is verdict
    assert any(each.code == "app-not-indexed" for each in found) is (verdict is False)
