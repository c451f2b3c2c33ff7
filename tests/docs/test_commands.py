"""Every command that a page shows is run, one after the other in the place that the page speaks of, unless it says why not."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

sys.path.append(str(Path(__file__).parents[1] / "runtime" / "host"))

from host_driver import Host

from tests.docs.test_pages import PAGES, ROOT

PROGRAMS = {"pystein-lsp", "python", "pip", "pipx", "uv", "uvx", "make", "curl", "echo", "npm", "gh", "pytest"}
HOST_JSON = '{"version": "2.0"}'
HEARS = """\
import azure.functions as func
app = func.FunctionApp()
@app.event_grid_trigger(arg_name="event")
def hear(event: func.EventGridEvent) -> None: ...
"""
ORDERS = """\
import azure.functions as func

app = func.FunctionApp()


# What the README shows of this app is what is printed.



@app.route(route="orders")
def orders(request: func.HttpRequest) -> str:
    return "none"
"""
OLD = {
    "host.json": HOST_JSON,
    "Tick/function.json": '{"bindings": [{"name": "timer", "type": "timerTrigger", "direction": "in", "schedule": "0 0 2 * * *"}]}',
    "Tick/__init__.py": "def main(timer): ...\n",
}

NOT_RUN = {
    "gh attestation verify": "only a release has attestations; .github/workflows/release.yml makes them",
    "make": "they run everything else; that they exist is tested below",
    "pip install": "tests/distribution installs the package, and looks whether extras can be had",
    "pipx install": "as pip does; it needs the package in a registry",
    "uv tool install": "the same",
    "uvx": "the same",
    "python -m tests.": "measurements; tests/benchmarks and tests/faults run them in short",
    ".venv/bin/": "CONTRIBUTING.md is followed by test_contributing.py",
}
"""How commands begin that are not run here, and why."""

STATUS = {"pystein-lsp --check": (0, 1)}
"""Exit statuses besides 0, by how a command begins: a check that finds something has done its work."""


class Command(NamedTuple):
    """A command of a page."""

    page: Path
    line: int
    text: str


def commands(page: Path) -> list[Command]:
    """The commands in the blocks of a page, continued lines joined, without comments."""
    text = page.read_text("utf-8")
    found = []
    for block in re.finditer(r"^```sh\n(.*?)^```|^((?: {4}\S.*\n(?: {6,}\S.*\n)*)+)", text, re.MULTILINE | re.DOTALL):
        start = text.count("\n", 0, block.start(1) if block[1] else block.start(2)) + 1
        lines = (block[1] or block[2]).replace("\\\n", "  ").splitlines()
        for number, line in enumerate(lines):
            shown = re.sub(r"\s+#.*$", "", line).strip()
            if is_command(shown):
                found.append(Command(page, start + number, shown))
    return found


def is_command(text: str) -> bool:
    """Whether somebody can type it as it stands: a synopsis has brackets and words in capitals."""
    program = text.partition(" ")[0]
    if program in ("pystein-lsp", "python") and re.search(r" \[|\b[A-Z]{3,}\b", text):
        return False
    return program in PROGRAMS or program.startswith(".venv/bin/")


def reason(command: str) -> str | None:
    return next((why for start, why in NOT_RUN.items() if command.startswith(start)), None)


def example(name: str) -> Callable[[Path], None]:
    def place(folder: Path) -> None:
        ignored = shutil.ignore_patterns(".pystein", "__pycache__")
        shutil.copytree(ROOT / "examples" / name, folder / "examples" / name, ignore=ignored)

    return place


def app(**files: str) -> Callable[[Path], None]:
    def place(folder: Path) -> None:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")

    return place


def used(folder: Path) -> None:
    (folder / ".pystein" / "inputs").mkdir(parents=True)


PLACES: dict[str, Callable[[Path], None]] = {
    "README.md": app(**{"function_app.py": ORDERS, "host.json": HOST_JSON}),
    "configuration.md": app(**{"function_app.py": ORDERS, "host.json": HOST_JSON}),
    "durable.md": example("durable"),
    "event-grid.md": app(**{"function_app.py": HEARS, "host.json": HOST_JSON}),
    "migrating.md": app(**OLD),
    "other-services.md": used,
    "stubs.md": used,
}
"""What stands in the folder in which a page's commands are run."""
PAGES_WITH_COMMANDS = [page for page in PAGES if any(reason(each.text) is None for each in commands(page))]


class Shell:
    """A folder in which commands are typed; what is started is reached, and ends with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hosts: list[Host] = []

    def type(self, command: str) -> None:
        words = shlex.split(command)
        if words[:2] == ["pystein-lsp", "start"]:
            self.serve(Path(words[2]))
            return
        if words[0] == "curl":
            if not self.hosts:
                self.serve(Path())
            command = f"curl --silent --show-error --fail-with-body {command.removeprefix('curl ')}"
            command = command.replace("localhost:7071", f"localhost:{self.hosts[-1].port}")
        for home in re.findall(r"> (~/\S+)/", command):
            (self.folder / home[2:]).mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            ["bash", "-c", command], check=False, cwd=self.folder, capture_output=True, encoding="utf-8", timeout=300,
            env={**os.environ, "HOME": str(self.folder), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        )  # fmt: skip
        allowed = next((each for start, each in STATUS.items() if command.startswith(start)), (0,))
        assert done.returncode in allowed, f"{command}\n{done.stdout}{done.stderr}"
        assert "fault of ours" not in done.stderr

    def serve(self, app: Path) -> None:
        self.hosts.append(Host(self.folder / app).ready())


@pytest.mark.skipif(shutil.which("bash") is None, reason="pages show commands for a POSIX shell")
@pytest.mark.parametrize("page", PAGES_WITH_COMMANDS, ids=lambda page: page.name)
def test_commands(page: Path, tmp_path: Path) -> None:
    PLACES[page.name](tmp_path)
    shell = Shell(tmp_path)
    try:
        for command in commands(page):
            if reason(command.text) is None:
                shell.type(command.text)
    finally:
        for host in shell.hosts:
            host.close()


def test_what_is_not_run_has_a_reason_that_is_needed() -> None:
    everything = [command.text for page in PAGES for command in commands(page)]
    everything += re.findall(r"`([^`\n]+)`", "".join(page.read_text("utf-8") for page in PAGES))
    for start in NOT_RUN:
        assert any(text.startswith(start) for text in everything), f"no page shows {start!r} any more"


def test_targets_of_make_exist() -> None:
    shown = {
        name for page in PAGES for name in re.findall(r"(?:^|`)make (\w[\w-]*)", page.read_text("utf-8"), re.MULTILINE)
    }
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert shown >= {"demo", "test", "release"}
    assert shown <= set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE))


def test_extras_exist() -> None:
    shown = {name for page in PAGES for name in re.findall(r"pystein-lsp\[(\w+)\]", page.read_text("utf-8"))}
    assert shown >= {"azure", "debug", "kafka"}
    extras = (ROOT / "pyproject.toml").read_text("utf-8").partition("[project.optional-dependencies]")[2]
    assert shown <= set(re.findall(r"^(\w+) = \[", extras.partition("\n[")[0], re.MULTILINE))


def test_the_readme_shows_what_is_printed(tmp_path: Path) -> None:
    PLACES["README.md"](tmp_path)
    command = [sys.executable, "-m", "pystein_lsp", "--check"]
    done = subprocess.run(command, check=False, cwd=tmp_path, capture_output=True, encoding="utf-8")
    (shown,) = re.findall(r"```text\n(error.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert shown in done.stdout
