"""What fixes write that add something: a parameter, a setting, a registration, `async`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from pystein_lsp.fixes.apply import apply_fixes
from pystein_lsp.rules.diagnose import Diagnostic, diagnose
from tests.conftest import MakeApp

HEAD = "import azure.functions as func\napp = func.FunctionApp()\n"
QUEUE = '@app.queue_trigger(arg_name="msg", queue_name="orders", connection="Store")\n'
OUTPUT = '@app.queue_output(arg_name="out", queue_name="orders", connection="Store")\n'
CLIENT = '@app.durable_client_input(client_name="client")\n'


def fixed(make_app: MakeApp, rule: str, files: Mapping[str, str], name: str = "function_app.py") -> str:
    """The text of a file after the fixes of a rule; its findings are gone then."""
    app = make_app(files["function_app.py"], files)

    def found() -> list[Diagnostic]:
        return [each for each in diagnose(app) if each.code == rule]

    assert found()
    outcome = apply_fixes(app.files, app.root, found, unsafe=True)
    assert found() == []
    [text] = [each.after.text for each in outcome.changes if Path(each.after.path) == Path(app.root) / name]
    return text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (QUEUE + "def f(): ...\n", QUEUE + "def f(msg: func.QueueMessage): ...\n"),
        (QUEUE + "def f(context): ...\n", QUEUE + "def f(msg: func.QueueMessage, context): ...\n"),
        (
            QUEUE + OUTPUT + "def f(\n    msg,\n): ...\n",
            QUEUE + OUTPUT + "def f(\n    out: func.Out[str], msg,\n): ...\n",
        ),
    ],
)
def test_a_parameter(make_app: MakeApp, before: str, after: str) -> None:
    assert fixed(make_app, "arg-name-mismatch", {"function_app.py": HEAD + before}) == HEAD + after


@pytest.mark.parametrize("values", ["{}", '{"A": "b"}', '{\n    "A": "b" // c\n  }'])
def test_a_setting(make_app: MakeApp, values: str) -> None:
    files = {
        "function_app.py": HEAD + QUEUE.replace("orders", "%Name%") + "def f(msg): ...\n",
        "local.settings.json": f'{{\n  "IsEncrypted": false,\n  "Values": {values}\n}}\n',
    }
    for rule, name in (("missing-connection-setting", "Store"), ("unresolved-setting-expression", "Name")):
        text = fixed(make_app, rule, files, "local.settings.json")
        assert json.loads(text.replace("// c", ""))["Values"][name] == ""


@pytest.mark.parametrize(
    ("imported", "added"),
    [
        ("import users\n", "\napp.register_functions(users.bp)\n"),
        ("from users import bp as mine\n", "\napp.register_functions(mine)\n"),
        ("from users import other\n", "\nfrom users import bp\napp.register_functions(bp)\n"),
    ],
)
def test_a_registration(make_app: MakeApp, imported: str, added: str) -> None:
    users = "import azure.functions as func\nother = 1\nbp = func.Blueprint()\n@bp.route()\ndef f(req): ...\n"
    entry = imported + HEAD
    text = fixed(make_app, "unregistered-blueprint", {"function_app.py": entry, "users.py": users})
    assert text == entry + added


def test_async(make_app: MakeApp) -> None:
    text = fixed(
        make_app,
        "durable-sync-client",
        {"function_app.py": HEAD + "@app.route()\n" + CLIENT + "def f(req, client): ...\n"},
    )
    assert text.endswith("\nasync def f(req, client): ...\n")


def test_names_of_cosmos_db_4_on_a_decorator_of_version_3(make_app: MakeApp) -> None:
    before = '@app.cosmos_db_trigger_v3("d", "db", container_name="c", connection="S", lease_connection="L")\ndef f(d): ...\n'
    after = before.replace("container_name", "collection_name").replace("connection=", "connection_string_setting=")
    assert fixed(make_app, "swallowed-argument", {"function_app.py": HEAD + before}) == HEAD + after
