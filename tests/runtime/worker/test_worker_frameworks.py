"""Apps of web frameworks: ASGI and WSGI."""

from collections.abc import Callable
from pathlib import Path

import pytest
from worker_driver import http, loaded

from pystein_runtime.worker import protocol as p

ASGI = """
import azure.functions as func

async def web(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            print(message["type"])
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
    body = (await receive())["body"]
    if scope["path"] == "/broken":
        raise LookupError("broken")
    await send({"type": "http.response.start", "status": 203, "headers": [(b"x-path", scope["path"].encode())]})
    await send({"type": "http.response.body", "body": body + b" back"})

app = func.AsgiFunctionApp(web, http_auth_level=func.AuthLevel.ANONYMOUS)
"""
WSGI = """
import azure.functions as func

def web(environ, start_response):
    start_response("203 Maybe", [("X-Path", environ["PATH_INFO"])])
    return [environ["wsgi.input"].read() + b" back"]

app = func.WsgiFunctionApp(web)
"""


@pytest.mark.parametrize("source", [ASGI, WSGI], ids=["asgi", "wsgi"])
async def test_web_framework(app: Callable[..., Path], source: str) -> None:
    async with loaded(app(source, head="")) as driver:
        (function,) = (await driver.until(p.Loaded)).functions
        assert (function.name, function.is_http) == ("http_app_func", True)
        answer = (
            await driver.run("http_app_func", http("POST", b"there", url="http://localhost/a/b"))
        ).result.return_value
        assert (answer.value.status_code, answer.value.body.value) == ("203", b"there back")
        assert {name.lower(): value for name, value in answer.value.headers.items()}["x-path"] == "/a/b"
        if source is ASGI:
            error = (await driver.run("http_app_func", http(url="http://localhost/broken"))).result.error
            assert error is not None
            assert (error.message, error.line) == ("broken", 14)
            assert error.traceback.splitlines()[1].endswith("line 14, in web")
        assert await driver.stop() == 0
        if source is ASGI:
            await driver.until(p.Log, message="lifespan.shutdown")
