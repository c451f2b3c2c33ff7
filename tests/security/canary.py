"""A workspace in which every file that could be executed leaves a mark when it is."""

from __future__ import annotations

import importlib.machinery
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

MARK = "EXECUTED"

_PYTHON = "import pathlib; pathlib.Path({mark!r}).joinpath({name!r}).touch()\n"
_SHELL = "#!/bin/sh\ntouch '{mark}/{name}'\nexit 0\n"

_APP = '''
import azure.functions as func
import native
import orders
import venv_native
from shared.names import QUEUE

app = func.FunctionApp()
app.register_functions(orders.bp)


@app.route(route="hello/{id:int}")
@app.queue_output(arg_name="out", queue_name=QUEUE, connection="AzureWebJobsStorage")
def hello(req: func.HttpRequest, out: func.Out[str]) -> str:
    out.set(orders.text(req))
    return "hello"


@app.timer_trigger(arg_name="timer", schedule="0 */5 * * * *")
@native.decorator
@venv_native.decorator
def tick(timer: func.TimerRequest, more: native.Thing, other: venv_native.Thing) -> None:
    """Runs every five minutes."""


@app.route(route="wrong")
def wrong(request: func.HttpRequest) -> str:
    return "an error on purpose, for the fixes"
'''
_ORDERS = """
import azure.functions as func

bp = func.Blueprint()


def text(req) -> str:
    return str(req)


@bp.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
def take(msg: func.QueueMessage) -> None: ...
"""

_SHADOWS = ("json", "queue", "typing", "logging", "ast", "asyncio", "jedi", "libcst", "pygls", "lsprotocol", "debugpy")
"""Modules of ours and of the standard library, as the workspace may name its own files."""
_BY_NAME = (
    "sitecustomize",
    "usercustomize",
    "conftest",
    "setup",
    "noxfile",
    "tasks",
    "fabfile",
    "manage",
    "__init__",
    "__main__",
    "azure/__init__",
    "shared/__init__",
    ".pystein/events/hello",
)
_SETTINGS = {
    ".env": "PYTHONSTARTUP=sitecustomize.py\nPYTHONPATH=.\nPYTHONHOME=.\nBROWSER=./git\n",
    ".vscode/settings.json": '{"python.defaultInterpreterPath": "./python", "pystein.interpreter": "./python"}',
    ".jedi/project.json": '[1, {"environment_path": "./python", "load_unsafe_extensions": true, "sys_path": ["."]}]',
    "pytest.ini": "[pytest]\naddopts = -p conftest\n",
    "setup.cfg": "[options]\nsetup_requires = .\n[tool:pytest]\naddopts = -p conftest\n",
    ".git/hooks/post-checkout": "#!/bin/sh\nexit 1\n",
    ".git/config": "[core]\n\tfsmonitor = ./git\n\tpager = ./git\n",
    ".pystein/host.json": '{"instance": "x", "pid": 1, "url": "http://127.0.0.1:1"}',
}
"""Files by which tools are told what to run; nothing of ours reads them, or it does not believe them."""
_COMPILED = """
#include <stdio.h>
__attribute__((constructor)) static void loaded(void) {{ FILE *file = fopen("{mark}/{name}", "w"); if (file) fclose(file); }}
"""


def plant(root: Path) -> Path:
    """Write the workspace; gives the folder that the marks go to, outside of it."""
    marks = root.parent / f"{root.name}-marks"
    marks.mkdir()
    root.mkdir(exist_ok=True)

    def python(name: str, text: str = "") -> None:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_PYTHON.format(mark=str(marks), name=name.replace("/", "_")) + text, "utf-8")

    python("function_app.py", _APP)
    python("orders.py", _ORDERS)
    python("shared/names.py", 'QUEUE = "parcels"\n')
    for name in (*_SHADOWS, *_BY_NAME):
        python(f"{name}.py")
    for name, text in _SETTINGS.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    (root / "host.json").write_text('{"version": "2.0"}', "utf-8")
    (root / "local.settings.json").write_text(
        '{"IsEncrypted": false, "Values": {"AzureWebJobsStorage": "UseDevelopmentStorage=true"}}', "utf-8"
    )
    (root / "requirements.txt").write_text("azure-functions\n-e .\n", "utf-8")
    (root / "pyproject.toml").write_text('[build-system]\nbuild-backend = "setup"\nbackend-path = ["."]\n', "utf-8")
    packages = _environment(root, marks)
    _compiled(root, "native", marks)
    _compiled(packages, "venv_native", marks)
    return marks


def _compiled(folder: Path, name: str, marks: Path) -> None:
    """A compiled module, where there is a compiler: it leaves a mark as soon as it is loaded, however that ends."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        return
    source = marks.parent / f"{name}.c"
    source.write_text(_COMPILED.format(mark=marks, name=name), "utf-8")
    suffix = importlib.machinery.EXTENSION_SUFFIXES[0]
    subprocess.run([compiler, "-shared", "-fPIC", "-o", folder / f"{name}{suffix}", source], check=True)


def _environment(root: Path, marks: Path) -> Path:
    """A virtual environment whose every program and start-up file leaves a mark; gives its packages' folder."""
    scripts = root / ".venv" / ("Scripts" if os.name == "nt" else "bin")
    scripts.mkdir(parents=True)
    for name in ("python", "python3", "pip", "func", "git", "node", "ruff", "debugpy"):
        for folder in (scripts, root):
            path = folder / name
            path.write_text(_SHELL.format(mark=marks, name=f"{folder.name}_{name}"), "utf-8")
            path.chmod(path.stat().st_mode | stat.S_IXUSR)
    (root / ".venv" / "pyvenv.cfg").write_text(f"home = {scripts}\nversion = 3.11.0\n", "utf-8")
    packages = root / ".venv" / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    package = packages / "azure" / "functions"
    package.mkdir(parents=True)
    for path in (packages / "sitecustomize.py", package / "__init__.py"):
        path.write_text(_PYTHON.format(mark=str(marks), name=f"venv_{path.parent.name}_{path.name}"), "utf-8")
    (packages / "canary.pth").write_text(_PYTHON.format(mark=str(marks), name="venv_pth"), "utf-8")
    return packages


def executed(marks: Path) -> list[str]:
    """What has left a mark."""
    return sorted(path.name for path in marks.iterdir())
