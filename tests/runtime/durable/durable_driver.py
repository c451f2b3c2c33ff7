"""Durable apps on real hosts, driven over the webhooks."""

from __future__ import annotations

import json
import os
import signal
import textwrap
import time
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from host_driver import SECONDS, Answer, Host, write_app

HEADER = """
import azure.durable_functions as df
import datetime
import importlib.metadata
import json
import os
import pathlib
OLD = importlib.metadata.version("azure-functions-durable").startswith("1.")
app = df.DFApp(http_auth_level="ANONYMOUS")
"""
WEBHOOKS = "/runtime/webhooks/durabletask"
FINISHED = {"Completed", "Failed", "Terminated", "Canceled"}


class Line(NamedTuple):
    """A line of the durable package."""

    name: str
    """`1.x` or `2.x`."""
    python: Path

    @property
    def options(self) -> tuple[str, ...]:
        """How a host is started with it."""
        return "--python", str(self.python)


def write(root: Path, source: str, **files: Any) -> Path:
    """An app with the imports that every durable app has."""
    return write_app(root, HEADER + textwrap.dedent(source), **files)


class Hub(Host):
    """A host with a task hub."""

    def api(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """A request to the webhooks; the body becomes JSON."""
        text = None if body is None else json.dumps(body)
        headers = {"content-type": "application/json", **headers} if body is not None else headers
        return self.request(method, f"{WEBHOOKS}/{path}", text, headers)

    def begin(self, name: str, given: Any = None, id_: str | None = None) -> str:
        """Start an orchestration; gives its id."""
        answer = self.api("POST", f"orchestrators/{name}" + (f"/{quote(id_)}" if id_ else ""), given)
        assert answer.status == 202, answer.text
        return str(answer.json["id"])

    def status(self, id_: str, query: str = "") -> Any:
        return self.api("GET", f"instances/{quote(id_)}?{query}").json

    def until(self, id_: str, accept: Any, query: str = "") -> Any:
        """The status of an instance as soon as it is as it should be."""
        end = time.monotonic() + SECONDS
        while True:
            status = self.status(id_, query)
            if accept(status):
                return status
            assert time.monotonic() < end, f"{status} {self.lines[-20:]} {self.other}"
            time.sleep(0.005)

    def end(self, id_: str, query: str = "") -> Any:
        """The status of an instance when it has come to its end."""
        return self.until(id_, lambda status: status["runtimeStatus"] in FINISHED, query)

    def run(self, name: str, given: Any = None) -> Any:
        """Run an orchestration to its end; gives its status."""
        return self.end(self.begin(name, given))

    def output(self, name: str, given: Any = None) -> Any:
        """Run an orchestration to its end; gives its output."""
        status = self.run(name, given)
        assert status["runtimeStatus"] == "Completed", status
        return status["output"]

    def event(self, id_: str, name: str, data: Any) -> Answer:
        path = f"{WEBHOOKS}/instances/{quote(id_)}/raiseEvent/{name}"
        return self.request("POST", path, json.dumps(data), {"content-type": "application/json"})

    def kill_worker(self) -> None:
        """`kill -9` of the process that runs the app's code."""
        os.kill(self.worker(), signal.SIGKILL)
