"""Apps and clients that do what nobody should: the host goes on, says what happened, and the next request is served."""

from __future__ import annotations

import base64
import contextlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from host_driver import CLEAN, Host, run, write_app

from pystein_runtime.cloud import queues
from pystein_runtime.cloud.store import Store, path_for

from .processes import TELLS, usage

pytestmark = pytest.mark.skipif(not TELLS, reason="reads /proc, here and in the app")
APP = """
import ctypes, os, socket, stat, sys, threading, time

def sockets():
    found = []
    for name in os.listdir("/proc/self/fd"):
        try:
            if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                found.append(int(name))
        except OSError:
            pass
    return found

@app.route(route="hello")
async def hello(req: func.HttpRequest) -> str:
    return str(os.getpid())

@app.route(route="closes")
def closes(req: func.HttpRequest) -> str:
    for number in sockets():
        os.close(number)
    return "closed"

@app.route(route="hangs_up")
def hangs_up(req: func.HttpRequest) -> str:
    for number in sockets():
        try:
            socket.socket(fileno=os.dup(number)).shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
    return "hung up"

@app.route(route="garbage")
def garbage(req: func.HttpRequest) -> str:
    for number in sockets():
        try:
            os.write(number, os.urandom(5000))
        except OSError:
            pass
    return "written"

@app.route(route="crashes")
def crashes(req: func.HttpRequest) -> str:
    ctypes.string_at(0)

@app.route(route="recurses")
def recurses(req: func.HttpRequest) -> str:
    return recurses(req)

@app.route(route="eats")
def eats(req: func.HttpRequest) -> str:
    import resource
    limits = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, limits[1]))
    try:
        return str(len(bytearray(4_000_000_000)))
    finally:
        resource.setrlimit(resource.RLIMIT_AS, limits)

@app.route(route="prints")
def prints(req: func.HttpRequest) -> str:
    for number in range(20_000):
        print("line", number)
    return "printed"

@app.route(route="floods")
def floods(req: func.HttpRequest) -> str:
    for _ in range(400):
        os.write(1, b"y" * 100_000)
    os.write(1, b" the end\\n")
    return "flooded"

@app.route(route="opens")
def opens(req: func.HttpRequest) -> str:
    import resource
    resource.setrlimit(resource.RLIMIT_NOFILE, (60, 60))
    kept = []
    try:
        while True:
            kept.append(open(__file__))
    except OSError as error:
        return str(error.errno)

@app.route(route="stalls")
async def stalls(req: func.HttpRequest) -> str:
    threading.Timer(1.0, os._exit, [7]).start()
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    host = Host(write_app(tmp_path_factory.mktemp("bad") / "app", APP)).ready()
    yield host
    assert host.stop() == 0
    host.close()


@pytest.mark.parametrize("name", ["closes", "hangs_up", "garbage", "crashes", "stalls"])
def test_a_worker_that_is_lost_is_replaced(host: Host, name: str) -> None:
    before = host.get("/api/hello").text
    host.lines.clear()
    assert host.get(f"/api/{name}").status in {200, 500}  # the answer may have left before the worker was given up
    host.wait("host", lambda line: "The worker ended unexpectedly" in line["message"])
    assert host.get("/api/hello").text != before
    assert not Path(f"/proc/{before}").exists()
    assert "Traceback" not in "".join(host.other)


@pytest.mark.parametrize(("name", "status"), [("recurses", 500), ("eats", 500), ("prints", 200), ("opens", 200)])
def test_a_worker_that_can_go_on_does(host: Host, name: str, status: int) -> None:
    before = host.get("/api/hello").text
    assert host.get(f"/api/{name}").status == status
    assert host.get("/api/hello").text == before


def test_all_that_is_printed_is_shown(host: Host) -> None:
    host.lines.clear()
    assert host.get("/api/prints").text == "printed"
    host.log("line 19999")
    assert sum(line.get("message", "").startswith("line ") for line in host.lines) == 20_000


def test_a_line_without_an_end_is_not_kept_whole(host: Host) -> None:
    host.lines.clear()
    before = usage(host.process.pid).memory
    assert host.get("/api/floods").text == "flooded"
    host.log(" the end")
    assert usage(host.process.pid).memory < before + 20  # MiB, of the 40 that were written
    assert sum(line.get("message", "").count("y") for line in host.lines) == 40_000_000


def test_a_worker_that_dies_the_moment_it_has_loaded_the_app(start: Callable[..., Host]) -> None:
    """What waits for a worker then must not ask again and again, or nobody gets to start another one."""
    source = """
    import os, pathlib, signal, subprocess, sys
    here = pathlib.Path(__file__).parent

    if (here / "dies").exists():
        (here / "dies").unlink()
        sender = next(module for name, module in sys.modules.items() if name.endswith(".sender")).Sender
        send = sender.send

        def last_words(self, message):
            if type(message).__name__ == "Loaded":  # the host shall find the message and its end at once
                os.kill(os.getppid(), signal.SIGSTOP)
                send(self, message)
                subprocess.Popen(["sh", "-c", f"sleep 0.3; kill -CONT {os.getppid()}"])
                os._exit(9)
            send(self, message)

        sender.send = last_words

    @app.route(route="put")
    @app.event_hub_output(arg_name="event", event_hub_name="hub", connection="SB")
    def put(req: func.HttpRequest, event: func.Out[str]) -> str:
        event.set("x")
        return "ok"

    @app.event_hub_message_trigger(arg_name="e", event_hub_name="hub", connection="SB", cardinality="one")
    def event(e: func.EventHubEvent) -> None:
        if not (here / "begun").exists():
            (here / "begun").touch()
            (here / "dies").touch()
            os._exit(7)
        logging.info("ended")
    """
    host = start(source, local__settings_json={"Values": {"AzureWebJobsStorage": "", "SB": ""}})
    assert host.get("/api/put").text == "ok"
    host.log("ended")
    assert not (host.root / "dies").exists()
    assert host.stop() == 0


def test_10_000_messages_wait_at_the_start(start: Callable[..., Host], tmp_path: Path) -> None:
    source = """
    import pathlib
    place = pathlib.Path(__file__).with_name("done")

    @app.queue_trigger(arg_name="m", queue_name="work", connection="AzureWebJobsStorage")
    def work(m: func.QueueMessage) -> None:
        with place.open("a") as file:
            file.write(m.get_body().decode() + "\\n")
    """
    root = write_app(tmp_path / "many", source)
    with contextlib.closing(Store(path_for(root))) as store:
        queues.create(store, "work")
        with store.transaction():
            for number in range(10_000):
                queues.send(store, "work", base64.b64encode(b"%d" % number).decode())
    host = start(root=root)
    done = root / "done"
    with contextlib.closing(Store(path_for(root))) as store:
        host.wait("host", lambda line: "more executions" in line["message"])
        while queues.count(store, "work"):
            host.get("/admin/host/status")
    assert sorted(map(int, done.read_text().split())) == list(range(10_000))
    assert usage(host.process.pid).memory < 150
    assert host.stop() == 0


def test_more_clients_than_a_process_may_have_files(start: Callable[..., Host]) -> None:
    import resource

    host = start(APP)
    limit = usage(host.process.pid).files + 20
    free = resource.prlimit(host.process.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(host.process.pid, resource.RLIMIT_NOFILE, (limit, free[1]))
    with contextlib.ExitStack() as stack:
        for _ in range(60):
            stack.enter_context(socket.create_connection(("127.0.0.1", host.port)))
    assert host.get("/api/hello").status == 200
    resource.prlimit(host.process.pid, resource.RLIMIT_NOFILE, free)
    host.wait("host", lambda line: line["message"].startswith("New connections wait: Too many open files."))
    assert host.other == []
    assert host.stop() == 0


@pytest.mark.parametrize("name", [b"caf\xe9.py", b"a\nb.py", b"\xff\xfe"])
def test_names_that_are_no_text(start: Callable[..., Host], tmp_path: Path, name: bytes) -> None:
    root = write_app(tmp_path / "app", APP)
    (Path(os.fsdecode(os.fsencode(root) + b"/" + name))).write_text("x = 1\n")
    (root / "loop").symlink_to(root)
    (root / "gone").symlink_to(root / "nowhere")
    (root / "self.txt").symlink_to(root / "self.txt")
    host = start(root=root)
    assert host.get("/api/hello").status == 200
    assert host.stop() == 0
    checked = run("--check", str(root))
    assert (checked.status, checked.err) == (0, ""), checked.out


def humbly(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """Run ourselves without the right to pass over permissions, which the superuser has."""
    command = [sys.executable, "-m", "pystein_lsp", *arguments]
    if os.geteuid() == 0:
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=CLEAN)


@pytest.mark.parametrize("command", ["start", "invoke", "--check", "--fix", "init"])
def test_a_folder_that_may_only_be_read(tmp_path: Path, command: str) -> None:
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("the superuser may do everything")
    root = write_app(tmp_path / "app", '@app.route\ndef hello(req: func.HttpRequest) -> str:\n    return ""\n')
    root.chmod(0o555)
    before = (root / "function_app.py").read_text()
    arguments = {
        "start": ["start", str(root), "--port", "0"],
        "invoke": ["invoke", "hello", "--app", str(root)],
        "--check": ["--check", str(root)],
        "--fix": ["--check", "--fix", str(root)],
        "init": ["init", str(root / "new")],
    }[command]
    done = humbly(arguments)
    said = done.stderr + done.stdout
    assert (done.returncode, "Traceback" in said) == (1 if command == "--check" else 2, False), said
    assert str(root) in said
    assert (root / "function_app.py").read_text() == before
