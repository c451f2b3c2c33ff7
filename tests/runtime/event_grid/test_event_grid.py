"""Event Grid in real hosts: deliveries to the webhook, and topics that outputs publish to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from host_driver import Answer, Host

from pystein_runtime.cloud import event_grid
from pystein_runtime.cloud.store import Store, path_for

Start = Callable[..., Host]

TRIGGER = """
@app.event_grid_trigger(arg_name="event")
def got(event: func.EventGridEvent) -> None:
    logging.info("got %s %s %s", event.event_type, event.subject, event.get_json())
    if event.event_type == "Bad":
        raise ValueError("no thanks")

@app.event_grid_trigger(arg_name="event")
@app.queue_output(arg_name="out", queue_name="urls-{data.kind}", connection="")
def cloud(event: func.CloudEvent, out: func.Out[str]) -> None:
    logging.info("cloud %s %s %s", event.type, event.source, event.get_json())
    out.set(event.id)
"""
EVENT = {
    "id": "1", "topic": "/t", "subject": "/s", "eventType": "My.Kind", "eventTime": "2026-01-02T03:04:05Z",
    "data": {"a": 1}, "dataVersion": "1.0", "metadataVersion": "1",
}  # fmt: skip
CLOUD = {
    "id": "9", "source": "/here", "type": "My.Cloud", "specversion": "1.0", "time": "2026-01-02T03:04:05Z",
    "data": {"kind": "new"},
}  # fmt: skip


def deliver(host: Host, body: Any, function: str = "got", kind: str | None = "Notification") -> Answer:
    headers = {"content-type": "application/json"} | ({"aeg-event-type": kind} if kind else {})
    content = body if isinstance(body, bytes | str) else json.dumps(body)
    return host.request("POST", f"/runtime/webhooks/eventgrid?functionName={function}", content, headers)


# -- the webhook ----------------------------------------------------------------------------------------------


def test_events_are_delivered(start: Start) -> None:
    host = start(TRIGGER)
    assert deliver(host, [EVENT, {**EVENT, "subject": "/second"}]).status == 202
    host.log("got My.Kind /s {'a': 1}")
    host.log("got My.Kind /second")
    assert deliver(host, CLOUD, "CLOUD").status == 202
    host.log("cloud My.Cloud /here {'kind': 'new'}")
    assert (
        host.request(
            "POST",
            "/Runtime/Webhooks/EventGrid?FunctionName=got",
            json.dumps([EVENT]),
            {"aeg-event-type": "notification"},
        ).status
        == 202
    )


def test_a_function_that_fails_gets_its_events_again(start: Start) -> None:
    host = start(TRIGGER)
    answer = deliver(host, [EVENT, {**EVENT, "eventType": "Bad"}])
    assert (answer.status, "no thanks" in answer.text) == (500, True)


def test_handshakes(start: Start) -> None:
    host = start(TRIGGER)
    event = {**EVENT, "eventType": "Microsoft.EventGrid.SubscriptionValidationEvent", "data": {"validationCode": "c-1"}}
    answer = deliver(host, [event], kind="SubscriptionValidation")
    assert (answer.status, answer.json) == (200, {"validationResponse": "c-1"})
    answer = deliver(host, {**CLOUD, "data": '{"validationCode": "c-2"}'}, kind="SubscriptionValidation")
    assert (answer.status, answer.json) == (200, {"validationResponse": "c-2"})
    place = "/runtime/webhooks/eventgrid?functionName=cloud"
    answer = host.request("OPTIONS", place, headers={"WebHook-Request-Origin": "eventgrid.azure.net"})
    assert (answer.status, answer.headers["webhook-allowed-origin"]) == (200, "eventgrid.azure.net")
    assert deliver(host, [EVENT], kind="Unsubscribe").status == 202


@pytest.mark.parametrize(
    ("body", "kind", "function", "status"),
    [
        (EVENT, None, "got", 400),
        (EVENT, "Nonsense", "got", 400),
        (EVENT, "Notification", "nobody", 404),
        (EVENT, "Notification", "http", 404),
        (b"", "Notification", "got", 400),
        (b"[1]", "Notification", "got", 400),
        (b"[" * 50000, "Notification", "got", 400),
        (b"\xff", "Notification", "got", 400),
        ([], "SubscriptionValidation", "got", 400),
        ([{"data": {}}], "SubscriptionValidation", "got", 400),
        ([], "Notification", "got", 202),
    ],
)
def test_what_is_no_delivery(serve: Start, body: Any, kind: str | None, function: str, status: int) -> None:
    host = serve(TRIGGER + "\n@app.route(route='http')\ndef http(req: func.HttpRequest) -> str:\n    return 'x'\n")
    assert deliver(host, body, function, kind).status == status


def test_other_sites_and_strangers_are_refused(start: Start) -> None:
    host = start(TRIGGER, "--enable-auth")
    assert deliver(host, [EVENT]).status == 401
    keys = json.loads((host.root / ".pystein" / "keys.json").read_text("utf-8"))
    code = keys["systemKeys"]["eventgrid_extension"]
    place = f"/runtime/webhooks/eventgrid?functionName=got&code={code}"
    headers = {"aeg-event-type": "Notification"}
    assert host.request("POST", place, json.dumps([EVENT]), headers).status == 202
    headers["origin"] = "https://evil.example"
    assert host.request("POST", place, json.dumps([EVENT]), headers).status == 403


BLOBS = """
@app.route(route="put/{name}")
@app.blob_output(arg_name="out", path="texts/{name}.txt", connection="")
def put(req: func.HttpRequest, out: func.Out[str]) -> str:
    out.set("content")
    return "ok"

@app.blob_trigger(arg_name="b", path="texts/{name}.txt", connection="", source="EventGrid")
def read(b: func.InputStream) -> None:
    logging.info("read %s: %s", b.name, b.read().decode())
"""


def test_events_of_blobs(start: Start) -> None:
    host = start(BLOBS)
    host.get("/api/put/one")
    host.log("read texts/one.txt: content")  # the local cloud tells by itself
    host.invocation("read")
    subject = "/blobServices/default/containers/texts/blobs/one.txt"
    event = {**EVENT, "eventType": "Microsoft.Storage.BlobCreated", "subject": subject}
    others = [
        {**event, "subject": subject.replace("one", "missing")},
        {**event, "subject": subject.replace("txt", "png")},
    ]
    place = "/runtime/webhooks/blobs?functionName=Host.Functions.read"
    answer = host.request("POST", place, json.dumps([event, *others]), {"aeg-event-type": "Notification"})
    assert answer.status == 202
    host.log("read texts/one.txt: content", 2)
    assert host.request("POST", place.replace("read", "put"), "[]", {"aeg-event-type": "Notification"}).status == 404


def test_a_disabled_function_gets_nothing(start: Start) -> None:
    host = start(TRIGGER, local__settings_json={"Values": {"AzureWebJobs.got.Disabled": "true"}})
    assert deliver(host, [EVENT]).status == 404


def test_by_hand(start: Start) -> None:
    host = start(TRIGGER)
    assert host.invoke("got")["status"] == "succeeded"
    assert host.invoke("got", data=json.dumps(EVENT))["status"] == "succeeded"
    assert host.post("/admin/functions/got", {"input": json.dumps(EVENT)}).status == 202
    assert "one event" in host.invoke("got", data="5")["unusable"]


# -- outputs --------------------------------------------------------------------------------------------------

OUTPUT = """
import datetime, json

@app.route(route="one")
@app.event_grid_output(arg_name="out", topic_endpoint_uri="TopicUri", topic_key_setting="TopicKey")
def one(req: func.HttpRequest, out: func.Out[func.EventGridOutputEvent]) -> str:
    out.set(func.EventGridOutputEvent(id="1", subject="s", data={"n": 1}, event_type="T", data_version="1.0",
                                      event_time=datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc)))
    return "ok"

@app.route(route="several")
@app.event_grid_output(arg_name="out", topic_endpoint_uri="TopicUri", topic_key_setting="TopicKey")
def several(req: func.HttpRequest, out: func.Out[str]) -> str:
    out.set(json.dumps([{"id": str(n), "source": "/x", "type": "T", "specversion": "1.0", "data": {"n": n}} for n in range(3)]))
    return "ok"

@app.route(route="none")
@app.event_grid_output(arg_name="out", topic_endpoint_uri="TopicUri", topic_key_setting="TopicKey")
def none(req: func.HttpRequest, out: func.Out[str]) -> str:
    out.set('{"id": "1"}')
    return "ok"

@app.route(route="both")
@app.generic_output_binding(arg_name="out", type="eventGrid", topicEndpointUri="TopicUri", topicKeySetting="TopicKey",
                            connection="Grid")
def both(req: func.HttpRequest, out: func.Out[str]) -> str:
    out.set('{"id": "1"}')
    return "ok"
"""


def published(root: Path) -> list[event_grid.Published]:
    store = Store(path_for(root))
    found = event_grid.published(store)
    store.close()
    return found


def test_a_local_topic_keeps_what_is_published(start: Start) -> None:
    host = start(OUTPUT)
    assert host.get("/api/one").text == "ok"
    assert host.get("/api/several").text == "ok"
    found = published(host.root)
    assert [(item.topic, item.event["id"]) for item in found] == [
        ("TopicUri", "2"),
        ("TopicUri", "1"),
        ("TopicUri", "0"),
        ("TopicUri", "1"),
    ]
    assert found[-1].event == {
        "id": "1", "subject": "s", "dataVersion": "1.0", "eventType": "T", "data": {"n": 1},
        "eventTime": "2026-01-02T00:00:00+00:00",
    }  # fmt: skip


def test_what_is_no_event_fails_the_function(start: Start) -> None:
    host = start(OUTPUT)
    error = host.invoke("none")["error"]["message"]
    assert "is no Event Grid event: it has no subject, eventType, dataVersion" in error
    assert "When specifying the 'Connection' property" in host.invoke("both")["error"]["message"]


class Topic:
    """What a topic's endpoint gets."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], Any]] = []
        self.status = 200
        topic = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                topic.requests.append(({name.lower(): value for name, value in self.headers.items()}, json.loads(body)))
                self.send_response(topic.status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                return

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/api/events"


@pytest.fixture
def topic() -> Iterator[Topic]:
    running = Topic()
    yield running
    running.server.shutdown()
    running.server.server_close()


def test_a_real_topic_is_posted_to(start: Start, topic: Topic) -> None:
    host = start(OUTPUT, local__settings_json={"Values": {"TopicUri": topic.url, "TopicKey": "secret"}})
    assert host.get("/api/one").text == "ok"
    assert host.get("/api/several").text == "ok"
    assert [headers["aeg-sas-key"] for headers, _ in topic.requests] == ["secret", "secret"]
    assert topic.requests[0][1][0]["eventType"] == "T"
    assert topic.requests[0][0]["content-type"].startswith("application/json")
    assert topic.requests[1][0]["content-type"].startswith("application/cloudevents-batch+json")
    assert [event["data"] for event in topic.requests[1][1]] == [{"n": 0}, {"n": 1}, {"n": 2}]
    topic.status = 401
    assert host.get("/api/one").status == 500
    assert published(host.root) == []


def test_by_hand_a_real_topic_is_written_to_only_when_asked(start: Start, topic: Topic) -> None:
    host = start(OUTPUT, local__settings_json={"Values": {"TopicUri": topic.url, "TopicKey": "secret"}})
    assert "real service" in str(host.invoke("one")["notes"])
    assert topic.requests == []
    host.invoke("one", send=True)
    assert len(topic.requests) == 1


def test_the_outbox_has_an_end(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite")
    event_grid.publish(store, "t", [{"id": str(number)} for number in range(event_grid.KEPT + 5)])
    event_grid.publish(store, "t", [{"id": "last"}])
    found = event_grid.published(store)
    assert (len(found), found[0].event["id"]) == (event_grid.KEPT, "last")
    store.close()
