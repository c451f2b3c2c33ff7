"""Apps with Microsoft's extension packages behind a real host: HTTP streams and SDK-type bindings."""

from __future__ import annotations

import http.client
from collections.abc import Callable

import pytest
from host_driver import SECONDS, Host, invoke, write_app
from worker_pythons import environment, pythons

STREAMS = """
import asyncio, pathlib
from azurefunctions.extensions.http.fastapi import JSONResponse, Request, StreamingResponse

@app.route(route="up/{name}", methods=["POST"])
async def up(req: Request) -> JSONResponse:
    sizes = [len(part) async for part in req.stream()]
    logging.info("got it")
    return JSONResponse({"got": sum(sizes), "name": req.path_params["name"], "query": dict(req.query_params)})

@app.route(route="down")
async def down(req: Request) -> StreamingResponse:
    async def parts():
        for number in range(3):
            yield f"data: {number}\\n\\n"
            while not pathlib.Path(f"go{number}").exists():
                await asyncio.sleep(0.01)
    return StreamingResponse(parts(), media_type="text/event-stream")

@app.route(route="broken")
async def broken(req: Request) -> str:
    raise LookupError("broken")

@app.queue_trigger(arg_name="m", queue_name="orders", connection="AzureWebJobsStorage")
def work(m: func.QueueMessage) -> None:
    logging.info("queue %s", m.get_body().decode())
"""
BLOBS = """
import azurefunctions.extensions.bindings.blob as blob

@app.blob_trigger(arg_name="client", path="docs/{name}", connection="AzureWebJobsStorage")
def seen(client: blob.BlobClient) -> None:
    logging.info("seen %s: %s", client.blob_name, client.download_blob().readall().decode())

@app.route(route="read/{name}")
@app.blob_input(arg_name="client", path="docs/{name}", connection="AzureWebJobsStorage")
def read(req: func.HttpRequest, client: blob.BlobClient) -> str:
    return client.download_blob().readall().decode()

@app.route(route="write/{name}", methods=["POST"])
@app.blob_output(arg_name="out", path="docs/{name}", connection="AzureWebJobsStorage")
def write(req: func.HttpRequest, out: func.Out[bytes]) -> str:
    out.set(req.get_body())
    return "written"
"""


@pytest.fixture(scope="module")
def python() -> str:
    """An interpreter with the extensions."""
    version = "3.11" if "3.11" in pythons() else list(pythons())[-1]
    names = ("azurefunctions-extensions-http-fastapi", "azurefunctions-extensions-bindings-blob")
    return str(environment(pythons()[version], "azure-functions", *names))


def test_streams(start: Callable[..., Host], python: str) -> None:
    host = start(STREAMS, "--python", python)
    answer = host.post("/api/up/ann?q=1", b"x" * 300_000)
    assert answer.json == {"got": 300_000, "name": "ann", "query": {"q": "1"}}
    host.log("got it")
    assert host.invocation("up")["status"] == "succeeded"
    connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=SECONDS)
    connection.request("GET", "/api/down")
    response = connection.getresponse()
    assert response.getheader("content-type") == "text/event-stream; charset=utf-8"
    for number in range(3):
        assert response.readline() == f"data: {number}\n".encode()
        assert response.readline() == b"\n"
        (host.root / f"go{number}").touch()
    assert response.read() == b""
    connection.close()
    assert host.get("/api/broken").status == 500
    assert host.invocation("broken")["error"]["message"] == "broken"
    assert host.get("/api/nothing").status == 404
    result = host.invoke("up", route={"name": "bob"}, data="abc")
    assert result["return"]["status"] == 200
    assert '"got":3' in result["return"]["body"].replace(" ", "")
    assert result["logs"][0]["message"] == "got it"


def test_a_client_that_goes_away(start: Callable[..., Host], python: str) -> None:
    host = start(STREAMS, "--python", python)
    connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=SECONDS)
    connection.request("GET", "/api/down")
    assert connection.getresponse().readline() == b"data: 0\n"
    connection.close()
    (host.root / "go0").touch()
    assert host.post("/api/up/x", b"").status == 200
    assert host.stop() == 0


def test_streams_without_a_host(tmp_path_factory: pytest.TempPathFactory, python: str) -> None:
    root = write_app(tmp_path_factory.mktemp("app"), STREAMS)
    result = invoke(root, "up", "--route", "name=x", "--data", "abc", "--python", python).json
    assert result["return"]["status"] == 200
    assert result["status"] == "succeeded"


def test_sdk_type_bindings(start: Callable[..., Host], python: str) -> None:
    host = start(BLOBS, "--python", python)
    assert host.post("/api/write/a.txt", "content").text == "written"
    host.log("seen a.txt: content")
    assert host.get("/api/read/a.txt").text == "content"


MESSAGES = """
from typing import List
import azurefunctions.extensions.bindings.eventhub as eh
import azurefunctions.extensions.bindings.servicebus as sb

@app.service_bus_queue_trigger(arg_name="m", queue_name="jobs", connection="Bus")
def job(m: sb.ServiceBusReceivedMessage) -> None:
    logging.info("job %s %s %s %s", m, m.message_id, m.delivery_count, m.sequence_number)

@app.event_hub_message_trigger(arg_name="events", event_hub_name="clicks", connection="Hub", cardinality="many")
def clicks(events: List[eh.EventData]) -> None:
    for event in events:
        logging.info("click %s %s %s", event.body_as_str(), event.sequence_number, event.offset)

@app.route(route="send")
@app.service_bus_queue_output(arg_name="job", queue_name="jobs", connection="Bus")
@app.event_hub_output(arg_name="click", event_hub_name="clicks", connection="Hub")
def send(req: func.HttpRequest, job: func.Out[str], click: func.Out[str]) -> str:
    job.set("work")
    click.set("here")
    return "sent"
"""


@pytest.fixture(scope="module")
def python_with_messages() -> str:
    """An interpreter with the extensions for messages, which are pre-releases and need a compiled package."""
    version = "3.11" if "3.11" in pythons() else list(pythons())[-1]
    names = [f"azurefunctions-extensions-bindings-{name}" for name in ("eventhub", "servicebus")]
    try:
        return str(environment(pythons()[version], "azure-functions", *names, options=("--pre", "--only-binary=:all:")))
    except RuntimeError as error:
        pytest.skip(f"they are not to be had here: {error}")


def test_messages_of_the_sdks(start: Callable[..., Host], python_with_messages: str) -> None:
    host = start(MESSAGES, "--python", python_with_messages)
    assert host.get("/api/send").text == "sent"
    assert " 0 1" in host.log("job work")["message"], "delivered for the first time, the first of its queue"
    host.log("click here 0 0")
    assert host.invoke("job", data="by hand")["logs"][-1]["message"].startswith("job by hand")
