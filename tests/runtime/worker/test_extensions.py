"""Apps with Microsoft's extension packages: HTTP streams (FastAPI) and SDK-type bindings."""

import asyncio
import json
from pathlib import Path

import pytest
from worker_driver import Driver, Ran, http, loaded, worker
from worker_pythons import environment, pythons

from pystein_runtime.worker import protocol as p

CONNECTION = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:10000/a;"
BLOBS = """
import logging
import azure.functions as func
import azurefunctions.extensions.bindings.blob as blob
app = func.FunctionApp()

@app.blob_trigger("client", "c/{name}", "STORE")
@app.blob_input("container", "c", "STORE")
@app.blob_input("text", "c/x", "STORE")
def f(client: blob.BlobClient, container: blob.ContainerClient, text: str):
    logging.info("%s %s %s %s", type(client).__name__, client.blob_name, container.container_name, text)

@app.queue_trigger("msg", "q", "STORE")
def plain(msg: func.QueueMessage): pass
"""
STREAMS = """
import asyncio
import azure.functions as func
from azurefunctions.extensions.http.fastapi import JSONResponse, Request, StreamingResponse
app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)

@app.route("up/{name}", methods=["POST"])
async def up(req: Request) -> JSONResponse:
    sizes = [len(part) async for part in req.stream() if part]
    return JSONResponse({"got": sum(sizes), "name": req.path_params["name"], "query": dict(req.query_params)})

@app.route("down")
async def down(req: Request) -> StreamingResponse:
    async def parts():
        for number in range(3):
            yield f"data: {number}\\n\\n"
            await read.acquire()
    return StreamingResponse(parts(), media_type="text/event-stream")

read = asyncio.Semaphore(0)

@app.route("seen")
def seen(req: Request):
    loop.call_soon_threadsafe(read.release)
    return "ok"

loop = asyncio.get_running_loop()

@app.route("broken")
async def broken(req: Request) -> str:
    raise LookupError("broken")

@app.route("nothing")
async def nothing(req: Request) -> str:
    pass

@app.queue_trigger("msg", "q", "C")
def other(msg: str): print(msg)
"""


@pytest.fixture(scope="module")
def python() -> str:
    """An interpreter with the extensions, of the Python that the tests run on."""
    version = "3.11" if "3.11" in pythons() else list(pythons())[-1]
    names = ("azurefunctions-extensions-http-fastapi", "azurefunctions-extensions-bindings-blob")
    return str(environment(pythons()[version], "azure-functions", *names))


async def test_sdk_type_bindings(tmp_path: Path, python: str) -> None:
    (tmp_path / "function_app.py").write_text(BLOBS)
    content = {"Connection": "STORE", "ContainerName": "c", "BlobName": "x.txt"}
    data = p.ModelBindingData("1.0", "AzureStorageBlobs", "application/json", json.dumps(content).encode())
    where = p.Datum("model_binding_data", data)
    async with loaded(tmp_path, python=python, environment={"STORE": CONNECTION}) as driver:
        functions = {function.name: function for function in (await driver.until(p.Loaded)).functions}
        deferred = {b["name"]: b["properties"]["SupportsDeferredBinding"] for b in functions["f"].bindings}
        assert deferred == {"client": True, "container": True, "text": False}
        assert "properties" not in functions["plain"].bindings[0]
        ran = await driver.run("f", {"client": where, "container": where, "text": p.Datum("string", "text")})
        assert ran.result.error is None
        assert ran.messages[-1] == "BlobClient x.txt c text"
        ran = await driver.run("f", {"client": p.Datum("bytes", b""), "container": where, "text": where})
        assert ran.result.error is not None
        assert ran.result.error.message.startswith('unexpected type of data received for the "blob" binding')


class Streams:
    """What the host does with a request of an app that streams."""

    def __init__(self, driver: Driver, uri: str) -> None:
        self.driver = driver
        self.port = int(uri.rpartition(":")[2])

    async def open(self, function: str, head: str, params: dict[str, str] | None = None) -> "Exchange":
        invocation = self.driver.start(function, http(params=params or {}))
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(
            f"{head} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-MS-Invocation-Id: {invocation}\r\n".encode()
        )
        return Exchange(self.driver, invocation, reader, writer)


class Exchange:
    """One request and its answer."""

    def __init__(
        self, driver: Driver, invocation: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.driver, self.invocation, self.reader, self.writer = driver, invocation, reader, writer

    async def answer(self) -> tuple[bytes, bytes, Ran]:
        head, _, body = (await self.reader.read()).partition(b"\r\n\r\n")
        self.writer.close()
        return head, body, await self.driver.finish(self.invocation)


async def test_streams(tmp_path: Path, python: str) -> None:
    (tmp_path / "function_app.py").write_text(STREAMS)
    async with loaded(tmp_path, python=python) as driver:
        said = await driver.until(p.Loaded)
        assert {function.name: function.is_http for function in said.functions}["other"] is False
        streams = Streams(driver, said.http_uri or "")

        up = await streams.open("up", "POST /api/up/me?a=b", {"name": "me"})
        up.writer.write(b"Transfer-Encoding: chunked\r\n\r\n" + b"5\r\nhello\r\n" * 3 + b"0\r\n\r\n")
        head, body, ran = await up.answer()
        assert head.startswith(b"HTTP/1.1 200")
        assert json.loads(body) == {"got": 15, "name": "me", "query": {"a": "b"}}
        assert (ran.result.ok, ran.result.return_value) == (True, None)

        down = await streams.open("down", "GET /api/down")
        down.writer.write(b"\r\n")
        for number in range(3):  # each part arrives before the function makes the next
            assert await down.reader.readuntil(f"data: {number}\n\n".encode())
            seen = await streams.open("seen", "GET /api/seen")
            seen.writer.write(b"\r\n")
            assert (await seen.answer())[1] == b'"ok"'
        assert (await down.answer())[2].result.ok

        for name, text in (("broken", "LookupError: broken"), ("nothing", "")):
            exchange = await streams.open(name, f"GET /api/{name}")
            exchange.writer.write(b"\r\n")
            head, _, ran = await exchange.answer()
            assert head.startswith(b"HTTP/1.1 500")
            error = ran.result.error
            assert (f"{error.type}: {error.message}" if error else "") == text

        assert (await driver.run("other", {"msg": p.Datum("string", "hi")})).messages == ["hi"]
        assert await driver.stop() == 0


async def test_request_that_nobody_invoked(tmp_path: Path, python: str) -> None:
    (tmp_path / "function_app.py").write_text(STREAMS)
    async with loaded(tmp_path, python=python) as driver:
        uri = (await driver.until(p.Loaded)).http_uri or ""
        reader, writer = await asyncio.open_connection("127.0.0.1", int(uri.rpartition(":")[2]))
        writer.write(b"GET /api/up HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert (await reader.read()).startswith(b"HTTP/1.1 500")
        writer.close()


async def test_annotation_of_the_other_kind_of_http(tmp_path: Path, python: str) -> None:
    source = STREAMS.replace("async def broken(req: Request)", "async def broken(req: func.HttpRequest)")
    (tmp_path / "function_app.py").write_text(source)
    async with worker(tmp_path, python=python) as driver:
        said = await driver.load(tmp_path)
    assert isinstance(said, p.LoadFailed)
    assert (
        "do not match the corresponding function parameter's Python type annotation HttpRequest" in said.error.message
    )
