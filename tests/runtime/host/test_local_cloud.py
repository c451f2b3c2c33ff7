"""The app's own SDK code, and clients outside, meet the same queues and blobs as its bindings."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from azure.storage.blob import BlobServiceClient
from azure.storage.queue import QueueServiceClient, TextBase64EncodePolicy
from host_driver import Host, invoke, write_app

SOURCE = """
import os
from azure.storage.blob import BlobServiceClient
from azure.storage.queue import QueueClient, TextBase64EncodePolicy

@app.route(route="send")
def send(req: func.HttpRequest) -> str:
    connection = os.environ[req.params["setting"]]
    with QueueClient.from_connection_string(connection, "orders", message_encode_policy=TextBase64EncodePolicy()) as queue:
        try:
            queue.create_queue()
        except Exception:
            pass
        queue.send_message("from the SDK")
    return connection

@app.queue_trigger(arg_name="m", queue_name="orders", connection="AzureWebJobsStorage")
@app.blob_output(arg_name="o", path="out/{rand-guid}.txt", connection="Explicit")
def work(m: func.QueueMessage, o: func.Out[str]) -> None:
    logging.info("got %s", m.get_body().decode())
    o.set(m.get_body().decode())

@app.blob_trigger(arg_name="b", path="in-sdk/{name}", connection="AzureWebJobsStorage")
def seen(b: func.InputStream) -> None:
    logging.info("blob %s", b.read().decode())

@app.route(route="env")
def env(req: func.HttpRequest) -> str:
    return os.environ["AzureWebJobsStorage"]
"""
EXPLICIT = (
    "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=eA==;"
    "BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1;QueueEndpoint=http://127.0.0.1:10001/devstoreaccount1"
)
SETTINGS = {"IsEncrypted": False, "Values": {"Explicit": EXPLICIT, "Dev": "UseDevelopmentStorage=true"}}


@pytest.fixture(autouse=True)
def _standard_ports_are_taken() -> Iterator[None]:
    """So that tests that run beside each other, and whatever runs on this machine, do not get in the way."""
    taken = []
    for port in (10000, 10001, 10002):
        with contextlib.suppress(OSError):
            taken.append(socket.create_server(("127.0.0.1", port)))
    yield
    for server in taken:
        server.close()


@pytest.mark.parametrize("setting", ["AzureWebJobsStorage", "Explicit", "Dev"])
def test_the_app_finds_its_own_cloud(start: Callable[..., Host], setting: str) -> None:
    host = start(SOURCE, local__settings_json=SETTINGS)
    connection = host.get(f"/api/send?setting={setting}").text
    host.log("got from the SDK")
    assert ":10000/" not in connection
    host.invocation("work")
    with BlobServiceClient.from_connection_string(connection) as blobs:
        container = blobs.get_container_client("out")
        [name] = list(container.list_blob_names())
        assert container.download_blob(name).readall() == b"from the SDK"


def test_clients_outside(start: Callable[..., Host]) -> None:
    host = start(SOURCE, local__settings_json=SETTINGS)
    connection = host.get("/api/env").text
    with QueueServiceClient.from_connection_string(connection) as queues:
        queue = queues.get_queue_client("orders", message_encode_policy=TextBase64EncodePolicy())
        queue.send_message("from outside")
        host.log("got from outside")
    with BlobServiceClient.from_connection_string(connection) as blobs:
        blobs.get_blob_client("in-sdk", "x").upload_blob(b"content")
        host.log("blob content")


def test_several_apps_have_a_cloud_each(start: Callable[..., Host], tmp_path: Path) -> None:
    hosts = [start(root=write_app(tmp_path / name, SOURCE), ready=False) for name in ("one", "two", "three")]
    connections = [host.ready().get("/api/env").text for host in hosts]
    assert len(set(connections)) == 3
    assert len({host.port for host in hosts}) == 3
    for host in hosts:
        host.get("/api/send?setting=AzureWebJobsStorage")
    for host, connection in zip(hosts, connections, strict=True):
        host.invocation("work")
        with BlobServiceClient.from_connection_string(connection) as blobs:
            assert len(list(blobs.get_container_client("out").list_blob_names())) == 1


def test_a_real_connection_string_stays(start: Callable[..., Host]) -> None:
    real = "DefaultEndpointsProtocol=https;AccountName=mine;AccountKey=eA==;EndpointSuffix=core.windows.net"
    host = start(SOURCE, local__settings_json={"IsEncrypted": False, "Values": {"AzureWebJobsStorage": real}})
    assert host.get("/api/env").text == real


def test_invoke_has_the_cloud_too(start: Callable[..., Host]) -> None:
    host = start(SOURCE, local__settings_json=SETTINGS)
    host.stop()
    done = invoke(host.root, "send", "--query", "setting=Dev")
    assert done.json["status"] == "succeeded", done.json
    again = start(root=host.root)
    again.log("got from the SDK")
