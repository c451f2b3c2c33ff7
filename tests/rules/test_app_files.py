"""The rules about host.json, the settings files and the entry file as a whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pystein_lsp.model.app import App, Context
from pystein_lsp.model.files import Files
from pystein_lsp.rules.diagnose import diagnose
from tests.conftest import Check, MakeApp

HEAD = "import azure.functions as func\napp = func.FunctionApp()\n"
QUEUE = HEAD + '@app.queue_trigger("m", "orders", "AzureWebJobsStorage")\ndef f(m: func.QueueMessage): ...\n'
ROUTE = HEAD + "@app.route()\ndef f(req: func.HttpRequest) -> str: ...\n"
BUNDLE = '"extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"}'
GOOD_HOST = f'{{"version": "2.0", {BUNDLE}}}'


@pytest.mark.parametrize(
    ("text", "code", "marked"),
    [
        ("", "invalid-host-json", ""),
        ('{"version": "2.0" "x": 1}', "invalid-host-json", " "),
        ("[]", "invalid-host-json", "[]"),
        (f"{{{BUNDLE}}}", "invalid-host-json", "{"),
        (f'{{"version": "4.0", {BUNDLE}}}', "invalid-host-json", '"4.0"'),
        (f'{{"version": 2.0, {BUNDLE}}}', "invalid-host-json", "2.0"),
        ('{"version": "2.0", "extensionBundle": {"id": "", "version": "[4.*, 5.0.0)"}}', "invalid-host-json", '""'),
        ('{"version": "2.0", "extensionBundle": {"id": "A.B", "version": "four"}}', "invalid-host-json", '"four"'),
        (f'{{"version": "2.0", "functionTimeout": "5 min", {BUNDLE}}}', "invalid-host-json", '"5 min"'),
        (f'{{"version": "2.0", "extention": {{}}, {BUNDLE}}}', "invalid-host-json", '"extention"'),
        ('{"version": "2.0"}', "missing-extension-bundle", "{"),
    ],
)
def test_host_file(check: Check, text: str, code: str, marked: str) -> None:
    [found] = check(QUEUE, {"host.json": text})
    assert (found.code, found.text, found.file) == (code, marked, "host.json")


@pytest.mark.parametrize(
    "text", ["{}", GOOD_HOST, GOOD_HOST[:-1] + ",} // why not", '{"VERSION": "2.0", ' + BUNDLE + "}"]
)
def test_good_host_file(check: Check, text: str) -> None:
    assert check(QUEUE, {"host.json": text}) == []


@pytest.mark.parametrize("name", ["src/main.py", "main", "my app.py", ".py", "-.py"])
def test_script_names_that_the_worker_refuses(check: Check, make_app: MakeApp, name: str) -> None:
    settings = json.dumps({"IsEncrypted": False, "Values": {"PYTHON_SCRIPT_FILE_NAME": name}}, indent=1)
    [found] = check(ROUTE, {"local.settings.json": settings}, only="app-not-found")
    assert (found.severity, found.file, found.text) == ("error", "local.settings.json", '"PYTHON_SCRIPT_FILE_NAME"')
    app = make_app(ROUTE, environ={"PYTHON_SCRIPT_FILE_NAME": name})
    assert [each.code for each in diagnose(app)] == ["app-not-found", "app-not-indexed"]


def test_an_app_in_a_file_of_another_name(make_app: MakeApp) -> None:
    app = make_app(ROUTE, {"host.json": GOOD_HOST})
    Path(app.entry_path).rename(Path(app.root) / "main.py")
    [found] = diagnose(App(Files(), app.root, app.context))
    assert (found.code, found.severity) == ("app-not-found", "warning")
    assert "rename this file to function_app.py" in found.message
    assert diagnose(App(Files(), app.root, Context({"PYTHON_SCRIPT_FILE_NAME": "main.py"}))) == []


def test_http_needs_no_bundle(check: Check) -> None:
    assert check(ROUTE, {"host.json": '{"version": "2.0"}'}) == []


@pytest.mark.parametrize(
    ("decorator", "identity", "version"),
    [
        ('text_completion_input(arg_name="x", prompt="p")', "", "[4.*, 5.0.0)"),
        ('sql_input(arg_name="x", command_text="c", connection_string_setting="C")', "", "[3.3.0, 4.0.0)"),
        ('cosmos_db_input("x", "C", "d", "c")', "", "[3.*, 4.0.0)"),
        ('cosmos_db_input_v3("x", "d", "c", "C")', "", "[4.*, 5.0.0)"),
    ],
)
def test_wrong_bundle(check: Check, decorator: str, identity: str, version: str) -> None:
    source = HEAD + f"@app.route()\n@app.{decorator}\ndef f(req: func.HttpRequest, x) -> str: ...\n"
    bundle = {"id": "Microsoft.Azure.Functions.ExtensionBundle" + identity, "version": version}
    found = check(source, {"host.json": json.dumps({"version": "2.0", "extensionBundle": bundle})})
    assert [(each.code, each.text) for each in found] == [("wrong-extension-bundle", decorator.partition("(")[0])]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ('{"IsEncrypted": false, "Values": {"A": x}}', "x"),
        ('{"IsEncrypted": false, "Values": {"A": {"B": "c"}}}', '"A"'),
        ('{"IsEncrypted": false, "Values": {"A": [1]}}', '"A"'),
        ('{"IsEncrypted": false, "Values": {"FUNCTIONS_WORKER_RUNTIME": "node"}}', '"node"'),
        ('{"Values": {"A": "b"}}', "{"),
        ("null", "null"),
    ],
)
def test_settings_file(check: Check, text: str, marked: str) -> None:
    [found] = check(ROUTE, {"local.settings.json": text})
    assert (found.code, found.text, found.severity) == ("invalid-local-settings", marked, "warning")


def test_secrets_are_not_repeated(check: Check) -> None:
    text = '{"IsEncrypted": false, "Values": {"A": "s3cret", "B": s3cret2}}'
    assert not any(
        "s3cret " in found.message or "'s3cret'" in found.message
        for found in check(ROUTE, {"local.settings.json": text})
    )


@pytest.mark.parametrize(
    "text",
    [
        "// mine\n" + '{"IsEncrypted": false, "Values": {"A": true, "B": 1,},}',
        '{"IsEncrypted": true, "Values": {"FUNCTIONS_WORKER_RUNTIME": "c2VjcmV0"}}',
    ],
)
def test_good_settings_file(check: Check, text: str) -> None:
    assert check(ROUTE, {"local.settings.json": text}) == []


@pytest.mark.parametrize(
    "connection",
    [
        '"DefaultEndpointsProtocol=https;AccountName=a;AccountKey=s3cret"',
        '"Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey=s3cret"',
        'os.environ["AzureWebJobsStorage"]',
        'os.getenv("AzureWebJobsStorage")',
        'os.environ.get("AzureWebJobsStorage", "")',
    ],
)
def test_connection_string_in_code(check: Check, connection: str) -> None:
    source = "import os\n" + QUEUE.replace('"AzureWebJobsStorage"', connection)
    [found] = check(
        source, environ={"X": "y"}, files={"local.settings.json": '{"IsEncrypted": false, "Values": {"X": "y"}}'}
    )
    assert (found.code, found.text) == ("connection-string-in-code", connection)
    assert "s3cret" not in found.message
    fixes = [edit.text for fix in found.diagnostic.fixes for edit in fix.edits]
    assert fixes == (['"AzureWebJobsStorage"'] if connection.startswith("os") else [])


def test_mixed_models(check: Check) -> None:
    [found] = check(ROUTE, {"Orders/function.json": "{}", "Orders/__init__.py": ""})
    assert (found.code, found.file, found.line) == ("mixed-models", "function_app.py", 1)
    assert "Orders" in found.message


@pytest.mark.parametrize(
    "source",
    [
        "",
        '"""Only words."""\n',
        "import azure.functions as func\nbp = func.Blueprint()\n",
        "import os\nX = 1\ndef f(): ...\n",
    ],
)
def test_app_not_found(check: Check, source: str) -> None:
    [found] = check(source)
    assert (found.code, found.line) == ("app-not-found", 1)


@pytest.mark.parametrize(
    "source",
    [
        "from somewhere import app\n",
        "from somewhere import *\n",
        "from somewhere import create\napp = create()\n",
        "import azure.functions as func\nif True:\n    app = func.FunctionApp()\n",
        "import azure.functions as func\nclass Mine(func.FunctionApp): ...\napp = Mine()\n",
        "import azure.functions as func\nx, app = 1, func.FunctionApp()\n",
        "import azure.functions as func\nfrom typing import cast\napp = cast('X', func.FunctionApp())\n",
        "app = (\n",
    ],
)
def test_app_may_be_there(check: Check, source: str) -> None:
    assert check(source, only="app-not-found") == []


@pytest.mark.parametrize(
    "extra",
    [
        "api = app\n",
        "other = func.FunctionApp()\n",
        "from second import app2\n",
        "import azure.durable_functions as d\nx = d.DFApp()\n",
    ],
)
def test_multiple_apps(check: Check, extra: str) -> None:
    second = "import azure.functions as func\napp2 = func.FunctionApp()\n"
    [found] = check(ROUTE + extra, {"second.py": second})
    assert (found.code, found.file) == ("multiple-apps", "function_app.py")


def test_one_app_in_two_arms(check: Check) -> None:
    source = "import azure.functions as func\nif __debug__:\n    app = func.FunctionApp('ADMIN')\n"
    source += "else:\n    app = func.FunctionApp()\n"
    assert check(source) == []


def test_app_is_never_made(check: Check) -> None:
    source = "import azure.functions as func\n@app.route()\n@app.queue_output('o', 'q', 'C')\ndef f(req): ...\n"
    source += "@app.on_blob_change()\ndef g(): ...\n"
    found = check(source)
    assert [(each.code, each.line, each.text) for each in found if each.code == "app-not-found"] == [
        ("app-not-found", 2, "app")
    ]
    assert "nothing here is called 'app'" in found[0].message
    assert {"arg-name-mismatch", "removed-decorator"} <= {each.code for each in found}, "what stands below is looked at"


@pytest.mark.parametrize(
    "head", ["from somewhere import *\n", "from somewhere import app\n", "def f(app):\n    return app\napp = f(1)\n"]
)
def test_app_may_be_made_elsewhere(check: Check, head: str) -> None:
    assert check(head + "@app.route()\ndef hello(x): ...\n") == []
