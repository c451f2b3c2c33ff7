"""Real hosts for tests: started as users start them, listened to line by line."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

SECONDS = 60.0  # how long anything may take on a busy machine before the test gives up
CLEAN = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("AzureWebJobs", "FUNCTIONS_", "PYTHON_", "VIRTUAL_ENV", "AZURE_"))
}
HEADER = "import azure.functions as func\nimport logging\napp = func.FunctionApp(http_auth_level='ANONYMOUS')\n"


def write_app(root: Path, source: str, **files: Any) -> Path:
    """An app from the text of function_app.py, with the header that every app has; other files by name, `_` for `.`."""
    contents: dict[str, Any] = {"host_json": {"version": "2.0"}, **files}
    root.mkdir(parents=True, exist_ok=True)
    (root / "function_app.py").write_text(HEADER + textwrap.dedent(source), "utf-8")
    for name, content in contents.items():
        text = content if isinstance(content, str) else json.dumps(content)
        stem, _, ending = name.rpartition("_")
        (root / f"{stem.replace('__', '.')}.{ending}").write_text(text, "utf-8")
    return root


class Answer(NamedTuple):
    """A response."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Host:
    """A host process of an app."""

    def __init__(self, root: Path, *options: str, environ: Mapping[str, str] | None = None) -> None:
        self.root = root
        self.lines: list[dict[str, Any]] = []
        self.other: list[str] = []
        self._changed = threading.Condition()
        self._done = False
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pystein_lsp", "start", str(root), "--port", "0", "--json", *options],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
            encoding="utf-8", env={**CLEAN, **(environ or {})},
        )  # fmt: skip
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        self.port = 0

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._changed:
                try:
                    self.lines.append(json.loads(line))
                except ValueError:
                    self.other.append(line)
                self._changed.notify_all()
        with self._changed:
            self._done = True
            self._changed.notify_all()

    def ready(self) -> Host:
        """Wait until it serves."""
        url = self.wait("ready")["url"]
        self.port = int(url.rpartition(":")[2])
        return self

    def wait(self, event: str, accept: Callable[[dict[str, Any]], bool] = lambda _: True, count: int = 1) -> Any:
        """The first printed line of a kind that is wanted, or the `count`-th."""

        def found() -> list[dict[str, Any]]:
            return [line for line in self.lines if line.get("event") == event and accept(line)]

        with self._changed:
            self._changed.wait_for(lambda: len(found()) >= count or self._done, SECONDS)
            matching = found()
        assert len(matching) >= count, f"no {event!r} among {self.lines} {self.other}"
        return matching[count - 1]

    def log(self, message: str, count: int = 1) -> dict[str, Any]:
        """Wait for a record of the app."""
        return self.wait("log", lambda line: message in line["message"], count)  # type: ignore[no-any-return]

    def invocation(self, function: str, count: int = 1) -> dict[str, Any]:
        """Wait for the end of an invocation."""
        return self.wait("invocation", lambda line: line["function"] == function, count)  # type: ignore[no-any-return]

    def request(
        self, method: str, path: str, body: bytes | str | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.request("GET", path, headers=headers)

    def post(self, path: str, body: bytes | str | Any = b"", **headers: str) -> Answer:
        if not isinstance(body, bytes | str):
            body, headers = json.dumps(body), {"content-type": "application/json", **headers}
        return self.request("POST", path, body, headers)

    def invoke(self, function: str, **given: Any) -> Any:
        """Run a function as `invoke` and the editor do."""
        return self.post("/admin/pystein/invoke", {"function": function, **given}).json

    def worker(self) -> int:
        """The process that runs the app's code."""
        return int(self.get("/admin/host/status").json["workerProcessId"])

    def stop(self) -> int:
        """End it in order; gives the exit status."""
        if self.process.poll() is None and sys.platform == "win32":
            self.post("/admin/pystein/stop")
        elif self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(SECONDS)
        self._thread.join(SECONDS)
        return status

    def kill(self) -> None:
        """`kill -9`."""
        self.process.kill()
        self.process.wait(SECONDS)

    def close(self) -> None:
        """End it however it is, and leave nothing open."""
        self.kill()
        self._thread.join(SECONDS)
        assert self.process.stdout is not None
        self.process.stdout.close()


class Ran(NamedTuple):
    """A command that has ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run(*arguments: str, cwd: Path | None = None, stdin: str = "", environ: Mapping[str, str] | None = None) -> Ran:
    """Run `pystein-lsp` with arguments."""
    done = subprocess.run(
        [sys.executable, "-m", "pystein_lsp", *arguments], cwd=cwd, input=stdin, capture_output=True, text=True,
        encoding="utf-8", timeout=SECONDS, env={**CLEAN, **(environ or {})}, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def invoke(root: Path, *arguments: str, **options: Any) -> Ran:
    """Run `pystein-lsp invoke` for an app."""
    return run("invoke", *arguments, "--app", str(root), "--output-format", "json", **options)
