"""The local cloud's file in trouble: a full disk, another program's lock. The host says so, goes on, and loses nothing."""

from __future__ import annotations

import base64
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from host_driver import Host

from pystein_runtime.cloud import queues
from pystein_runtime.cloud.store import Store, path_for

APP = """
@app.route(route="put")
@app.queue_output(arg_name="o", queue_name="work", connection="AzureWebJobsStorage")
def put(req: func.HttpRequest, o: func.Out[str]) -> str:
    o.set(req.params["name"])
    return "ok"

@app.route(route="hello")
def hello(req: func.HttpRequest) -> str:
    return "hello"

@app.queue_trigger(arg_name="m", queue_name="work", connection="AzureWebJobsStorage")
def work(m: func.QueueMessage) -> None:
    logging.info("got %s", m.get_body().decode())

@app.service_bus_queue_trigger(arg_name="m", queue_name="orders", connection="SB")
def orders(m: func.ServiceBusMessage) -> None:
    pass

@app.event_hub_message_trigger(arg_name="e", event_hub_name="hub", connection="SB", cardinality="one")
def event(e: func.EventHubEvent) -> None:
    pass

@app.blob_trigger(arg_name="b", path="input/{name}", connection="AzureWebJobsStorage")
def blob(b: func.InputStream) -> None:
    pass
"""
SETTINGS = {"Values": {"SB": ""}}


def send(root: Path, *bodies: str) -> None:
    store = Store(path_for(root))
    for body in bodies:
        queues.send(store, "work", base64.b64encode(body.encode()).decode())
    store.close()


@pytest.mark.skipif(sys.platform != "linux", reason="limits of another process can be set on Linux only")
def test_a_full_disk(start: Callable[..., Host]) -> None:
    import resource

    host = start(APP, local__settings_json=SETTINGS)
    assert host.get("/api/put?name=before").text == "ok"
    host.log("got before")
    free = resource.prlimit(host.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(host.process.pid, resource.RLIMIT_FSIZE, (4096, free[1]))
    assert host.get("/api/put?name=full").status == 500
    said = host.wait("invocation", lambda line: line["function"] == "put" and line["status"] == "failed")
    assert "The file of the local cloud" in said["error"]["message"]
    send(host.root, "meanwhile")
    host.wait("host", lambda line: "The queue 'work' cannot be read" in line["message"])
    assert host.get("/api/hello").text == "hello"
    resource.prlimit(host.process.pid, resource.RLIMIT_FSIZE, free)
    host.wait("host", lambda line: "The queue 'work' can be read again" in line["message"])
    host.log("got meanwhile")
    assert host.get("/api/put?name=after").text == "ok"
    host.log("got after")
    assert host.stop() == 0


def test_a_lock_of_another_program(start: Callable[..., Host]) -> None:
    host = start(APP, local__settings_json=SETTINGS)
    send(host.root, "before")
    host.log("got before")
    other = sqlite3.connect(path_for(host.root), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute(
        "INSERT INTO message (queue, id, body, inserted, expires, visible, dequeued, receipt)"
        " SELECT queue.id, 'x', ?, 0, 253402300799, 0, 0, '' FROM queue WHERE name = 'work'",
        [base64.b64encode(b"locked").decode()],
    )
    assert host.get("/api/put?name=busy").status == 500
    said = host.wait("invocation", lambda line: line["function"] == "put" and line["status"] == "failed")
    assert "The file of the local cloud" in said["error"]["message"]
    assert host.get("/api/hello").text == "hello"
    other.execute("COMMIT")
    other.close()
    host.log("got locked")
    assert host.get("/api/put?name=after").text == "ok"
    host.log("got after")
    assert host.stop() == 0
