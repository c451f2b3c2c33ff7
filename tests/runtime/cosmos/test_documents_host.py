"""Apps with documents in real hosts: the trigger, inputs, outputs, and the app's own SDK code."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from azure.cosmos import ContainerProxy, CosmosClient, PartitionKey
from host_driver import Host, write_app

Start = Callable[..., Host]

APP = """
@app.route(route="orders", methods=["POST"])
@app.cosmos_db_output(arg_name="out", connection="Cosmos", database_name="shop", container_name="orders",
                      create_if_not_exists=True, partition_key="/customer")
def add(req: func.HttpRequest, out: func.Out[func.DocumentList]) -> str:
    body = req.get_json()
    out.set(func.DocumentList([func.Document.from_dict(item) for item in (body if isinstance(body, list) else [body])]))
    return "ok"

@app.route(route="orders/{customer}/{id}")
@app.cosmos_db_input(arg_name="found", connection="Cosmos", database_name="shop", container_name="orders",
                     id="{id}", partition_key="{customer}")
def one(req: func.HttpRequest, found: func.DocumentList) -> str:
    return found[0].to_json() if found else "none"

@app.route(route="of/{customer}")
@app.cosmos_db_input(arg_name="found", connection="Cosmos", database_name="shop", container_name="orders",
                     sql_query="SELECT * FROM c WHERE c.customer = {customer}"
                               " AND c.total >= StringToNumber({Query.least}) ORDER BY c.id")
def some(req: func.HttpRequest, found: func.DocumentList) -> str:
    return ",".join(item["id"] for item in found)

@app.cosmos_db_trigger(arg_name="documents", connection="Cosmos", database_name="shop", container_name="orders",
                       create_lease_container_if_not_exists=True)
def changed(documents: func.DocumentList) -> None:
    for document in documents:
        logging.info("changed %s lsn %s", document["id"], "_lsn" in document.to_dict())

@app.route(route="env")
def env(req: func.HttpRequest) -> str:
    import os
    return os.environ["Cosmos"]
"""
LOCAL = {"Values": {"Cosmos": ""}}
EMULATOR = "AccountEndpoint=https://localhost:8081/;AccountKey=C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==;"


def settings(value: str = EMULATOR, **more: str) -> dict[str, Any]:
    return {"local__settings_json": {"IsEncrypted": False, "Values": {"Cosmos": value, **more}}}


def orders_of(host: Host) -> ContainerProxy:
    client = CosmosClient.from_connection_string(host.get("/api/env").text)
    return client.get_database_client("shop").get_container_client("orders")


def test_from_request_to_document_to_trigger(start: Start) -> None:
    host = start(APP, **settings())
    assert host.post("/api/orders", {"id": "1", "customer": "ada", "total": 5}).status == 200
    assert host.log("changed 1 lsn True")
    found = host.get("/api/orders/ada/1").json
    assert (found["customer"], found["total"]) == ("ada", 5)
    assert {"_rid", "_etag", "_ts"} <= found.keys()
    assert host.get("/api/orders/ada/2").text == "none"
    host.post("/api/orders", [{"id": str(n), "customer": "bob", "total": n} for n in range(2, 6)])
    host.log("changed 5")
    assert host.get("/api/of/bob?least=3").text == "3,4,5"
    assert host.get("/api/of/bob?least=3'%20OR%20true%20--").text == ""


def test_the_apps_own_sdk_code_finds_its_cloud(start: Start) -> None:
    host = start(APP, **settings(""))
    orders = orders_of(host)
    orders.upsert_item({"id": "sdk", "customer": "eve"})
    host.log("changed sdk")
    assert host.get("/api/orders/eve/sdk").json["id"] == "sdk"


def test_a_port_that_is_taken(start: Start) -> None:
    try:
        taken = socket.create_server(("127.0.0.1", 8081))
    except OSError:  # somebody else has it already
        taken = None
    host = start(APP, **settings())
    assert ":8081/" not in host.get("/api/env").text
    orders_of(host).upsert_item({"id": "1", "customer": "x"})
    host.log("changed 1")
    if taken is not None:
        taken.close()


def test_plain_endpoints_are_replaced_too(start: Start) -> None:
    source = """
    @app.route(route="env")
    def env(req: func.HttpRequest) -> str:
        import os
        return os.environ["COSMOS_ENDPOINT"] + " " + os.environ["COSMOS_KEY"] + os.environ["OTHER"]
    """
    host = start(
        source, **settings("", COSMOS_ENDPOINT="https://localhost:8081", COSMOS_KEY="k", OTHER="https://x.y:8081/")
    )
    endpoint, rest = host.get("/api/env").text.split()
    assert endpoint.startswith("http://127.0.0.1:")
    assert rest == "khttps://x.y:8081/"


def test_outputs_are_upserts_and_refusals_fail_the_function(start: Start) -> None:
    host = start(APP, **settings())
    host.post("/api/orders", {"id": "1", "customer": "ada", "n": 1})
    host.post("/api/orders", {"id": "1", "customer": "ada", "n": 2})
    assert host.get("/api/orders/ada/1").json["n"] == 2
    failed = host.invoke("add", data='{"customer": "ada"}', method="POST", send=True)
    assert failed["status"] == "failed"
    assert "required properties - 'id; '" in failed["error"]["message"]


def test_names_of_the_older_extension(start: Start) -> None:
    source = """
    @app.route(route="add/{id}")
    @app.cosmos_db_output_v3(arg_name="out", connection_string_setting="Cosmos", database_name="old", collection_name="items",
                             create_if_not_exists=True)
    def add(req: func.HttpRequest, out: func.Out[func.Document]) -> str:
        out.set(func.Document.from_dict({"id": req.route_params["id"]}))
        return "ok"

    @app.route(route="all")
    @app.cosmos_db_input_v3(arg_name="found", connection_string_setting="Cosmos", database_name="old", collection_name="items",
                            sql_query="SELECT VALUE {'id': c.id} FROM c".replace("{", "{{").replace("}", "}}"))
    def every(req: func.HttpRequest, found: func.DocumentList) -> str:
        return ",".join(item["id"] for item in found)

    @app.cosmos_db_trigger_v3(arg_name="documents", connection_string_setting="Cosmos", database_name="old",
                              collection_name="items", lease_collection_name="mine", create_lease_collection_if_not_exists=True)
    def changed(documents: func.DocumentList) -> None:
        logging.info("changed %s", [document["id"] for document in documents])
    """
    host = start(source, **settings())
    assert host.get("/api/add/7").text == "ok"
    host.log("changed ['7']")
    assert host.get("/api/all").text == "7"


def test_generic_bindings(start: Start) -> None:
    source = """
    @app.route(route="add")
    @app.generic_output_binding(arg_name="out", type="cosmosDB", connection="Cosmos", database_name="g", container_name="items")
    def add(req: func.HttpRequest, out: func.Out[str]) -> str:
        out.set('[{"id": "a"}, {"id": "b"}]')
        return "ok"

    @app.generic_trigger(arg_name="documents", type="cosmosDBTrigger", connection="Cosmos", database_name="g", container_name="items")
    @app.generic_input_binding(arg_name="every", type="cosmosDB", connection="Cosmos", database_name="g", container_name="items")
    def changed(documents: str, every: str) -> None:
        import json
        logging.info("changed %s of %s", [item["id"] for item in json.loads(documents)], len(json.loads(every)))
    """
    host = start(source, **settings())
    assert host.get("/api/add").text == "ok"
    host.log("of 2")


def test_from_the_beginning_and_in_portions(start: Start, tmp_path: Path) -> None:
    root = tmp_path / "app"
    first = start(APP, root=None, **settings())
    first.post("/api/orders", [{"id": str(n), "customer": "x"} for n in range(10)])
    first.log("changed 9")
    assert first.stop() == 0
    source = """
    @app.cosmos_db_trigger(arg_name="documents", connection="Cosmos", database_name="shop", container_name="orders",
                           lease_container_prefix="all", start_from_beginning=True, max_items_per_invocation=4)
    def everything(documents: func.DocumentList) -> None:
        logging.info("portion %s", [document["id"] for document in documents])
    """
    write_app(root, source, **settings())
    second = start(root=root)
    for portion in (["0", "1", "2", "3"], ["4", "5", "6", "7"], ["8", "9"]):
        second.log(f"portion {portion}")
    second.invocation("everything", 3)


def test_changes_while_no_host_runs_are_not_lost(start: Start, tmp_path: Path) -> None:
    host = start(APP, **settings())
    host.post("/api/orders", {"id": "1", "customer": "x"})
    host.log("changed 1")
    host.invocation("changed")
    assert host.stop() == 0
    from pystein_runtime.cloud.cosmos import containers, databases, documents
    from pystein_runtime.cloud.store import Store, path_for

    store = Store(path_for(tmp_path / "app"))
    container = containers.get(store, databases.get(store, "shop"), "orders")
    documents.create(store, container, {"id": "2", "customer": "x"}, None)
    store.close()
    again = start(root=tmp_path / "app")
    again.log("changed 2")
    assert not [line for line in again.lines if "changed 1 " in line.get("message", "")]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")
def test_what_a_killed_host_had_begun_comes_again(start: Start, tmp_path: Path) -> None:
    source = (
        APP
        + """
@app.cosmos_db_trigger(arg_name="documents", connection="Cosmos", database_name="shop", container_name="orders",
                       lease_container_prefix="slow")
def slow(documents: func.DocumentList) -> None:
    import pathlib, time
    logging.info("begun %s", documents[0]["id"])
    while not pathlib.Path("go").exists():
        time.sleep(0.02)
    logging.info("done %s", documents[0]["id"])
"""
    )
    host = start(source, **settings())
    host.post("/api/orders", {"id": "7", "customer": "x"})
    host.log("begun 7")
    os.kill(host.process.pid, signal.SIGKILL)
    host.process.wait()
    (tmp_path / "app" / "go").touch()
    began = time.monotonic()
    again = start(root=tmp_path / "app")
    again.log("done 7")
    assert time.monotonic() - began < 30  # and not the minute after which a lease is anybody's
    assert again.get("/api/orders/x/7").json["id"] == "7"


def test_a_worker_that_dies_does_not_lose_a_change(start: Start) -> None:
    source = """
    @app.route(route="add/{id}")
    @app.cosmos_db_output(arg_name="out", connection="Cosmos", database_name="d", container_name="c")
    def add(req: func.HttpRequest, out: func.Out[func.Document]) -> str:
        out.set(func.Document.from_dict({"id": req.route_params["id"]}))
        return "ok"

    @app.cosmos_db_trigger(arg_name="documents", connection="Cosmos", database_name="d", container_name="c")
    def changed(documents: func.DocumentList) -> None:
        import os, pathlib
        mark = pathlib.Path("died")
        if not mark.exists():
            mark.touch()
            os._exit(3)
        logging.info("survived %s", documents[0]["id"])
    """
    host = start(source, **settings())
    host.get("/api/add/5")
    host.log("survived 5")


def test_a_function_that_fails_has_had_its_changes_and_its_retries(start: Start) -> None:
    source = """
    @app.route(route="add/{id}")
    @app.cosmos_db_output(arg_name="out", connection="Cosmos", database_name="d", container_name="c")
    def add(req: func.HttpRequest, out: func.Out[func.Document]) -> str:
        out.set(func.Document.from_dict({"id": req.route_params["id"]}))
        return "ok"

    @app.cosmos_db_trigger(arg_name="documents", connection="Cosmos", database_name="d", container_name="c")
    @app.retry(strategy="fixed_delay", max_retry_count="1", delay_interval="00:00:00")
    def changed(documents: func.DocumentList, context: func.Context) -> None:
        logging.info("try %s of %s", context.retry_context.retry_count, documents[0]["id"])
        if documents[0]["id"] == "bad":
            raise ValueError("no")
    """
    host = start(source, **settings())
    host.get("/api/add/bad")
    host.log("try 1 of bad")
    host.get("/api/add/good")
    host.log("try 0 of good")


def test_reloading_keeps_the_place(start: Start, tmp_path: Path) -> None:
    host = start(APP, **settings())
    host.post("/api/orders", {"id": "1", "customer": "x"})
    host.log("changed 1")
    orders = orders_of(host)
    entry = tmp_path / "app" / "function_app.py"
    entry.write_text(entry.read_text("utf-8").replace('"changed %s', '"new code %s'), "utf-8")
    host.wait("reloaded")
    orders.upsert_item({"id": "2", "customer": "x"})  # by the client of before
    host.log("new code 2")
    assert not [line for line in host.lines if "new code 1" in line.get("message", "")]


def test_a_container_that_is_made_again(start: Start) -> None:
    host = start(APP, **settings())
    orders = orders_of(host)
    for number in range(5):
        orders.upsert_item({"id": f"old{number}", "customer": "x"})
    host.log("changed old4")
    database = CosmosClient.from_connection_string(host.get("/api/env").text).get_database_client("shop")
    database.delete_container("orders")
    database.create_container("orders", PartitionKey("/customer")).upsert_item({"id": "new", "customer": "x"})
    host.log("changed new")


def test_every_version_and_deletion(start: Start) -> None:
    source = (
        APP
        + """
@app.cosmos_db_trigger(arg_name="changes", connection="Cosmos", database_name="shop", container_name="orders",
                       lease_container_prefix="all", changeFeedMode="AllVersionsAndDeletes")
def audit(changes: func.DocumentList) -> None:
    for change in changes:
        logging.info("audit %s %s", change["metadata"]["operationType"], (change["current"] or change["previous"])["id"])
"""
    )
    host = start(source, **settings())
    orders = orders_of(host)
    orders.upsert_item({"id": "1", "customer": "x"})
    orders.upsert_item({"id": "1", "customer": "x", "n": 2})
    orders.delete_item("1", "x")
    for operation in ("create", "replace", "delete"):
        host.log(f"audit {operation} 1")


def test_by_hand(start: Start) -> None:
    host = start(APP, **settings())
    assert host.invoke("changed", data='[{"id": "h"}]')["status"] == "succeeded"
    assert host.invoke("changed", data='{"id": "h"}')["status"] == "succeeded"
    assert host.invoke("changed")["status"] == "succeeded"
    assert "array of documents" in host.invoke("changed", data="5")["unusable"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            'start_from_beginning=True, start_from_time="2024-01-01T00:00:00Z"',
            "Only one of StartFromBeginning or StartFromTime",
        ),
        ('start_from_time="yesterday"', "no moment in ISO 8601"),
        ('lease_container_name="c"', "cannot be the same as the container storing the leases"),
        ("feed_poll_delay=-1", "must be greater than 0"),
        ('start_from_beginning=True, changeFeedMode="AllVersionsAndDeletes"', "from now on only"),
    ],
)
def test_triggers_that_cannot_start(start: Start, arguments: str, message: str) -> None:
    source = f"""
    @app.cosmos_db_trigger(arg_name="documents", connection="Cosmos", database_name="d", container_name="c", {arguments})
    def changed(documents: func.DocumentList) -> None: ...
    """
    host = start(source, **settings())
    assert host.wait("host", lambda line: message in line["message"])


def test_two_functions_with_the_same_leases_are_told(start: Start) -> None:
    source = """
    @app.cosmos_db_trigger(arg_name="documents", connection="Cosmos", database_name="d", container_name="c")
    def one(documents: func.DocumentList) -> None: ...

    @app.cosmos_db_trigger(arg_name="documents", connection="Cosmos", database_name="d", container_name="c")
    def two(documents: func.DocumentList) -> None: ...
    """
    host = start(source, **settings())
    assert host.wait("host", lambda line: "have the same leases" in line["message"])


def test_an_app_without_documents_opens_no_port(start: Start, tmp_path: Path) -> None:
    host = start("@app.route(route='x')\ndef x(req: func.HttpRequest) -> str:\n    return 'x'\n")
    assert host.get("/api/x").text == "x"
    from pystein_runtime.cloud.store import Store, path_for

    store = Store(path_for(tmp_path / "app"))
    assert store.execute("SELECT 1 FROM sqlite_master WHERE name = 'cosmos_document'").fetchone() is None
    store.close()


def test_json_of_a_trigger_is_what_azure_functions_expects(start: Start) -> None:
    source = """
    @app.cosmos_db_trigger(arg_name="documents", connection="Cosmos", database_name="d", container_name="c")
    def changed(documents: func.DocumentList) -> None:
        import json
        logging.info("got %s", json.dumps([document.to_dict() for document in documents]))
    """
    host = start(source, **settings())
    given = [{"id": "1", "nested": {"a": [1, None, 2.5, True, "é"]}}]
    outcome = host.invoke("changed", data=json.dumps(given))
    assert json.loads(outcome["logs"][0]["message"].removeprefix("got ")) == given
