"""`migrate`: the migrated app has the functions that its function.json files had, in the eyes of the official library."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import HEAD, TIMEOUT, Cli, Write, environment

HOST = '{"version": "2.0", "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"}}'

LOAD = """
import importlib, json
app = importlib.import_module("function_app").app
print(json.dumps({each.get_function_name(): json.loads(str(each)) for each in app.get_functions()}))
"""


def config(*bindings: dict[str, Any], **more: Any) -> str:
    return json.dumps({"scriptFile": "__init__.py", "bindings": bindings, **more}, indent=2)


def indexed(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The functions of an app and their bindings, by azure-functions itself."""
    run = subprocess.run(
        [sys.executable, "-c", LOAD],
        check=False, cwd=folder, env=environment(), capture_output=True, text=True, timeout=TIMEOUT,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return {name: found["bindings"] for name, found in json.loads(run.stdout).items()}


def plain(binding: dict[str, Any]) -> dict[str, Any]:
    """A binding without what says nothing, and names of enums in one case."""
    return {
        key: value.upper() if key in ("authLevel", "cardinality", "direction", "accessRights") else value
        for key, value in binding.items()
        if value is not None and key != "dataType"
    }


HTTP = {
    "authLevel": "anonymous",
    "type": "httpTrigger",
    "direction": "in",
    "name": "req",
    "methods": ["GET"],
    "route": "orders/{id}",
}
RETURN = {"type": "http", "direction": "out", "name": "$return"}
RETRY = {"strategy": "fixedDelay", "maxRetryCount": 3, "delayInterval": "00:00:05"}
QUEUE = {"type": "queueTrigger", "direction": "in", "name": "msg", "queueName": "orders", "connection": "Store"}
ONE_EACH = {
    "Orders": [HTTP, RETURN],
    "TakeOrder": [
        QUEUE,
        {"type": "blob", "direction": "out", "name": "report", "path": "reports/{rand-guid}", "connection": "Store"},
        {"type": "table", "direction": "in", "name": "row", "tableName": "Rows", "partitionKey": "p", "connection": "Store"},
    ],
    "Nightly": [
        {"type": "timerTrigger", "direction": "in", "name": "timer", "schedule": "0 0 2 * * *", "runOnStartup": False},
        {"type": "queue", "direction": "out", "name": "$return", "queueName": "nights", "connection": "Store"},
    ],
    "Hub": [
        {
            "type": "eventHubTrigger", "direction": "in", "name": "events", "eventHubName": "hub", "connection": "Hubs",
            "cardinality": "many", "consumerGroup": "$Default",
        }
    ],
    "Topic": [
        {
            "type": "serviceBusTrigger", "direction": "in", "name": "msg", "topicName": "news", "subscriptionName": "me",
            "connection": "Bus",
        }
    ],
    "Cosmos4": [
        {
            "type": "cosmosDBTrigger", "direction": "in", "name": "documents", "databaseName": "shop", "containerName": "orders",
            "connection": "Cosmos", "createLeaseContainerIfNotExists": True,
        }
    ],
    "Cosmos3": [
        {
            "type": "cosmosDBTrigger", "direction": "in", "name": "documents", "databaseName": "shop",
            "collectionName": "orders", "connectionStringSetting": "Cosmos",
        }
    ],
    "Chat": [
        HTTP | {"route": "chat"},
        RETURN,
        {"type": "signalR", "direction": "out", "name": "messages", "hubName": "chat", "connectionStringSetting": "SignalR"},
    ],
}  # fmt: skip


def test_every_binding_stays(cli: Cli, write: Write, tmp_path: Path) -> None:
    files = {"host.json": HOST, "requirements.txt": "azure-functions\n"}
    for name, bindings in ONE_EACH.items():
        names = [each["name"] for each in bindings if each["name"] != "$return"]
        files[f"{name}/function.json"] = config(*bindings)
        files[f"{name}/__init__.py"] = (
            f'"""{name}."""\nimport azure.functions as func\n\n\ndef main({", ".join(names)}):  # kept\n    pass\n'
        )
    write(files)
    result = cli("migrate", ".")
    assert (result.status, result.out) == (0, ""), result.err
    assert not list(tmp_path.rglob("function.json"))
    found = indexed(tmp_path)
    assert found.keys() == ONE_EACH.keys()
    for name, bindings in ONE_EACH.items():
        wanted = [plain(each) for each in bindings]
        got = [plain(each) for each in found[name]]
        for each in wanted:
            assert any(each.items() <= other.items() for other in got), (name, each, got)
        assert len(got) == len(wanted)
    assert "def main(timer):  # kept\n" in (tmp_path / "Nightly" / "__init__.py").read_text("utf-8")
    listed = cli("list", "--output-format", "json").json["apps"][0]["functions"]
    assert {each["name"] for each in listed} == ONE_EACH.keys()
    checked = cli(
        "--check", "--output-format", "json", "--select", "app-not-indexed,unregistered-blueprint,syntax-error"
    )
    assert checked.codes == []


def test_the_result_reads_well(cli: Cli, write: Write, tmp_path: Path) -> None:
    write(
        {
            "Orders/function.json": config(
                HTTP, RETURN, retry={"strategy": "fixedDelay", "maxRetryCount": 3, "delayInterval": "00:00:05"}
            ),
            "Orders/__init__.py": "import logging\n\nimport azure.functions as func\n\nfrom ..shared import text\n\n\n"
            "def main(req: func.HttpRequest) -> func.HttpResponse:\n    logging.info('x')\n    return text.HELLO\n",
            "shared/text.py": "from __app__.shared import more\nHELLO = 'hello'\n",
            "shared/more.py": "",
            "host.json": HOST,
        }
    )
    assert cli("migrate").status == 0
    assert (tmp_path / "function_app.py").read_text("utf-8") == (
        "import azure.functions as func\n\nfrom Orders import bp as orders_bp\n\n"
        "app = func.FunctionApp()\napp.register_functions(orders_bp)\n"
    )
    assert (tmp_path / "Orders" / "__init__.py").read_text("utf-8") == (
        "import logging\n\nimport azure.functions as func\n\nfrom shared import text\n\nbp = func.Blueprint()\n\n\n"
        '@bp.function_name("Orders")\n'
        '@bp.retry(strategy="fixed_delay", max_retry_count="3", delay_interval="00:00:05")\n'
        '@bp.route(route="orders/{id}", methods=["GET"], auth_level=func.AuthLevel.ANONYMOUS)\n'
        "def main(req: func.HttpRequest) -> func.HttpResponse:\n    logging.info('x')\n    return text.HELLO\n"
    )
    assert (tmp_path / "shared" / "text.py").read_text("utf-8").startswith("from shared import more\n")
    assert set(indexed(tmp_path)) == {"Orders"}


def test_durable_functions(cli: Cli, write: Write, tmp_path: Path) -> None:
    pytest.importorskip("azure.durable_functions")
    client = {"type": "durableClient", "direction": "in", "name": "starter"}
    df = "import azure.functions as func\nimport azure.durable_functions as df\n\n\n"
    write(
        {
            "Start/function.json": config(HTTP, RETURN, client),
            "Start/__init__.py": df + "async def main(req: func.HttpRequest, starter: str) -> func.HttpResponse:\n"
            "    client = df.DurableOrchestrationClient(starter)\n    return client.create_check_status_response(req, 'x')\n",
            "Flow/function.json": config({"type": "orchestrationTrigger", "direction": "in", "name": "context"}),
            "Flow/__init__.py": df
            + "def flow(context: df.DurableOrchestrationContext):\n    yield context.call_activity('Hello')\n\n\n"
            "main = df.Orchestrator.create(flow)\n",
            "Hello/function.json": config({"type": "activityTrigger", "direction": "in", "name": "city"}),
            "Hello/__init__.py": "def main(city: str) -> str:\n    return city\n",
            "host.json": HOST,
        }
    )
    result = cli("migrate")
    assert result.status == 0, result.err
    assert {name: sorted(each["type"] for each in bindings) for name, bindings in indexed(tmp_path).items()} == {
        "Start": ["durableClient", "http", "httpTrigger"],
        "Flow": ["orchestrationTrigger"],
        "Hello": ["activityTrigger"],
    }
    start = (tmp_path / "Start" / "__init__.py").read_text("utf-8")
    assert "starter) ->" in start
    assert "client = starter\n" in start
    assert "main =" not in (tmp_path / "Flow" / "__init__.py").read_text("utf-8")


def test_folders_with_names_that_python_does_not_take(cli: Cli, write: Write, tmp_path: Path) -> None:
    write(
        {
            "new-orders/function.json": config(HTTP, RETURN),
            "new-orders/__init__.py": "def main(req): ...\n",
            "host.json": HOST,
        }
    )
    write({"requirements.txt": ""})
    result = cli("migrate")
    assert result.status == 0
    assert "renamed: new-orders to new_orders" in result.err
    assert set(indexed(tmp_path)) == {"new-orders"}


def test_what_needs_a_person(cli: Cli, write: Write, tmp_path: Path) -> None:
    write(
        {
            "Broken/function.json": "{",
            "NoTrigger/function.json": config(RETURN),
            "NoScript/function.json": config(HTTP, RETURN),
            "NoMain/function.json": config(HTTP, RETURN),
            "NoMain/__init__.py": "main = something()\n",
            "BadPython/function.json": config(HTTP, RETURN),
            "BadPython/__init__.py": "def main(req:\n",
            "Off/function.json": config(QUEUE, disabled=True),
            "Off/__init__.py": "def main(msg): ...\n",
            "host.json": HOST,
            "requirements.txt": "",
        }
    )
    result = cli("migrate")
    assert result.status == 1
    for note in [
        "Broken/function.json: ",
        "NoTrigger/function.json: it has no trigger",
        "NoScript/function.json: its script NoScript/__init__.py cannot be read",
        "NoMain/function.json: there is no function 'main'",
        "BadPython/function.json: its script BadPython/__init__.py is no Python",
        "Off was disabled: set the app setting AzureWebJobs.Off.Disabled to true",
    ]:
        assert f"needs a person: .: {note}" in result.err, note
    left = {path.parent.name for path in tmp_path.rglob("function.json")}
    assert left == {"Broken", "NoTrigger", "NoScript", "NoMain", "BadPython"}


def test_an_app_of_both_models_is_left_alone(cli: Cli, write: Write, tmp_path: Path) -> None:
    write(
        {
            "function_app.py": HEAD,
            "Orders/function.json": config(HTTP, RETURN),
            "Orders/__init__.py": "def main(req): ...\n",
        }
    )
    result = cli("migrate")
    assert result.status == 1
    assert "there is function_app.py already" in result.err
    assert (tmp_path / "Orders" / "function.json").exists()


def test_alpha_names(cli: Cli, write: Write, tmp_path: Path) -> None:
    alpha = HEAD.replace("FunctionApp()", "FunctionApp(auth_level=func.AuthLevel.ANONYMOUS)") + (
        '@app.function_name(name="Take")\n'
        '@app.on_queue_change(arg_name="msg", queue_name="orders", connection="Store")  # kept\n'
        '@app.write_blob(arg_name="out", path="x/y", connection="Store")\n'
        "def take(msg: func.QueueMessage, out: func.Out[str]) -> None: ...\n"
    )
    write({"function_app.py": alpha, "host.json": HOST})
    result = cli("migrate")
    assert (result.status, result.err) == (0, "brought up to date: function_app.py\n")
    text = (tmp_path / "function_app.py").read_text("utf-8")
    assert '@app.queue_trigger(arg_name="msg", queue_name="orders", connection="Store")  # kept\n' in text
    assert [each["type"] for each in indexed(tmp_path)["Take"]] == ["blob", "queueTrigger"]


def test_diff_changes_nothing(cli: Cli, write: Write, tmp_path: Path) -> None:
    write(
        {"Orders/function.json": config(HTTP, RETURN), "Orders/__init__.py": "def main(req): ...\n", "host.json": HOST}
    )
    write({"requirements.txt": ""})
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    result = cli("migrate", "--diff")
    assert result.status == 0
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert "--- /dev/null\n+++ function_app.py\n" in result.out
    assert "--- Orders/function.json\n+++ /dev/null\n" in result.out
    assert '+@bp.function_name("Orders")\n' in result.out
    applied = subprocess.run(
        ["git", "apply", "-p0", "-"], cwd=tmp_path, input=result.out.encode(), capture_output=True, check=False
    )
    assert applied.stderr == b""
    assert set(indexed(tmp_path)) == {"Orders"}


def test_nothing_to_migrate_and_a_second_time(cli: Cli, write: Write) -> None:
    write(
        {"Orders/function.json": config(HTTP, RETURN), "Orders/__init__.py": "def main(req): ...\n", "host.json": HOST}
    )
    write({"requirements.txt": ""})
    assert cli("migrate").status == 0
    again = cli("migrate")
    assert (again.status, again.err) == (0, "pystein-lsp: there is nothing to migrate\n")


def test_line_ends_stay(cli: Cli, write: Write, tmp_path: Path) -> None:
    write(
        {
            "Orders/function.json": config(HTTP, RETURN),
            "Orders/__init__.py": b"\xef\xbb\xbfdef main(req):\r\n    pass\r\n",
        }
    )
    write({"host.json": HOST, "requirements.txt": ""})
    assert cli("migrate").status == 0
    data = (tmp_path / "Orders" / "__init__.py").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfimport azure.functions as func\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
