"""The end of a worker: told to stop, left by its host, or talked nonsense to."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from worker_driver import http, loaded, worker

from pystein_runtime.worker import protocol as p

HANGING = """
import atexit, signal
atexit.register(lambda: print("at exit"))
@app.route("f")
async def f(req):
    logging.info("waiting")
    await going.wait()
    return "done"
@app.route("go")
async def go(req):
    going.set()
    return ""
@app.route("hang")
def hang(req):
    logging.info("hanging")
    threading.Event().wait()
going = asyncio.Event()
"""


async def test_stop_waits_for_what_runs(app: Callable[..., Path]) -> None:
    async with loaded(app(HANGING)) as driver:
        invocation = driver.start("f", http())
        await driver.until(p.Log, message="waiting")
        driver.send(p.Stop())
        driver.start("go", http())
        assert (await driver.finish(invocation)).result.return_value == p.Datum("string", "done")
        assert await driver.process.wait() == 0
        await driver.until(p.Log, message="at exit")


@pytest.mark.parametrize("told_to_stop", [False, True])
@pytest.mark.parametrize("function", ["f", "hang"])
async def test_worker_leaves_when_the_host_is_gone(app: Callable[..., Path], function: str, told_to_stop: bool) -> None:
    async with loaded(app(HANGING)) as driver:
        driver.start(function, http())
        await driver.until(p.Log, message="waiting" if function == "f" else "hanging")
        if told_to_stop:
            driver.send(p.Stop())
        assert driver.connection is not None
        driver.connection.close()
        await driver.process.wait()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal to send to one process")
async def test_interrupt_of_the_terminal_is_the_hosts_matter(app: Callable[..., Path]) -> None:
    async with loaded(app(HANGING)) as driver:
        invocation = driver.start("f", http())
        await driver.until(p.Log, message="waiting")
        driver.process.send_signal(signal.SIGINT)
        await driver.run("go", http())
        assert (await driver.finish(invocation)).result.ok


async def test_nobody_is_told_the_token(app: Callable[..., Path]) -> None:
    """Not even processes of the app, which inherit its environment."""
    root = app(
        """
        import subprocess
        @app.route("f")
        def f(req): return subprocess.run(["env"], capture_output=True, text=True).stdout
        """
    )
    async with loaded(root) as driver:
        assert "PYSTEIN" not in (await driver.run("f", http())).result.return_value.value


async def test_nonsense_from_the_host_ends_the_worker(tmp_path: Path) -> None:
    (tmp_path / "function_app.py").touch()
    async with worker(tmp_path) as driver:
        driver.send(p.Other("what", {}, b""))  # of another version: no harm
        driver.write(p.encode_frame([], []))
        assert await driver.process.wait() == 1
        log = await driver.until(p.Log, level="error")
        assert "ProtocolError: not a message" in log.exception
