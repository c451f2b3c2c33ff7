"""A file system that is really full: it is said, nothing is lost, and all goes on when there is space again."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from durable_driver import Hub, write
from host_driver import Host, run

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="a small file system is mounted, which Linux can in memory"
)
FULL = "No space left on device"
APP = """
import azure.functions as func
app = func.FunctionApp()

@app.route
def hello(req: func.HttpRequest) -> str:
    return "hello"
"""
STEPS = """
@app.orchestration_trigger(context_name="context")
def steps(context):
    first = yield context.call_activity("step", 1)
    event = yield context.wait_for_external_event("go")
    second = yield context.call_activity("step", 2)
    return [first, event, second]

@app.activity_trigger(input_name="number")
def step(number: int) -> int:
    return number

@app.entity_trigger(context_name="context")
def Counter(context):
    context.set_state(context.get_state(lambda: 0) + context.get_input())

@app.route(route="hello")
def hello(req: func.HttpRequest) -> str:
    return "hello"
"""


class Disk:
    """A small file system."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._filler = root / "filler"

    def fill(self) -> None:
        """Leave not a byte."""
        with self._filler.open("wb", buffering=0) as file:
            for size in (65536, 4096, 1):
                with contextlib.suppress(OSError):
                    while True:
                        file.write(b"x" * size)

    def free(self) -> None:
        """Give all of it back."""
        self._filler.unlink()

    def contents(self) -> dict[Path, bytes]:
        """All files but the one that fills it."""
        return {file: file.read_bytes() for file in self.root.rglob("*") if file.is_file() and file != self._filler}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    root = tmp_path / "disk"
    root.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", root], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted: {mounted.stderr.decode().strip()}")
    yield Disk(root)
    subprocess.run(["umount", "-l", root], check=True)


# -- the checker ----------------------------------------------------------------------------------------------


def test_fixes_are_written_whole_or_not_at_all(disk: Disk) -> None:
    (disk.root / "host.json").write_text('{"version": "2.0"}')
    (disk.root / "function_app.py").write_text(APP + "# padding\n" * 2000)
    disk.fill()
    before = disk.contents()
    ran = run("--check", "--fix", "--unsafe-fixes", str(disk.root))
    assert (ran.status, FULL in ran.err, "Traceback" in ran.err) == (2, True, False)
    assert disk.contents() == before
    disk.free()
    assert run("--check", "--fix", str(disk.root)).status == 0
    assert "@app.route()" in (disk.root / "function_app.py").read_text()


@pytest.mark.parametrize(
    "command",
    [
        ["init", "{}/new"],
        ["stubs", "--output", "{}/stubs"],
        ["--check", "--write-baseline", "{}/baseline.json", "{}/app"],
        ["migrate", "{}/app"],
    ],
    ids=lambda command: command[0],
)
def test_what_cannot_be_written_can_be_asked_for_again(disk: Disk, command: list[str]) -> None:
    app = disk.root / "app"
    app.mkdir()
    (app / "host.json").write_text('{"version": "2.0"}')
    (app / "function.json").write_text("{}")
    (app / "function_app.py").write_text(
        APP.replace("@app.route", '@app.function_name("hello")\n@app.on_blob_change(arg_name="b")')
    )
    if command[0] == "migrate":
        old = app / "Old"
        old.mkdir()
        bindings = [{"name": "msg", "type": "queueTrigger", "direction": "in", "queueName": "work", "connection": "S"}]
        (old / "function.json").write_text(json.dumps({"scriptFile": "__init__.py", "bindings": bindings}))
        (old / "__init__.py").write_text(
            "import azure.functions as func\n\ndef main(msg: func.QueueMessage): ...\n" + "#\n" * 4000
        )
        (app / "function_app.py").unlink()
    arguments = [argument.format(disk.root) for argument in command]
    (disk.root / "baseline.json").write_text('{"version": 1, "findings": []}')
    disk.fill()
    before = disk.contents()
    ran = run(*arguments)
    assert (ran.status, FULL.lower() in ran.err.lower(), "Traceback" in ran.err) == (2, True, False), ran
    assert before.items() <= disk.contents().items()
    disk.free()
    again = run(*arguments)
    assert again.status in {0, 1}, again


def test_the_cache_of_the_checker_does_without(disk: Disk, tmp_path: Path) -> None:
    app = tmp_path / "app"
    app.mkdir()
    (app / "function_app.py").write_text(APP.replace("@app.route", "@app.route()"))
    disk.fill()
    environ = {"XDG_CACHE_HOME": str(disk.root), "PYSTEIN_CACHE_DIR": str(disk.root)}
    ran = run("--check", str(app), environ=environ)
    assert (ran.status, ran.err) == (0, "")


# -- the runtime ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [["start", "--port", "0"], ["start", "--port", "0", "--enable-auth"], ["invoke", "hello", "--remember", "--app"]],
)
def test_nothing_starts_on_a_full_disk(disk: Disk, command: list[str]) -> None:
    root = write(disk.root / "app", STEPS)
    disk.fill()
    arguments = [*command, str(root)] if command[-1] == "--app" else [command[0], str(root), *command[1:]]
    ran = run(*arguments)
    assert (ran.status, "Traceback" in ran.err, str(root) in ran.err) == (2, False, True), ran


def test_orchestrations_outlive_a_full_disk(disk: Disk) -> None:
    hub = Hub(write(disk.root / "app", STEPS)).ready()
    assert isinstance(hub, Hub)
    try:
        waiting = hub.begin("steps")
        hub.invocation("step")
        disk.fill()
        assert hub.event(waiting, "go", "on").status == 503
        hub.wait("host", lambda line: "cannot be written now: database or disk is full" in line["message"])
        refused = hub.api("POST", "orchestrators/steps")
        assert (refused.status, "cannot be written now" in refused.text) == (503, True)
        assert hub.api("POST", "entities/Counter/one", 1).status == 503
        assert hub.get("/api/hello").text == "hello"
        disk.free()
        hub.wait("host", lambda line: "can be written again" in line["message"])
        if hub.status(waiting)["runtimeStatus"] == "Running":  # it was refused altogether, and not only not kept yet
            hub.event(waiting, "go", "on")
        assert hub.end(waiting)["output"] == [1, "on", 2]
        other = hub.begin("steps")
        assert hub.event(other, "go", "too").status == 202
        assert hub.end(other)["output"] == [1, "too", 2]
        hub.kill()
        assert hub.other == []
        hub.close()
        hub = Hub(disk.root / "app").ready()
        assert [hub.status(id_)["output"] for id_ in (waiting, other)] == [[1, "on", 2], [1, "too", 2]]
        assert hub.stop() == 0
    finally:
        hub.close()


def test_an_event_is_kept_or_the_old_one_stays(disk: Disk) -> None:
    host = Host(write(disk.root / "app", STEPS)).ready()
    try:
        assert host.invoke("hello", data="first", remember=True)["status"] == "succeeded"
        file = disk.root / "app" / ".pystein" / "events" / "hello.json"
        kept = file.read_bytes()
        disk.fill()
        assert FULL in host.invoke("hello", data="x" * 5000, remember=True)["unusable"]
        assert file.read_bytes() == kept
        assert host.invoke("hello", data="y")["status"] == "succeeded"
        disk.free()
        assert host.invoke("hello", data="x" * 5000, remember=True)["status"] == "succeeded"
        assert host.stop() == 0
    finally:
        host.close()


@pytest.mark.parametrize("what", ["function_app.py", "local.settings.json"])
def test_a_reload_that_meets_a_full_disk(disk: Disk, start: Callable[..., Host], what: str) -> None:
    host = Host(write(disk.root / "app", STEPS)).ready()
    try:
        (disk.root / "app" / "local.settings.json").write_text('{"Values": {}} ')
        host.wait("reloaded")
        disk.fill()
        file = disk.root / "app" / what
        with file.open("r+b") as open_file:  # in place: an editor that needs no more space
            open_file.seek(-1, 2)
            open_file.write(b"\t" if what.endswith("json") else b"#")
        host.wait("reloaded", count=2)
        assert host.get("/api/hello").text == "hello"
        disk.free()
        assert host.stop() == 0
    finally:
        host.close()
