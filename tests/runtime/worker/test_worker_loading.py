"""Loading an app: what is refused, with its place, and what a module may do meanwhile."""

from collections.abc import Callable
from pathlib import Path

import pytest
from worker_driver import http, loaded, worker

from pystein_runtime.worker import protocol as p


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
    root = app("@app.route('f')\ndef f(req): return 'mine'\n")
    (root / "function_app.py").rename(root / "my-app.py")
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
