"""The dashboard: its page, and what it asks the host for."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from host_driver import SECONDS, Host

SOURCE = """
import json

@app.route(route="orders", methods=["POST"])
@app.queue_output(arg_name="out", queue_name="orders", connection="AzureWebJobsStorage")
def take(req: func.HttpRequest, out: func.Out[str]) -> func.HttpResponse:
    logging.info("took %s", req.get_body().decode())
    out.set(req.get_body().decode())
    return func.HttpResponse("taken", status_code=202, headers={"Set-Cookie": "session=secret"})

@app.queue_trigger(arg_name="m", queue_name="orders", connection="AzureWebJobsStorage")
@app.table_output(arg_name="row", table_name="Orders", connection="AzureWebJobsStorage")
def work(m: func.QueueMessage, row: func.Out[str]) -> None:
    order = json.loads(m.get_body())
    if "lines" not in order:
        raise ValueError("no lines")
    row.set(json.dumps({"PartitionKey": "orders", "RowKey": str(order["id"]), "lines": order["lines"]}))

@app.blob_trigger(arg_name="blob", path="uploads/{name}", connection="AzureWebJobsStorage")
def uploaded(blob: func.InputStream) -> None:
    logging.info("%s has %s bytes", blob.name, blob.length)

@app.service_bus_queue_trigger(arg_name="p", queue_name="payments", connection="Bus")
@app.event_hub_output(arg_name="telemetry", event_hub_name="telemetry", connection="Bus")
def pay(p: func.ServiceBusMessage, telemetry: func.Out[str]) -> None:
    amount = json.loads(p.get_body())["amount"]
    if amount < 0:
        raise ValueError("negative")
    telemetry.set(json.dumps({"amount": amount}))

@app.cosmos_db_trigger(
    arg_name="changes", database_name="shop", container_name="orders", connection="Cosmos",
    create_lease_container_if_not_exists=True,
)
@app.event_grid_output(arg_name="news", topic_endpoint_uri="Topic", topic_key_setting="TopicKey")
def changed(changes: func.DocumentList, news: func.Out[str]) -> None:
    event = {"id": "1", "subject": changes[0]["id"], "eventType": "changed", "eventTime": "2026-01-01T00:00:00Z"}
    news.set(json.dumps({**event, "data": {}, "dataVersion": "1"}))

@app.timer_trigger(arg_name="t", schedule="0 0 0 1 1 *")
def tick(t: func.TimerRequest) -> None:
    logging.info("tick")

@app.route(route="fast")
async def fast(req: func.HttpRequest) -> str:
    return "x" * int(req.params.get("size", "1"))
"""
QUEUES = {"visibilityTimeout": "00:00:00.1", "maxDequeueCount": 2}
COSMOS = "AccountEndpoint=https://localhost:8081/;AccountKey=C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw=="
SETTINGS = {
    "Cosmos": COSMOS,
    "Bus": "Endpoint=sb://localhost;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true",
}
API = "/admin/pystein"


@pytest.fixture(scope="module")
def host(serve: Callable[..., Host]) -> Host:
    return serve(
        SOURCE,
        host_json={"version": "2.0", "extensions": {"queues": QUEUES}},
        local__settings_json={"IsEncrypted": False, "Values": SETTINGS},
    )


def asked(host: Host, path: str) -> Any:
    answer = host.get(f"{API}/{path}")
    assert answer.status == 200, answer.text
    return answer.json


def eventually(look: Callable[[], Any]) -> Any:
    """What becomes true soon: a service has no event to wait for."""
    end = time.monotonic() + SECONDS
    while not (found := look()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
    return found


def invocations(host: Host, function: str) -> Iterator[dict[str, Any]]:
    lines = asked(host, "invocations?after=0")["invocations"]
    return (line for line in reversed(lines) if line["function"] == function)


def last(host: Host, function: str) -> dict[str, Any]:
    return next(invocations(host, function))


# -- the page ---------------------------------------------------------------------------------------------


def test_the_page_runs_nothing_but_what_stands_in_it(host: Host) -> None:
    page = host.get("/")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for kind in ("script", "style"):
        content = re.search(rf"<{kind}>(.*?)</{kind}>", page.text, re.DOTALL)
        assert content is not None
        digest = base64.b64encode(hashlib.sha256(content[1].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", page.text), "nothing comes from elsewhere"


def test_other_web_sites_see_nothing(host: Host) -> None:
    for path in (
        "overview",
        "invocations",
        "cloud",
        "cloud/queues?name=orders",
        "event?function=take",
        "search?text=a",
    ):
        assert host.request("GET", f"{API}/{path}", headers={"Origin": "https://evil.example"}).status == 403
    assert host.request("POST", f"{API}/send", "{}", headers={"Sec-Fetch-Site": "cross-site"}).status == 403
    for path in (
        "/",
        f"{API}/overview",
        "/runtime/webhooks/durabletask/instances",
    ):  # a name that was turned to this machine
        assert host.request("GET", path, headers={"Host": "rebound.example"}).status == 403


def test_what_is_no_number_of_things_is_refused(host: Host) -> None:
    answer = host.get(f"{API}/cloud/queues?name=orders&skip=a")
    assert answer.status == 400
    assert answer.json == {"unusable": "skip must be a whole number from 0 on, not 'a'."}


def test_with_keys_the_page_opens_and_shows_nothing_without_the_master_key(start: Callable[..., Host]) -> None:
    host = start("@app.route('a')\ndef a(req: func.HttpRequest) -> str:\n    return 'a'", "--enable-auth")
    assert host.get("/").status == 200
    assert host.get(f"{API}/overview").status == 401


# -- the map ----------------------------------------------------------------------------------------------


def test_the_map_has_triggers_outputs_and_counts(host: Host) -> None:
    assert host.post("/api/orders", {"id": 1, "lines": 2}).status == 202
    eventually(lambda: next(invocations(host, "work"), None))
    overview = asked(host, "overview")
    functions = {item["name"]: item for item in overview["functions"]}
    assert list(functions) == ["take", "work", "uploaded", "pay", "changed", "tick", "fast"]
    take = [(item["direction"], item["service"], item["place"]) for item in functions["take"]["bindings"]]
    assert take == [
        ("trigger", "http", "POST /api/orders"), ("out", "queue", "orders"), ("out", "http", ""),
    ]  # fmt: skip
    work = [(item["direction"], item["service"], item["place"]) for item in functions["work"]["bindings"]]
    assert work == [("trigger", "queue", "orders"), ("out", "table", "Orders")]
    assert functions["take"]["succeeded"] >= 1
    assert functions["take"]["last"]["ok"] is True
    assert functions["tick"]["last"] is None
    assert overview["calls"] == []


def test_a_prompt_shows_its_name(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.mcp_prompt_trigger(arg_name="context", prompt_name="review")
        def ask(context: func.PromptInvocationContext) -> str:
            return ""
        """
    )
    [function] = asked(host, "overview")["functions"]
    assert [item["place"] for item in function["bindings"] if item["direction"] == "trigger"] == ["review"]


def test_durable_functions_show_whom_they_call(start: Callable[..., Host]) -> None:
    host = start(
        """
        import azure.durable_functions as df
        app = df.DFApp()

        @app.orchestration_trigger(context_name="context")
        def book(context):
            yield context.call_activity("pay", 1)

        @app.activity_trigger(input_name="n")
        def pay(n: int) -> int:
            return n
        """
    )
    overview = asked(host, "overview")
    assert overview["durable"] is True
    assert overview["calls"] == [{"from": "book", "to": "pay"}]


def test_an_entity_is_told_from_a_function_named_like_it(start: Callable[..., Host]) -> None:
    host = start(
        """
        import azure.durable_functions as df
        app = df.DFApp()

        @app.orchestration_trigger(context_name="context")
        def book(context):
            context.signal_entity(df.EntityId("Revenue", "all"), "add", 1)

        @app.entity_trigger(context_name="context")
        def Revenue(context):
            context.set_result(1)

        @app.route(route="revenue")
        @app.durable_client_input(client_name="client")
        async def revenue(req: func.HttpRequest, client) -> str:
            return str(await client.read_entity_state(df.EntityId("Revenue", "all")))
        """
    )
    calls = asked(host, "overview")["calls"]
    assert sorted(call["from"] for call in calls) == ["book", "revenue"]
    assert {call["to"] for call in calls} == {"Revenue"}


def test_an_app_that_cannot_be_loaded_says_why(start: Callable[..., Host]) -> None:
    host = start("@app.route('a')\ndef a(req: func.HttpRequest) -> str:\n    return 'a'")
    (host.root / "function_app.py").write_text("import nowhere\n", "utf-8")
    host.wait("load-failed")
    overview = asked(host, "overview")
    assert "No module named 'nowhere'" in overview["failure"]
    assert [item["name"] for item in overview["functions"]] == ["a"]


# -- invocations ------------------------------------------------------------------------------------------


def test_an_invocation_shows_what_went_in_and_what_came_out(host: Host) -> None:
    headers = {"authorization": "Bearer secret", "x-functions-key": "secret", "x-trace": "seen"}
    host.post("/api/orders?code=secret&day=1", {"id": 2, "lines": 1}, **headers)
    line = last(host, "take")
    assert line["status"] == "succeeded"
    shown = asked(host, f"invocations/{line['invocationId']}")
    assert shown["input"]["body"] == '{"id": 2, "lines": 1}'
    assert shown["input"]["headers"]["x-trace"] == "seen"
    assert shown["input"]["query"] == {"code": "(hidden)", "day": "1"}
    assert "secret" not in host.get(f"{API}/invocations/{line['invocationId']}").text
    assert shown["return"]["status"] == 202
    assert shown["outputs"] == {"out": '{"id": 2, "lines": 1}'}
    assert [record["message"] for record in shown["logs"]] == ['took {"id": 2, "lines": 1}']
    assert shown["whole"] is True


def test_a_failure_shows_its_traceback_and_can_be_run_again(host: Host) -> None:
    failed = host.invoke("work", data='{"id": 3}')
    shown = asked(host, f"invocations/{failed['invocationId']}")
    assert shown["status"] == "failed"
    assert "ValueError: no lines" in shown["error"]["traceback"]
    assert shown["input"] == '{"id": 3}'
    before = len(list(invocations(host, "work")))
    assert host.post(f"{API}/invocations/{failed['invocationId']}/again").json == {"function": "work"}
    eventually(lambda: len(list(invocations(host, "work"))) > before)
    assert last(host, "work")["error"] == "ValueError: no lines"


def test_invocations_are_found_by_what_they_logged_got_and_gave(host: Host) -> None:
    host.post("/api/orders", {"id": 77, "lines": 1, "wish": "Türkis"}, cookie="flavour=cinnamon")
    eventually(lambda: len(asked(host, "search?text=t%C3%BCrkis")["numbers"]) >= 2)
    lines = {line["number"]: line["function"] for line in asked(host, "invocations?after=0")["invocations"]}
    assert {lines[number] for number in asked(host, "search?text=t%C3%BCrkis")["numbers"]} == {"take", "work"}
    assert {lines[number] for number in asked(host, "search?text=taken")["numbers"]} == {"take"}
    assert asked(host, "search?text=nowhere%20at%20all")["numbers"] == []
    for secret in ("cinnamon", "session=secret"):  # of a cookie that came, and of one that was set
        assert asked(host, f"search?text={secret}")["numbers"] == []


def test_large_values_are_told_and_not_kept(host: Host) -> None:
    result = host.invoke("fast", query={"size": "200000"})
    shown = asked(host, f"invocations/{result['invocationId']}")
    assert shown["return"]["body"] == "(200,000 bytes, not kept)"


def test_a_page_of_the_list_follows_the_other(host: Host) -> None:
    for _ in range(3):
        host.invoke("tick")
    first = asked(host, "invocations?after=0")
    assert [line["number"] for line in first["invocations"]] == list(range(1, first["next"] + 1))
    host.invoke("tick")
    second = asked(host, f"invocations?after={first['next']}")
    assert [line["function"] for line in second["invocations"]] == ["tick"]
    assert asked(host, f"invocations?after={second['next']}")["invocations"] == []


def test_what_is_asked_wrongly_is_told(host: Host) -> None:
    assert host.get(f"{API}/invocations/nope").json == {"unusable": "This invocation is no longer kept."}
    assert host.get(f"{API}/invocations?after=x").json == {"unusable": "after must be a number."}
    assert host.get(f"{API}/cloud/nope").status == 404
    assert host.get(f"{API}/cloud/queues").json == {"unusable": "The request must say name."}
    assert host.get(f"{API}/cloud/bus?name=nope").status == 404
    assert host.get(f"{API}/cloud/blobs?name=nope").status == 404
    assert host.get(f"{API}/event?function=nope").status == 404
    assert host.post(f"{API}/send", b"[]").json == {"unusable": "The body must be an object."}
    assert host.post(f"{API}/send", {"function": "tick", "data": "x"}).json == {
        "unusable": "Nothing can be sent to tick: run it instead."
    }
    assert host.request("DELETE", f"{API}/overview").status == 405


# -- sending ----------------------------------------------------------------------------------------------


def test_the_form_begins_with_a_sample_and_then_with_what_was_used_last(host: Host) -> None:
    sample = asked(host, "event?function=pay")
    assert sample["sendable"] is True
    assert sample["remembered"] is False
    host.post(f"{API}/send", {"function": "pay", "data": {"amount": 7}, "remember": True})
    again = asked(host, "event?function=pay")
    assert again["event"] == {"amount": 7}
    assert again["remembered"] is True
    assert asked(host, "event?function=tick")["sendable"] is False


def test_what_is_sent_comes_the_way_it_really_comes(host: Host) -> None:
    assert host.post(f"{API}/send", {"function": "work", "data": {"id": 4, "lines": 3}}).json == {"place": "orders"}
    eventually(lambda: any("New queue message" in line["reason"] for line in invocations(host, "work")))
    blob = {"path": "uploads/a.txt", "content": "hello"}
    assert host.post(f"{API}/send", {"function": "uploaded", "data": blob}).json == {"place": "uploads/a.txt"}
    host.log("uploads/a.txt has 5 bytes")
    host.post(f"{API}/send", {"function": "pay", "data": {"amount": 9}})
    events = eventually(lambda: asked(host, "cloud/hubs?name=telemetry")["items"])
    assert '{"amount": ' in events[0]["body"]


# -- the local cloud --------------------------------------------------------------------------------------


def test_the_local_cloud_is_listed_and_looked_into(host: Host) -> None:
    host.post(f"{API}/send", {"function": "work", "data": {"id": 5, "lines": 8}})
    host.post(f"{API}/send", {"function": "uploaded", "data": {"path": "uploads/b.bin", "content": "zwölf"}})
    rows = eventually(lambda: [row for row in asked(host, "cloud/tables?name=orders")["items"] if row["RowKey"] == "5"])
    assert rows[0]["lines"] == 8
    cloud = asked(host, "cloud")
    assert {item["name"] for item in cloud["queues"]} >= {"orders"}
    assert next(item for item in cloud["tables"] if item["name"] == "Orders")["count"] >= 1
    names = [item["name"] for item in asked(host, "cloud/blobs?name=uploads")["items"]]
    assert "b.bin" in names
    content = asked(host, "cloud/blobs?name=uploads&blob=b.bin")
    assert (content["body"], content["bytes"]) == ("zwölf", 6)


def test_documents_and_published_events_are_looked_into(host: Host) -> None:
    sent = host.post(f"{API}/send", {"function": "changed", "data": {"id": "d1", "total": 3}})
    assert sent.json == {"place": "shop/orders"}
    documents = eventually(lambda: asked(host, "cloud/documents?name=shop/orders")["items"])
    assert documents[0]["body"] == {"id": "d1", "total": 3}
    assert host.get(f"{API}/cloud/documents?name=shop/nope").status == 404
    eventually(lambda: next(invocations(host, "changed"), None))
    topics = eventually(lambda: asked(host, "cloud")["topics"])
    events = asked(host, f"cloud/topics?name={topics[0]['name']}")["items"]
    assert events[0]["body"]["subject"] == "d1"


def test_a_poisoned_message_is_given_back(host: Host) -> None:
    host.post(f"{API}/send", {"function": "work", "data": {"id": 6}})

    def poisoned() -> list[dict[str, Any]]:
        return [item for item in asked(host, "cloud/queues?name=orders-poison")["items"] if '"id": 6' in item["body"]]

    message = eventually(poisoned)[0]
    tries = len(list(invocations(host, "work")))
    given = {"name": "orders-poison", "id": message["id"]}
    assert host.post(f"{API}/cloud/queues/replay", given).json == {"place": "orders"}
    assert host.post(f"{API}/cloud/queues/replay", given).status == 404
    eventually(lambda: len(list(invocations(host, "work"))) >= tries + 2)
    assert eventually(poisoned)[0]["id"] != message["id"], "it failed again"
    refusal = host.post(f"{API}/cloud/queues/replay", {"name": "orders", "id": "x"})
    assert refusal.json == {"unusable": "orders is no queue of failed messages."}


def test_a_dead_letter_is_given_back(host: Host) -> None:
    host.post(f"{API}/send", {"function": "pay", "data": {"amount": -1}})
    letters = eventually(lambda: asked(host, "cloud/bus?name=payments/$deadletterqueue")["items"])
    assert letters[0]["reason"].startswith("MaxDeliveryCountExceeded")
    assert letters[0]["body"] == '{"amount": -1}'
    given = {"name": "payments/$deadletterqueue", "id": letters[0]["id"]}
    tries = len([line for line in invocations(host, "pay") if line["status"] == "failed"])
    assert host.post(f"{API}/cloud/bus/replay", given).json == {"place": "payments"}
    eventually(lambda: len([line for line in invocations(host, "pay") if line["status"] == "failed"]) >= tries + 10)
    again = eventually(lambda: asked(host, "cloud/bus?name=payments/$deadletterqueue")["items"])
    assert again[0]["id"] != letters[0]["id"]
    assert host.post(f"{API}/cloud/bus/replay", {"name": "payments", "id": "1"}).status == 400
