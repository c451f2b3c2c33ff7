"""Blob triggers, inputs and outputs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

from host_driver import Host

from pystein_runtime.cloud import blobs, containers
from pystein_runtime.cloud.store import Store, path_for


def put(root: Path, path: str, content: bytes) -> None:
    """Write a blob of an app, as another process."""
    container, _, name = path.partition("/")
    store = Store(path_for(root))
    containers.create(store, container)
    asyncio.run(blobs.put(store, container, name, content))
    store.close()


def read(root: Path, path: str) -> bytes | None:
    """A blob of an app."""
    container, _, name = path.partition("/")
    store = Store(path_for(root))
    try:
        blob = blobs.get(store, container, name)
        return None if blob is None else blobs.read(store, blob)
    finally:
        store.close()


TRIGGER = """
@app.blob_trigger(arg_name="b", path="input/{name}.{ending}", connection="AzureWebJobsStorage")
@app.blob_output(arg_name="o", path="out/{name}.copy", connection="AzureWebJobsStorage")
def copy(b: func.InputStream, o: func.Out[bytes]) -> None:
    content = b.read()
    o.set(content)
    logging.info("copied %s %s %s %s", b.name, b.length, len(content), b.uri.rpartition("/")[2])
"""


def test_a_new_blob_is_copied(start: Callable[..., Host]) -> None:
    host = start(TRIGGER)
    put(host.root, "input/some folder/a.txt", b"\x00\xff" * 10)
    host.log("copied input/some folder/a.txt 20 20 a.txt")
    assert host.invocation("copy")["reason"] == "New blob detected(LogsAndContainerScan): input/some folder/a.txt"
    assert read(host.root, "out/some folder/a.copy") == b"\x00\xff" * 10


def test_blobs_that_were_there_and_changes(start: Callable[..., Host], tmp_path: Path) -> None:
    put(tmp_path / "app", "input/old.txt", b"1")
    host = start(TRIGGER)
    host.log("copied input/old.txt 1 1")
    put(host.root, "input/old.txt", b"22")
    host.log("copied input/old.txt 2 2")
    put(host.root, "input/other", b"22")  # does not match the pattern
    host.stop()
    put(host.root, "input/while.down", b"333")
    again = start(root=host.root)
    again.log("copied input/while.down 3 3")
    again.stop()
    copied = [line["message"].split()[1] for line in again.lines if "copied" in line.get("message", "")]
    assert copied == ["input/while.down"]


def test_a_large_blob(start: Callable[..., Host]) -> None:
    host = start(TRIGGER)
    content = bytes(range(256)) * 20_000
    put(host.root, "input/large.bin", content)
    host.log(f"copied input/large.bin {len(content)} {len(content)}")
    host.invocation("copy")
    assert read(host.root, "out/large.copy") == content


def test_a_failing_blob_ends_in_the_poison_queue(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.blob_trigger(arg_name="b", path="input/{name}", connection="AzureWebJobsStorage")
        def fails(b: func.InputStream) -> None:
            raise RuntimeError("never")

        @app.queue_trigger(arg_name="m", queue_name="webjobs-blobtrigger-poison", connection="AzureWebJobsStorage")
        def poisoned(m: func.QueueMessage) -> None:
            logging.info("poison %s", m.get_body().decode())
        """,
        host_json={"version": "2.0", "extensions": {"queues": {"messageEncoding": "none"}}},
    )
    put(host.root, "input/a.txt", b"x")
    message = json.loads(host.log("poison")["message"].removeprefix("poison "))
    assert (message["ContainerName"], message["BlobName"]) == ("input", "a.txt")
    assert message["FunctionId"] == "Host.Functions.fails"
    host.invocation("fails", 5)


def test_inputs(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.route(route="read/{name}")
        @app.blob_input(arg_name="b", path="data/{name}.txt", connection="AzureWebJobsStorage")
        def read(req: func.HttpRequest, b: func.InputStream) -> str:
            return b.read().decode() if b else "no such blob"

        @app.route(route="text")
        @app.blob_input(arg_name="b", path="data/{Query.name}.txt", connection="AzureWebJobsStorage")
        def text(req: func.HttpRequest, b: str) -> str:
            return b

        @app.route(route="head")
        @app.blob_input(arg_name="b", path="data/{Headers.x-name}.txt", connection="AzureWebJobsStorage")
        def head(req: func.HttpRequest, b: str) -> str:
            return b

        @app.route(route="body", methods=["POST"])
        @app.blob_output(arg_name="o", path="data/{who}-{datetime:yyyy}.txt", connection="AzureWebJobsStorage")
        def body(req: func.HttpRequest, o: func.Out[str]) -> str:
            o.set("from body")
            return "ok"
        """
    )
    put(host.root, "data/a.txt", b"content")
    assert host.get("/api/read/a").text == "content"
    assert host.get("/api/read/b").text == "no such blob"
    assert host.get("/api/text?name=a").text == "content"
    assert host.get("/api/head", **{"x-name": "a"}).text == "content"
    assert host.post("/api/body", {"who": "ann"}).text == "ok"
    store = Store(path_for(host.root))
    names = [blob.name for blob in blobs.find_all(store, "data")]
    store.close()
    assert names[0] == "a.txt"
    assert names[1].startswith("ann-2")


def test_a_path_that_is_none_fails_only_its_function(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.route(route="bad")
        @app.blob_output(arg_name="o", path="justcontainer", connection="AzureWebJobsStorage")
        def bad(req: func.HttpRequest, o: func.Out[str]) -> str:
            o.set("x")
            return "ok"

        @app.blob_trigger(arg_name="b", path="{c}/x", connection="AzureWebJobsStorage")
        def worse(b: func.InputStream) -> None: ...

        @app.route(route="good")
        def good(req: func.HttpRequest) -> str: return "good"
        """
    )
    assert host.get("/api/bad").status == 500
    assert "Invalid blob path specified" in host.invocation("bad")["error"]["message"]
    said = host.wait("host", lambda line: "worse" in line["message"])["message"]
    assert "Container paths cannot contain {resolve} tokens." in said
    assert host.get("/api/good").status == 200
