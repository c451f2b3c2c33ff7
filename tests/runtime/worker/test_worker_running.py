"""Running functions: what becomes of their results, their errors and their exits."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from worker_driver import http, loaded

from pystein_runtime.worker import protocol as p


async def test_threads_are_as_many_as_the_setting_says(app: Callable[..., Path]) -> None:
    root = app(
        """
        both = threading.Barrier(2)
        @app.route("f")
        def f(req):
            try: both.wait(0.2 if req.params else 30)
            except threading.BrokenBarrierError: return "alone"
            return threading.current_thread().name
        """
    )
    async with loaded(root, environment={"PYTHON_THREADPOOL_THREAD_COUNT": "2"}) as driver:
        started = [driver.start("f", http()) for _ in range(2)]
        names = {(await driver.finish(invocation)).result.return_value.value for invocation in started}
        assert names == {"ThreadPoolExecutor-0_0", "ThreadPoolExecutor-0_1"}
    async with loaded(root, environment={"PYTHON_THREADPOOL_THREAD_COUNT": "1"}) as driver:
        started = [driver.start("f", http(query={"impatient": "1"})) for _ in range(2)]
        assert {(await driver.finish(i)).result.return_value.value for i in started} == {"alone"}
    async with loaded(root, environment={"PYTHON_THREADPOOL_THREAD_COUNT": "many"}) as driver:
        await driver.until(p.Log, message="PYTHON_THREADPOOL_THREAD_COUNT must be an integer", system=True)


@pytest.mark.parametrize("kind", ["def", "async def"])
@pytest.mark.parametrize("what", ["sys.exit(3)", "raise KeyboardInterrupt", "exit()", "raise GeneratorExit"])
async def test_exits_are_results(app: Callable[..., Path], kind: str, what: str) -> None:
    root = app(f"@app.route('f')\n{kind} f(req):\n    {what}\n@app.route('g')\n{kind} g(req): return 'alive'\n")
    async with loaded(root) as driver:
        error = (await driver.run("f", http())).result.error
        assert error is not None
        assert error.type in ("SystemExit", "KeyboardInterrupt", "GeneratorExit")
        assert error.line == 7
        assert (await driver.run("g", http())).result.return_value == p.Datum("string", "alive")


CHAIN = """
    for n in range(3001):
        try: raise ValueError(n) from error
        except ValueError as caught: error = caught
    raise error
"""


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        (CHAIN, "ValueError", "3000"),
        ("def deep(): deep()\n    deep()", "RecursionError", "maximum recursion depth exceeded"),
        ("raise SyntaxError('bad', (b'x', 'y', None, 1))", "SyntaxError", ""),
        ("raise type('E', (Exception,), {'__str__': lambda self: 1})()", "E", "Unhandled exception in function."),
        ("error = ValueError('a'); error.__context__ = error; raise error", "ValueError", "a"),
        ("return '\\ud800'", "", ""),
    ],
    ids=["long", "deep", "syntax", "text", "cycle", "surrogate"],
)
async def test_odd_errors_are_results(app: Callable[..., Path], body: str, kind: str, message: str) -> None:
    root = app(f"@app.route('f')\ndef f(req):\n    error = ValueError('first')\n    {body}\n")
    async with loaded(root) as driver:
        error = (await driver.run("f", http())).result.error
        assert (error.type if error else "") == kind or not kind
        assert (error.message if error else "").startswith(message)


async def test_exit_of_a_task_of_the_app_ends_that_task_only(app: Callable[..., Path]) -> None:
    root = app(
        """
        async def leave(): sys.exit("gone")
        @app.route("f")
        async def f(req):
            task = asyncio.create_task(leave())
            try: await task
            except SystemExit as error: return str(error)
        """
    )
    async with loaded(root) as driver:
        assert (await driver.run("f", http())).result.return_value == p.Datum("string", "gone")
        await driver.until(p.Log, message="A task of the app raised SystemExit('gone').")
        assert (await driver.run("f", http())).result.ok


async def test_cancelled(app: Callable[..., Path]) -> None:
    root = app(
        """
        @app.route("f")
        async def f(req):
            try:
                logging.info("waiting")
                await asyncio.Event().wait()
            finally:
                logging.info("cleaning up")
        """
    )
    async with loaded(root) as driver:
        invocation = driver.start("f", http())
        await driver.until(p.Log, message="waiting")
        driver.send(p.Cancel("no such invocation"))
        driver.send(p.Cancel(invocation))
        ran = await driver.finish(invocation)
        assert ran.messages == ["waiting", "cleaning up"]
        assert ran.result.error is not None
        assert ran.result.error.type == "CancelledError"


async def test_large_and_many_values(app: Callable[..., Path]) -> None:
    root = app(
        """
        @app.route("f")
        def f(req): return func.HttpResponse(req.get_body()[::-1])
        @app.event_hub_message_trigger("events", "C", "h", cardinality="many")
        @app.event_hub_output("$return", "C", "h")
        def many(events) -> str: return str(sum(len(event.get_body()) for event in events))
        """
    )
    body = os.urandom(20_000_000)
    async with loaded(root) as driver:
        answer = (await driver.run("f", http("POST", body))).result.return_value
        assert answer.value.body.value == body[::-1]
        batch = p.Datum("collection_bytes", [b"x" * 100] * 5_000)
        metadata = {"SystemPropertiesArray": p.Datum("json", json.dumps([{}] * 5_000))}
        assert (await driver.run("many", {"events": batch}, metadata)).result.return_value.value == "500000"


async def test_unknown_function_and_parameter(app: Callable[..., Path]) -> None:
    async with loaded(app("@app.route('f')\ndef f(req): return ''\n")) as driver:
        error = (await driver.run("nowhere")).result.error
        assert error is not None
        assert error.message == "function nowhere not loaded"
        error = (await driver.run("f", {"other": p.Datum("string", "")})).result.error
        assert error is not None
        assert (error.type, error.line) == ("KeyError", 5)
