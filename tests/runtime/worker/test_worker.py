"""What a worker does with an app: loading, running, logging, failing and leaving, in a process of its own."""

import ast
import json
import os
import signal
import subprocess
import sys
import textwrap
import venv
from collections.abc import Callable
from pathlib import Path

import pytest
from worker_driver import WORKER, http, loaded, worker

from pystein_runtime.worker import protocol as p

HEAD = """
import asyncio, json, logging, os, sys, threading
import azure.functions as func
app = func.FunctionApp()
"""


@pytest.fixture
def app(tmp_path: Path) -> Callable[..., Path]:
    """Makes the folder of an app from its source, and from those of its other modules."""

    def make(source: str, head: str = HEAD, **modules: str) -> Path:
        (tmp_path / "function_app.py").write_text(head + textwrap.dedent(source))
        for name, text in modules.items():
            (tmp_path / f"{name}.py").write_text(text)
        return tmp_path

    return make


# -- the interpreter --------------------------------------------------------------------------------------------------


async def test_the_app_sees_nothing_of_ours(app: Callable[..., Path]) -> None:
    root = app(
        """
        import protocol, messages, context
        @app.route("f")
        def f(req):
            ours = [name for name in os.environ if name.startswith("PYSTEIN")]
            return json.dumps([sys.path, os.getcwd(), ours, protocol.MINE, messages.MINE, context.MINE])
        """,
        protocol="MINE = 1",
        messages="MINE = 2",
        context="MINE = 3",
    )
    packages = root / ".python_packages" / "lib" / "site-packages"
    async with loaded(root) as driver:
        path, cwd, environment, *mine = json.loads((await driver.run("f", http())).result.return_value.value)
    assert path[:2] == [str(root), str(packages)]
    assert str(WORKER.parent) not in path
    assert not any("pystein_runtime" in place for place in path)
    assert Path(cwd) == root
    assert environment == []
    assert mine == [1, 2, 3]


async def test_packages_of_the_app_come_before_those_of_the_interpreter(app: Callable[..., Path]) -> None:
    root = app("import werkzeug_but_mine\n@app.route('f')\ndef f(req): return werkzeug_but_mine.__file__")
    packages = root / ".python_packages" / "lib" / "site-packages"
    packages.mkdir(parents=True)
    (packages / "werkzeug_but_mine.py").touch()
    async with loaded(root) as driver:
        assert str(packages) in (await driver.run("f", http())).result.return_value.value


def test_started_by_hand_it_says_what_it_is() -> None:
    ran = subprocess.run([sys.executable, WORKER], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == "This is the worker of the runtime; the host starts it.\n"


def test_too_old_an_interpreter_can_read_the_file_that_says_so() -> None:
    ast.parse(WORKER.read_text(), feature_version=(3, 6))


async def test_interpreter_without_the_library(tmp_path: Path) -> None:
    (tmp_path / "function_app.py").write_text("import azure.functions")
    venv.create(tmp_path / ".venv", symlinks=os.name != "nt")
    python = next((tmp_path / ".venv").glob("[bS]*/python*"))
    async with worker(tmp_path, python=str(python)) as driver:
        assert (await driver.until(p.Hello)).library is None
        said = await driver.load(tmp_path)
    assert isinstance(said, p.LoadFailed)
    assert said.error.type == "ModuleNotFoundError"
    assert said.error.message.startswith(
        "No module named 'azure'. Cannot find module. Please check the requirements.txt"
    )
    assert (Path(said.error.file or "").name, said.error.line) == ("function_app.py", 1)


# -- loading ----------------------------------------------------------------------------------------------------------


async def refusal(root: Path, entry: str = "function_app.py") -> p.Error:
    async with worker(root) as driver:
        said = await driver.load(root, entry)
    assert isinstance(said, p.LoadFailed)
    return said.error


async def test_error_in_a_module_of_the_app_points_there(app: Callable[..., Path]) -> None:
    root = app("import shop", shop="import os\n\n\ndef find():\n    return os.environ['NO_SUCH_SETTING']\n\n\nfind()\n")
    error = await refusal(root)
    assert (error.type, error.message) == ("KeyError", "'NO_SUCH_SETTING'")
    assert error.traceback.splitlines()[1].startswith(f'  File "{root / "function_app.py"}", line 5, in <module>')
    assert (error.file, error.line) == (str(root / "shop.py"), 5)
    assert "importlib" not in error.traceback
    assert "loading.py" in error.full_traceback


async def test_import_error_is_shown_in_full_with_the_platforms_advice(app: Callable[..., Path]) -> None:
    root = app("import shop", shop="import no_such_package.part\n")
    error = await refusal(root)
    assert error.type == "ModuleNotFoundError"
    assert error.message.startswith(
        "No module named 'no_such_package'. Cannot find module. Please check the requirements"
    )
    assert "https://aka.ms/functions-modulenotfound. Current sys.path: " + str(root) in error.message
    assert (error.file, error.line) == (str(root / "shop.py"), 1)
    assert "import no_such_package.part" in error.traceback


async def test_syntax_error_has_its_line(app: Callable[..., Path]) -> None:
    error = await refusal(app("def f(:\n"))
    assert (error.type, Path(error.file or "").name, error.line) == ("SyntaxError", "function_app.py", 5)


async def test_refused_function_is_the_place(app: Callable[..., Path]) -> None:
    source = "\n@app.route('a')\ndef good(req): return ''\n\n@app.route('b')\ndef bad(req, more): return ''\n"
    error = await refusal(app(source))
    assert error.type == "FunctionLoadError"
    assert error.message.startswith("cannot load the bad function: the following parameters are declared in Python")
    assert (Path(error.file or "").name, error.line) == ("function_app.py", 9)
    assert "line 9, in bad\n    @app.route('b')\nFunctionLoadError" in error.traceback.replace(
        f"{__name__}.", ""
    ).replace("pystein_worker.indexing.", "")


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("\n@app.queue_output('out', 'q', 'C')\ndef f(out): pass\n", 6),
        ("\n@app.route('a')\ndef f(req): pass\n@app.route('b')\ndef f(req): pass\n", 8),
    ],
    ids=["no trigger", "same name"],
)
async def test_what_the_library_refuses_has_a_place_too(app: Callable[..., Path], source: str, line: int) -> None:
    error = await refusal(app(source))
    assert error.type == "ValueError"
    assert (Path(error.file or "").name, error.line) == ("function_app.py", line)


async def test_module_that_exits(app: Callable[..., Path]) -> None:
    error = await refusal(app("sys.exit('no licence')"))
    assert (error.type, error.message, error.line) == ("SystemExit", "no licence", 5)


@pytest.mark.parametrize(
    ("entry", "kind", "text"),
    [
        ("other.py", "FileNotFoundError", "other.py does not exist in"),
        ("../function_app.py", "InvalidFileNameError", "('Invalid file name: %s', '../function_app.py')"),
    ],
)
async def test_entry_that_cannot_be(app: Callable[..., Path], entry: str, kind: str, text: str) -> None:
    error = await refusal(app(""), entry)
    assert error.type == kind
    assert error.message.startswith(text)


async def test_another_entry(app: Callable[..., Path]) -> None:
    root = app("")
    (root / "my-app.py").write_text(HEAD + "\n@app.route('f')\ndef f(req): return 'mine'\n")
    async with worker(root) as driver:
        said = await driver.load(root, "my-app.py")
        assert isinstance(said, p.Loaded)
        assert (await driver.run("f", http())).result.return_value == p.Datum("string", "mine")


async def test_app_without_functions_is_a_problem(app: Callable[..., Path]) -> None:
    async with loaded(app("bp = func.Blueprint()\n@bp.route('f')\ndef f(req): pass\n")) as driver:
        (problem,) = (await driver.until(p.Loaded)).problems
    assert "has no functions" in problem.message
    assert problem.file == "function_app.py"


async def test_what_a_module_prints_and_logs_belongs_to_no_invocation(app: Callable[..., Path]) -> None:
    async with loaded(app("print('importing', end='')\nlogging.warning('careful')\n")) as driver:
        await driver.until(p.Log, message="importing", id=None, category="stdout", level="information")
        await driver.until(p.Log, message="careful", id=None, category="root", level="warning")


async def test_module_may_use_the_running_loop(app: Callable[..., Path]) -> None:
    root = app(
        """
        ready = asyncio.Event()
        async def warm(): ready.set()
        task = asyncio.get_running_loop().create_task(warm())
        @app.route("f")
        async def f(req):
            await ready.wait()
            return type(asyncio.current_task()).__name__
        """
    )
    async with loaded(root) as driver:
        assert (await driver.run("f", http())).result.return_value.value == "Task"


# -- logging and printing ---------------------------------------------------------------------------------------------

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


# -- running ----------------------------------------------------------------------------------------------------------


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


# -- frameworks -------------------------------------------------------------------------------------------------------

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


# -- leaving ----------------------------------------------------------------------------------------------------------

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
