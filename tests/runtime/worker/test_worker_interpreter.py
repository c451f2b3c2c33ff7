"""The interpreter that runs an app: what the app sees there, and what is missing there."""

import ast
import json
import os
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

from worker_driver import WORKER, http, loaded, worker

from pystein_runtime.worker import protocol as p


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
