"""The worker on every Python of the machine, with the azure-functions that this Python gets."""

from pathlib import Path

import pytest
from worker_driver import http, loaded
from worker_pythons import environment, pythons

from pystein_runtime.worker import protocol as p

APP = """
import asyncio, logging, sys, typing
import azure.functions as func
import azure.durable_functions as df

app = df.DFApp(http_auth_level=func.AuthLevel.ANONYMOUS)

@app.route("hello/{name}")
async def hello(req: func.HttpRequest, context: func.Context) -> func.HttpResponse:
    await asyncio.sleep(0)
    logging.info("in %s", context.function_name)
    return func.HttpResponse(f"Hello, {req.route_params['name']}")

@app.queue_trigger("msg", "in", "C")
@app.queue_output("out", "out", "C")
def move(msg: func.QueueMessage, out: func.Out[typing.List[str]]) -> None:
    print("moving", msg.id)
    out.set([msg.get_body().decode(), "more"])

@app.activity_trigger("n")
def double(n: int) -> int:
    return n * 2

@app.orchestration_trigger("context")
def twice(context: df.DurableOrchestrationContext):
    return (yield context.call_activity("double", 2))

@app.route("start")
@app.durable_client_input("client")
async def start(req: func.HttpRequest, client: df.DurableOrchestrationClient) -> str:
    return type(client).__name__

@app.timer_trigger("t", "0 * * * * *")
def fail(t: func.TimerRequest):
    raise LookupError("lost") from ValueError("cause")
"""


@pytest.mark.parametrize("version", pythons())
async def test_app_runs(version: str, tmp_path: Path) -> None:
    python = environment(pythons()[version], "azure-functions", "azure-functions-durable")
    (tmp_path / "function_app.py").write_text(APP)
    async with loaded(tmp_path, python=str(python)) as worker:
        hello = await worker.until(p.Hello)
        assert hello.python.startswith(version + ".")
        assert hello.library
        said = await worker.until(p.Loaded)
        assert [function.name for function in said.functions] == ["hello", "move", "double", "twice", "start", "fail"]
        lines = APP.splitlines()
        for function in said.functions:
            assert f"def {function.name}(" in "\n".join(lines[function.line - 1 : function.line + 3])

        ran = await worker.run("hello", http(params={"name": "World"}))
        assert ran.result.return_value.value.body == p.Datum("bytes", b"Hello, World")
        assert ran.messages == ["in hello"]

        ran = await worker.run("move", {"msg": p.Datum("string", "text")}, {"Id": p.Datum("string", "7")})
        assert ran.result.outputs == {"out": p.Datum("json", '["text", "more"]')}
        assert ran.messages == ["moving 7"]

        assert (await worker.run("double", {"n": p.Datum("string", "21")})).result.return_value.value == "42"
        client = p.Datum("string", '{"taskHubName": "h", "creationUrls": {}, "managementUrls": {}}')
        ran = await worker.run("start", {**http(), "client": client})
        assert ran.result.return_value == p.Datum("string", "DurableOrchestrationClient")

        error = (await worker.run("fail", {"t": p.Datum("json", '{"IsPastDue": false}')})).result.error
        assert error is not None
        assert (error.type, error.message) == ("LookupError", "lost")
        assert Path(error.file or "") == tmp_path / "function_app.py"
        assert "ValueError: cause" in error.traceback
        assert "pystein" not in error.traceback
        assert await worker.stop() == 0
