"""The command line as a user has it: a process of its own, started in a folder."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

HEAD = "import azure.functions as func\n\napp = func.FunctionApp()\n\n\n"
GOOD = HEAD + '@app.route(route="hello")\ndef hello(req: func.HttpRequest) -> str:\n    return "hello"\n'
BAD = HEAD + '@app.route(route="hello")\ndef hello(request: func.HttpRequest) -> str:\n    return "hello"\n'
"""One error: the parameter has another name than the binding."""

TIMEOUT = 120
CACHE = str(Path(tempfile.gettempdir()) / f"pystein-lsp-tests-cache-{os.getpid()}")
BYTE_CODE = str(Path(tempfile.gettempdir()) / f"pystein-lsp-tests-{os.getpid()}")


class Result(NamedTuple):
    """What a process left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def codes(self) -> list[str]:
        """The rules of the diagnostics of the JSON format."""
        return [each["code"] for each in self.json["diagnostics"]]


Cli = Callable[..., Result]
Write = Callable[..., Path]


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "pystein_lsp", *map(str, arguments)]


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Ours without what would colour the output or answer for settings; byte code is kept, which halves each start."""
    hidden = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONIOENCODING", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if name not in hidden and "AZURE" not in name.upper()}
    cache = {"XDG_CACHE_HOME": CACHE, "LOCALAPPDATA": CACHE}
    return {**kept, **cache, "PYTHONPYCACHEPREFIX": BYTE_CODE, **(extra or {})}


@pytest.fixture(scope="session", autouse=True)
def byte_code() -> Iterator[None]:
    """What the processes of a session compile, kept for as long as it lasts."""
    yield
    shutil.rmtree(BYTE_CODE, ignore_errors=True)
    shutil.rmtree(CACHE, ignore_errors=True)


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """Run `pystein-lsp` in the test's folder."""

    def run(
        *arguments: str | Path,
        cwd: Path = tmp_path,
        env: Mapping[str, str] | None = None,
        stdin: bytes | None = None,
    ) -> Result:
        done = subprocess.run(
            command(*arguments),
            check=False,
            cwd=cwd,
            env=environment(env),
            input=stdin,
            capture_output=True,
            timeout=TIMEOUT,
        )
        result = Result(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
        assert "Traceback" not in result.err
        assert "fault of ours" not in result.err
        return result

    return run


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files below the test's folder; gives the folder."""

    def put(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(textwrap.dedent(content).encode() if isinstance(content, str) else content)
        return tmp_path

    return put


def give_up_privileges() -> None:
    """Root reads everything; without two capabilities it is bound by modes like anybody else."""
    drop_from_bounding_set, override, read_search = 24, 1, 2
    libc = ctypes.CDLL(None)
    for capability in (override, read_search):
        libc.prctl(drop_from_bounding_set, capability)


def unprivileged(*arguments: str, cwd: Path, env: Mapping[str, str] | None = None) -> Result:
    """Run as somebody whom permissions bind."""
    if not hasattr(os, "getuid"):
        pytest.skip("no modes of files here")
    if os.getuid() == 0 and sys.platform != "linux":
        pytest.skip("root ignores modes")
    prepare = give_up_privileges if os.getuid() == 0 else None
    done = subprocess.run(
        command(*arguments),
        check=False,
        cwd=cwd,
        env=environment(env),
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        preexec_fn=prepare,
    )
    assert "Traceback" not in done.stderr
    return Result(done.returncode, done.stdout, done.stderr)
