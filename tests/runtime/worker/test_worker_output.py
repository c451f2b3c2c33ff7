"""What an app logs and prints: it arrives, in order, with the invocation that it belongs to."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from worker_driver import http, loaded

from pystein_runtime.worker import protocol as p

CONCURRENT = """
import contextvars
meeting = asyncio.Barrier(3) if hasattr(asyncio, "Barrier") else None
own = contextvars.ContextVar("own", default="fresh")

async def deeper(name):
    logging.info("task %s", name)

async def work(req):
    name = req.params["name"]
    print("begin", name, end="")
    entered.append(name)
    while len(entered) < 3:
        await asyncio.sleep(0)
    await asyncio.create_task(deeper(name))
    await asyncio.to_thread(print, "; thread", name, end="")
    print("; end", name)
    was = own.get()
    own.set(name)
    return was

entered = []

@app.route("a")
async def a(req): return await work(req)

together = threading.Barrier(3)

@app.route("s")
def s(req):
    name = req.params["name"]
    print("begin", name, end="")
    together.wait(30)
    logging.info("task %s", name)
    print("; end", name)
    was = own.get()
    own.set(name)
    return was
"""


@pytest.mark.parametrize("function", ["a", "s"])
async def test_concurrent_invocations_do_not_mix(app: Callable[..., Path], function: str) -> None:
    async with loaded(app(CONCURRENT)) as driver:
        for _ in range(2):
            names = ["one", "two", "three"]
            started = {name: driver.start(function, http(query={"name": name})) for name in names}
            for name, invocation in started.items():
                ran = await driver.finish(invocation)
                middle = f"; thread {name}" if function == "a" else ""
                assert sorted(ran.messages) == sorted([f"begin {name}{middle}; end {name}", f"task {name}"])
                assert ran.result.return_value == p.Datum("string", "fresh")


async def test_record_leaves_before_the_next_statement(app: Callable[..., Path]) -> None:
    """Also where the app blocks the loop, in an import or in an async function."""
    root = app(
        """
        @app.route("f")
        async def f(req):
            logging.info("waiting")
            with open(os.path.join(os.path.dirname(__file__), "pipe")) as pipe:
                return pipe.read()
        """
    )
    os.mkfifo(root / "pipe")
    async with loaded(root) as driver:
        invocation = driver.start("f", http())
        await driver.until(p.Log, message="waiting", id=invocation)
        (root / "pipe").write_text("go on")
        assert (await driver.finish(invocation)).result.return_value == p.Datum("string", "go on")


@pytest.mark.parametrize("how", ["os._exit(7)", "os.kill(os.getpid(), signal.SIGKILL)", "ctypes.string_at(0)"])
async def test_last_words_of_a_dying_process_arrive(app: Callable[..., Path], how: str) -> None:
    root = app(
        f"""
        import ctypes, signal
        @app.route("f")
        def f(req):
            print("last words")
            {how}
        """
    )
    async with loaded(root) as driver:
        invocation = driver.start("f", http())
        with pytest.raises(ConnectionError) as lost:
            await driver.finish(invocation)
        await driver.until(p.Log, message="last words", id=invocation)
        assert await driver.process.wait() != 0
        if "ctypes" in how:
            assert f'File "{root / "function_app.py"}", line 10 in f' in str(lost.value).replace("\\n", "\n")


async def test_levels_categories_and_exceptions(app: Callable[..., Path]) -> None:
    root = app(
        """
        @app.route("f")
        def f(req):
            logging.getLogger("shop").critical("lost")
            logging.debug("unheard unless asked for")
            logging.getLogger("azure.functions.x").info("platform")
            try: 1 / 0
            except ZeroDivisionError: logging.exception("caught %s", 1)
            print("Warning: careful", file=sys.stderr)
            print("it failed", file=sys.stderr)
            sys.stderr.write("plain")
            sys.stdout.buffer.write(b"raw \\xff\\r\\n")
            logging.getLogger("shop").log(25, "between")
            return ""
        """
    )
    expected = [
        ("critical", "shop", "lost", False),
        ("information", "azure.functions.x", "platform", True),
        ("error", "root", "caught 1", False),
        ("warning", "stderr", "Warning: careful", False),
        ("error", "stderr", "it failed", False),
        ("information", "stdout", "raw \\xff", False),
        ("information", "shop", "between", False),
        ("information", "stderr", "plain", False),
    ]
    async with loaded(root) as driver:
        ran = await driver.run("f", http())
        assert [(log.level, log.category, log.message, log.system) for log in ran.logs] == expected
        assert (ran.logs[2].exception or "").splitlines()[-1] == "ZeroDivisionError: division by zero"
        assert all(ran.logs[n].time <= ran.logs[n + 1].time for n in range(7))
    async with loaded(root, environment={"PYTHON_ENABLE_DEBUG_LOGGING": "1"}) as driver:
        ran = await driver.run("f", http())
        assert "unheard unless asked for" in ran.messages


async def test_app_may_set_up_logging_itself(app: Callable[..., Path]) -> None:
    root = app(
        """
        for handler in logging.getLogger().handlers:
            handler.setFormatter(logging.Formatter("%(levelname)s|%(message)s"))
        @app.route("f")
        def f(req):
            logging.info("text")
            return ""
        @app.route("g")
        def g(req):
            logging.basicConfig(force=True, level="INFO", format="own %(message)s")
            logging.info("text")
            return ""
        """
    )
    async with loaded(root) as driver:
        assert (await driver.run("f", http())).messages == ["INFO|text"]
        ran = await driver.run("g", http())
        assert [(log.category, log.message) for log in ran.logs] == [("stderr", "own text")]


async def test_forked_and_started_processes_keep_off_the_connection(app: Callable[..., Path]) -> None:
    root = app(
        """
        import subprocess
        @app.route("f")
        def f(req):
            child = os.fork()
            if child == 0:
                print("from the fork", flush=True)
                logging.warning("logged in the fork")
                os._exit(0)
            os.waitpid(child, 0)
            subprocess.run([sys.executable, "-c", "print('from a program')"], stdout=sys.stdout)
            return "ok"
        """
    )
    async with loaded(root) as driver:
        ran = await driver.run("f", http())
        assert (ran.result.return_value, ran.messages) == (p.Datum("string", "ok"), [])
        assert await driver.stop() == 0
        assert driver.process.stdout is not None
        assert (await driver.process.stdout.read()).decode() == "from a program\n"
        assert (await driver.stderr()).splitlines() == ["from the fork", "logged in the fork"]


async def test_processes_that_start_afresh(app: Callable[..., Path]) -> None:
    """They run our `__main__` again, under another name, and import the app from its folder."""
    root = app(
        """
        import concurrent.futures, multiprocessing
        def square(n): return n * n
        @app.route("f")
        def f(req):
            with concurrent.futures.ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
                return str(list(pool.map(square, [1, 2, 3])))
        """
    )
    async with loaded(root) as driver:
        assert (await driver.run("f", http())).result.return_value == p.Datum("string", "[1, 4, 9]")
