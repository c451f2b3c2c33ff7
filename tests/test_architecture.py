"""The invariants of docs/architecture.md that imports can show."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SERVER = Path(__file__).parents[1] / "server"
KERNEL = SERVER / "pystein_lsp"
RUNTIME = SERVER / "pystein_runtime"

# Each layer may import those below it and itself.
LAYERS = [
    {"cli", "lsp"},
    {"features", "fixes", "config"},
    {"rules"},
    {"model"},
    {"platform"},
    {"catalogue", "ncrontab", "syntax"},
]
APART = {"catalogue", "ncrontab", "syntax"}
"""Layers at the bottom that do not know each other."""


def imports(path: Path, *, when_loaded: bool = False) -> Iterator[str]:
    """The modules that a file imports, by their full names; `when_loaded` leaves those out that its functions import."""
    package = path.relative_to(SERVER).with_suffix("").parts[:-1]
    tree = ast.parse(path.read_text("utf-8"))
    for_types = [node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)]
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    left_out = {inner for node in [*for_types, *(functions if when_loaded else ())] for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if node in left_out:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            yield ".".join([*base, *([node.module] if node.module else [])])


def layer(room: str) -> int | None:
    return next((number for number, rooms in enumerate(LAYERS) if room in rooms), None)


@pytest.mark.parametrize("path", sorted(KERNEL.rglob("*.py")), ids=lambda path: str(path.relative_to(KERNEL)))
def test_imports_go_downwards(path: Path) -> None:
    room = path.relative_to(KERNEL).parts[0]
    mine = layer(room)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "pystein_lsp" or len(parts) < 2 or mine is None:
            continue
        theirs = layer(parts[1])
        if theirs is not None and parts[1] != room:
            assert theirs >= mine, f"{room} must not import {name}"
            assert not {room, parts[1]} <= APART, f"{room} must not know {name}"


@pytest.mark.parametrize("library", ["pygls", "lsprotocol"])
def test_only_lsp_speaks_the_protocol(library: str) -> None:
    users = {
        path.relative_to(KERNEL).parts[0]
        for path in KERNEL.rglob("*.py")
        for name in imports(path)
        if name.split(".")[0] == library
    }
    assert users <= {"lsp"}


def test_worker_needs_nothing_of_ours() -> None:
    allowed = sys.stdlib_module_names | {"azure", "azurefunctions", "debugpy", "pystein_runtime", "pystein_worker"}
    for path in (RUNTIME / "worker").rglob("*.py"):
        for name in imports(path):
            assert name.split(".")[0] in allowed, f"{path.name} imports {name}"
            assert not name.startswith("pystein_runtime.") or name.startswith("pystein_runtime.worker"), (
                f"{path.name} imports {name}"
            )


def test_kernel_knows_no_runtime() -> None:
    for path in KERNEL.rglob("*.py"):
        if path.relative_to(KERNEL).parts[0] in ("cli", "lsp"):
            continue
        assert not any(name.startswith("pystein_runtime") for name in imports(path)), path


SERVICES: dict[str, set[str]] = {
    "cloud": {"amqp", "http"},
    "mcp": {"http"},
    **{room: set() for room in ("amqp", "http", "kafka", "redis", "sql")},
}
"""Rooms of the runtime that know nothing of functions, with those that they use: the host uses them all."""

ABOVE = {"client": {"host"}, "dashboard": {"host"}, "durable": {"host"}, "testing": {"durable", "host"}}
"""The rooms that stand on the host. It imports them when an app or a user asks for them, and not before."""


def room_of(name: str) -> str | None:
    """The room of the runtime that a module belongs to."""
    parts = name.split(".")
    return parts[1] if parts[0] == "pystein_runtime" and len(parts) > 1 else None


@pytest.mark.parametrize("room", sorted(SERVICES))
def test_services_know_no_functions(room: str) -> None:
    for path in (RUNTIME / room).rglob("*.py"):
        used = {room_of(name) for name in imports(path)} - {None, room}
        assert used <= SERVICES[room], f"{path.name} imports from {used}"


def test_the_host_loads_only_what_it_is_asked_for() -> None:
    for path in (RUNTIME / "host").rglob("*.py"):
        used = {room_of(name) for name in imports(path, when_loaded=True)}
        assert used.isdisjoint(ABOVE), f"{path.name} imports from {used}"


@pytest.mark.parametrize("room", sorted(ABOVE))
def test_what_stands_on_the_host_stands_apart(room: str) -> None:
    for path in [*(RUNTIME / room).rglob("*.py"), *RUNTIME.glob(f"{room}.py")]:
        used = {room_of(name) for name in imports(path, when_loaded=True)} & ABOVE.keys() - {room}
        assert used <= ABOVE[room], f"{path.name} imports from {used}"


def test_check_starts_light(tmp_path: Path) -> None:
    (tmp_path / "function_app.py").write_text("import azure.functions as func\napp = func.FunctionApp()\n", "utf-8")
    heavy = ["pygls", "lsprotocol", "jedi", "libcst", "asyncio", "sqlite3", "dataclasses", "inspect"]
    program = (
        "import sys\nfrom pystein_lsp.cli.main import main\nstatus = main(['check', sys.argv[1]])\n"
        f"print([name for name in {heavy} if name in sys.modules])\nsys.exit(status)"
    )
    run = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


IGNORED = re.compile(r"#\s*(?:noqa|type: ignore)\b(?::[ A-Z0-9,]+|\[[\w, -]+\])*")
"""A warning that a line ignores, but for the reason."""


@pytest.mark.parametrize("path", sorted(SERVER.rglob("*.py")), ids=lambda path: str(path.relative_to(SERVER)))
def test_an_ignored_warning_has_its_reason_beside_it(path: Path) -> None:
    explained = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        found = IGNORED.findall(line)
        if not found:
            explained = line if line.lstrip().startswith("#") else ""
        elif re.search(r"\w\w", IGNORED.sub("", line[line.index(found[0]) :])):
            explained = line
        assert not found or explained, f"{path.name}:{number} says not why"
