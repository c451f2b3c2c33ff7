"""`start` on a terminal."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from host_driver import CLEAN, invoke, write_app

pty = pytest.importorskip("pty")

HELLO = """
@app.route(route="hello")
def hello(req: func.HttpRequest) -> str:
    return "hello"
"""


class Terminal:
    """A host on a terminal of its own."""

    def __init__(self, root: Path) -> None:
        self.ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pystein_lsp", "start", str(root), "--port", "0"],
            stdin=theirs, stdout=theirs, stderr=theirs, env={**CLEAN, "TERM": "xterm"},
        )  # fmt: skip
        os.close(theirs)
        self.seen = ""

    def until(self, text: str) -> str:
        """Read until a text has come; gives all since the last call."""
        while text not in self.seen:
            try:
                self.seen += os.read(self.ours, 65536).decode()
            except OSError as error:  # noqa: PERF203 - the terminal has gone
                raise AssertionError(self.seen) from error
        before, _, self.seen = self.seen.partition(text)
        return before + text

    def press(self, key: str) -> None:
        os.write(self.ours, key.encode())


def test_keys_and_colours(tmp_path: Path) -> None:
    terminal = Terminal(write_app(tmp_path, HELLO))
    said = terminal.until("q: quit)")
    assert "\x1b[36mhello\x1b[0m" in said
    terminal.press("r")
    said = terminal.until("Reloaded in").splitlines()
    matchers = json.loads((Path(__file__).parents[3] / "package.json").read_text("utf-8"))["contributes"][
        "problemMatchers"
    ]
    for begins in [each["background"]["beginsPattern"] for each in matchers if "background" in each]:
        assert any(re.search(begins, line) for line in said), begins
    terminal.press("q")
    assert terminal.process.wait(60) == 0
    os.close(terminal.ours)


def test_a_broken_app_waits_for_its_mend(tmp_path: Path) -> None:
    terminal = Terminal(write_app(tmp_path, "import no_such_package\n"))
    terminal.until("No functions are loaded.")
    write_app(tmp_path, HELLO)
    terminal.until("Reloaded in")
    terminal.press("q")
    assert terminal.process.wait(60) == 0
    os.close(terminal.ours)


def test_ctrl_c(tmp_path: Path) -> None:
    terminal = Terminal(write_app(tmp_path, HELLO))
    terminal.until("q: quit)")
    terminal.process.send_signal(2)
    assert terminal.process.wait(60) == 0
    os.close(terminal.ours)


def test_an_mcp_endpoint_that_offers_nothing_is_not_shown(tmp_path: Path) -> None:
    tool = '@app.mcp_resource_trigger(arg_name="c", uri="{}", resource_name="r")\ndef r(c: str) -> str:\n    return c\n'
    for uri, shown in (("docs://a", True), ("docs://{a", False)):
        terminal = Terminal(write_app(tmp_path / str(shown), tool.format(uri)))
        assert ("MCP server endpoint" in terminal.until("q: quit)")) is shown
        terminal.press("q")
        assert terminal.process.wait(60) == 0
        os.close(terminal.ours)


def test_invoke_of_a_host_without_functions(tmp_path: Path) -> None:
    terminal = Terminal(write_app(tmp_path, "import no_such_package\n"))
    terminal.until("No functions are loaded.")
    done = invoke(tmp_path, "hello")
    assert done.status == 1
    assert done.json["error"]["type"] == "ModuleNotFoundError"
    terminal.press("q")
    assert terminal.process.wait(60) == 0
    os.close(terminal.ours)
