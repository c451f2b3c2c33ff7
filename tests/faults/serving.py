"""An app under mixed load: HTTP, queues, blobs, messages, events, documents, timers, orchestrations, reloads."""

from __future__ import annotations

import json
import socket
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

from durable_driver import WEBHOOKS, Hub, write

from pystein_runtime.cloud.folder import FOLDER

SERVICES = ("queue", "blob", "bus", "hub", "documents")
APP = """
import logging

def done(service, count=1):
    with open(pathlib.Path(__file__).with_name(f"done.{service}"), "ab") as file:
        file.write(b"." * count)

@app.route(route="hello/{name}")
async def hello(req: func.HttpRequest) -> str:
    return "hello " + req.route_params["name"]

@app.route(route="large")
def large(req: func.HttpRequest) -> str:
    return "x" * 200_000

@app.route(route="fails")
def fails(req: func.HttpRequest) -> str:
    raise ValueError("on purpose")

@app.route(route="put/{id}")
@app.queue_output(arg_name="queued", queue_name="work", connection="AzureWebJobsStorage")
@app.blob_output(arg_name="blob", path="work/{id}", connection="AzureWebJobsStorage")
@app.service_bus_queue_output(arg_name="message", queue_name="work", connection="SB")
@app.event_hub_output(arg_name="event", event_hub_name="hub", connection="SB")
@app.cosmos_db_output(arg_name="item", connection="DB", database_name="db", container_name="items")
def put(req: func.HttpRequest, queued: func.Out[str], blob: func.Out[str], message: func.Out[str],
        event: func.Out[str], item: func.Out[func.Document]) -> str:
    for each in queued, blob, message, event:
        each.set(req.route_params["id"])
    item.set(func.Document.from_dict({"id": req.route_params["id"], "at": str(datetime.datetime.now())}))
    return "ok"

@app.queue_trigger(arg_name="m", queue_name="work", connection="AzureWebJobsStorage")
def on_queue(m: func.QueueMessage) -> None:
    logging.info("got %s", m.get_body())
    done("queue")

@app.blob_trigger(arg_name="b", path="work/{name}", connection="AzureWebJobsStorage")
def on_blob(b: func.InputStream) -> None:
    done("blob")

@app.service_bus_queue_trigger(arg_name="m", queue_name="work", connection="SB")
def on_bus(m: func.ServiceBusMessage) -> None:
    done("bus")

@app.event_hub_message_trigger(arg_name="e", event_hub_name="hub", connection="SB", cardinality="one")
def on_hub(e: func.EventHubEvent) -> None:
    done("hub")

@app.cosmos_db_trigger(arg_name="items", connection="DB", database_name="db", container_name="items",
                       create_lease_container_if_not_exists=True)
def on_documents(items: func.DocumentList) -> None:
    done("documents", len(items))

@app.timer_trigger(arg_name="t", schedule="* * * * * *")
def tick(t: func.TimerRequest) -> None:
    done("timer")

@app.orchestration_trigger(context_name="context")
def steps(context):
    total = 0
    for number in range(3):
        total += yield context.call_activity("step", number)
    count = yield context.call_entity(df.EntityId("Counter", "all"), "add", 1)
    return [total, count > 0]

@app.activity_trigger(input_name="number")
def step(number: int) -> int:
    return number

@app.entity_trigger(context_name="context")
def Counter(context):
    value = context.get_state(lambda: 0) + context.get_input()
    context.set_state(value)
    context.set_result(value)
"""
SETTINGS = {"Values": {"AzureWebJobsStorage": "", "SB": "", "DB": ""}}
HTTP, PUTS, ORCHESTRATIONS = 60, 8, 3  # of a round
IDS = 100  # different names of blobs and documents, which are written again and again


class Serving:
    """A host, and what was sent to it."""

    def __init__(self, root: Path) -> None:
        write(root, APP, local__settings_json=SETTINGS, host_json={"version": "2.0"})
        self.root = root
        self.host = Hub(root)
        self.host.ready()
        self.sent = 0
        self.orchestrations = 0
        self.requests = 0
        self.reloads = 0
        self.worker = self.host.worker()

    def round(self) -> None:
        """Some of everything; what was sent is worked off when it ends."""
        for number in range(HTTP):
            path = "large" if number % 20 == 0 else f"hello/{number}"
            assert self.host.get(f"/api/{path}").status == 200
        assert self.host.get("/api/fails").status == 500
        self.requests += HTTP + 1
        for _ in range(PUTS):
            assert self.host.get(f"/api/put/{self.sent % IDS}").status == 200
            self.sent += 1
            # A change feed and a blob trigger show what is there: a name that is written twice at once may be seen once.
            if self.sent % IDS == 0:
                self._settle()
        self.orchestrate(ORCHESTRATIONS)
        self._settle()
        self.purge()
        self.host.lines.clear()

    def orchestrate(self, count: int) -> None:
        """Run so many orchestrations at once to their ends."""
        self.orchestrations += count
        begun = [self.host.begin("steps") for _ in range(count)]
        for id_ in begun:
            assert self.host.end(id_)["output"] == [3, True]

    def burst(self, requests: int) -> None:
        """Many requests over one connection."""
        ask = b"GET /api/hello/burst HTTP/1.1\r\nHost: localhost\r\n\r\n"
        self.requests += requests
        with socket.create_connection(("127.0.0.1", self.host.port), timeout=60) as connection:
            while requests > 0:
                portion = min(requests, 16)
                connection.sendall(ask * portion)
                heard = b""
                while heard.count(b"hello burst") < portion:
                    part = connection.recv(65536)
                    assert part, "the host has closed the connection"
                    heard += part
                requests -= portion

    def reload(self) -> None:
        """Change the code, and wait for the new worker."""
        self.reloads += 1
        file = self.root / "function_app.py"
        text = file.read_text("utf-8").partition("\n# reload")[0]
        file.write_text(f"{text}\n# reload {self.reloads}\n", "utf-8")
        self.host.wait("reloaded")
        self.host.lines.clear()
        self.worker = self.host.worker()

    def counts(self) -> dict[str, int]:
        """How often each service's function has run."""
        files = {service: self.root / f"done.{service}" for service in (*SERVICES, "timer")}
        return {service: file.stat().st_size if file.exists() else 0 for service, file in files.items()}

    def databases(self) -> dict[str, float]:
        """What the runtime keeps on the disk, in MiB."""
        files = sorted((self.root / FOLDER).glob("*.sqlite*"))
        return {file.name: file.stat().st_size / 2**20 for file in files}

    def _settle(self) -> None:
        """Wait until all that was sent was worked off."""
        end = time.monotonic() + 60
        while min(self.counts()[service] for service in SERVICES) < self.sent:
            assert time.monotonic() < end, f"lost: {self.sent} sent, {self.counts()}, {self.host.lines[-20:]}"
            time.sleep(0.02)

    def purge(self) -> None:
        """Forget the orchestrations that have ended."""
        since = (datetime.now(timezone.utc) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        answer = self.host.request("DELETE", f"{WEBHOOKS}/instances?createdTimeFrom={since}&runtimeStatus=Completed")
        assert json.loads(answer.body)["instancesDeleted"] > 0

    def end(self) -> int:
        """Stop the host in order; the exit status."""
        status = self.host.stop()
        self.host.close()
        return status
