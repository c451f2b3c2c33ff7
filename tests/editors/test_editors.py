"""Real editors without a screen: what their users see of an app with one mistake, until it is mended and run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
APP = """\
import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="hello")
def hello(req: func.HttpRequest) -> str:
    return "hello you"


@app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
def take(message: func.QueueMessage) -> None: ...
"""
HOST = '{"version": "2.0", "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.0.0, 5.0.0)"}}'


def seen(command: list[str], workspace: Path) -> list[list[str]]:
    """What an editor's session says, line by line."""
    (workspace / "function_app.py").write_text(APP, "utf-8")
    (workspace / "host.json").write_text(HOST, "utf-8")
    (workspace / "requirements.txt").write_text("azure-functions\n", "utf-8")
    environment = {**os.environ, "PYSTEIN_COMMAND": sys.executable, "PYSTEIN_WORKSPACE": str(workspace)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return [line.split("\t") for line in done.stdout.splitlines()]


@pytest.mark.skipif(not shutil.which("nvim"), reason="Neovim is not installed")
def test_neovim(tmp_path: Path) -> None:
    lines = seen(["nvim", "--clean", "--headless", "-S", str(HERE / "neovim/session.lua")], tmp_path)
    assert ["diagnostic", "pystein", "arg-name-mismatch", "11"] in lines
    assert [line[1] for line in lines if line[0] == "lens"] == [
        "▶ Run hello",
        "Debug",
        "Edit event",
        "any method /api/hello",
        "▶ Run take",
        "Debug",
        "Edit event",
    ]
    assert {"data_type="} <= {line[1] for line in lines if line[0] == "completion"}
    assert ["hover", "markdown"] in lines
    assert ["completed", "@app.timer_trigger"] in lines
    assert lines[-5:] == [
        ["fix", "Bind it to the parameter message"],
        ["mended"],
        ["run", "succeeded", "hello you"],
        ["message", "hello: 200"],
        ["stopped"],
    ]


@pytest.mark.skipif(not shutil.which("emacs"), reason="Emacs is not installed")
def test_emacs_with_eglot(tmp_path: Path) -> None:
    lines = seen(["emacs", "-Q", "--batch", "-l", str(HERE / "emacs/session.el")], tmp_path)
    assert ["connected", "pystein-lsp"] in lines
    assert ["diagnostic", "11"] in lines
    assert ["completion", "data_type="] in lines
    assert ["action", "▶ Run hello"] in lines
    assert ["completed", "@app.timer_trigger"] in lines
    assert lines[-4:] == [
        ["fix", "Bind it to the parameter message"],
        ["mended"],
        ["run", "succeeded", "hello you"],
        ["stopped"],
    ]


@pytest.mark.skipif(
    not shutil.which("emacs") or not list(Path("/usr/share/emacs/site-lisp/elpa").glob("lsp-mode-*")),
    reason="Emacs or lsp-mode is not installed",
)
def test_emacs_with_lsp_mode(tmp_path: Path) -> None:
    lines = seen(["emacs", "-Q", "--batch", "-l", str(HERE / "emacs/lsp_mode.el")], tmp_path)
    assert ["connected", "pystein"] in lines
    assert ["diagnostic", "arg-name-mismatch", "11"] in lines
    assert ["lens", "▶ Run hello"] in lines
    assert lines[-4:] == [
        ["fix", "Bind it to the parameter message"],
        ["mended"],
        ["run", "succeeded", "hello you"],
        ["stopped"],
    ]
