"""The helpers of the language server, with and without a host."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from host_driver import Host, write_app
from host_driver import invoke as invoke_at

from pystein_runtime import client
from pystein_runtime.client import ClientError, Request

SOURCE = """
@app.route(route="hello/{name?}", methods=["POST", "GET"])
def hello(req: func.HttpRequest) -> str:
    return f"{req.method} {req.route_params.get('name')} {dict(req.params)} {req.headers.get('a')} {req.get_body().decode()}"

@app.timer_trigger(arg_name="t", schedule="0 0 0 1 1 *")
async def forever(t: func.TimerRequest) -> None:
    import asyncio, pathlib, os
    pathlib.Path("pid").write_text(str(os.getpid()))
    await asyncio.sleep(600)
"""
REQUEST = Request("hello", {"ä": 1}, "POST", {"name": "n"}, {"q": "1"}, {"a": "b"})
BODY = "POST n {'q': '1'} b {\"ä\": 1}"


@pytest.fixture(params=["alone", "by a host"])
def root(request: pytest.FixtureRequest, tmp_path: Path, start: Callable[..., Host]) -> Path:
    root = write_app(tmp_path / "app", SOURCE)
    if request.param == "by a host":
        start(root=root)
    return root


def test_invoke(root: Path) -> None:
    assert client.invoke(root, REQUEST)["return"]["body"] == BODY
    assert asyncio.run(client.invoke_async(root, REQUEST))["return"]["body"] == BODY


def test_what_cannot_be_invoked(root: Path) -> None:
    with pytest.raises(ClientError, match="There is no function 'nope'"):
        client.invoke(root, Request("nope"))
    with pytest.raises(ClientError, match="does not answer to DELETE"):
        asyncio.run(client.invoke_async(root, Request("hello", method="DELETE")))


def test_an_app_that_cannot_be_loaded(tmp_path: Path) -> None:
    write_app(tmp_path, "import no_such_package\n")
    result = client.invoke(tmp_path, Request("hello"))
    assert result["status"] == "failed"
    assert result["error"]["type"] == "ModuleNotFoundError"
    assert result["error"]["traceback"].startswith("Traceback")
    assert result["error"]["file"] == str(tmp_path / "function_app.py")


def test_cancelling_ends_the_processes(tmp_path: Path) -> None:
    write_app(tmp_path, SOURCE)

    async def cancel() -> int:
        task = asyncio.create_task(client.invoke_async(tmp_path, Request("forever")))
        pid = tmp_path / "pid"
        while not pid.exists() or not pid.read_text():
            assert not task.done(), task.result()
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return int(pid.read_text())

    worker = asyncio.run(cancel())
    while Path(f"/proc/{worker}").exists():
        pass


def test_start_find_and_stop(tmp_path: Path) -> None:
    write_app(tmp_path, SOURCE)
    assert client.find_host(tmp_path) is None
    host = client.start(tmp_path, "--port", "0")
    try:
        assert client.find_host(tmp_path) == host
        assert client.start(tmp_path) == host
    finally:
        assert client.stop(tmp_path)
    while client.find_host(tmp_path) is not None:
        pass
    assert not client.stop(tmp_path)


def test_start_of_what_cannot_be_started(tmp_path: Path) -> None:
    with pytest.raises(ClientError, match="There is no function app in"):
        client.start(tmp_path)
    write_app(tmp_path, "import no_such_package\n")
    with pytest.raises(ClientError, match="No module named 'no_such_package'"):
        client.start(tmp_path, "--port", "0")


def test_a_host_that_wants_a_key_gets_it(start: Callable[..., Host]) -> None:
    host = start(SOURCE, "--enable-auth")
    assert invoke_at(host.root, "hello").json["return"]["status"] == 200
    assert client.invoke(host.root, REQUEST)["return"]["body"] == BODY
    keys = host.root / ".pystein" / "keys.json"
    right = keys.read_text("utf-8")
    keys.write_text('{"masterKey": "another"}', "utf-8")
    done = invoke_at(host.root, "hello")
    assert done.status == 2
    assert "wants a key, and the one in .pystein/keys.json is not its master key" in done.err
    assert not client.stop(host.root)
    keys.write_text(right, "utf-8")
    assert client.stop(host.root)
    assert host.process.wait(60) == 0
