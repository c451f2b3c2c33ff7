"""Shell completion and the manual page know every command and option."""

from __future__ import annotations

import contextlib
import os
import re
import select
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pystein_lsp.cli.main import COMMANDS
from pystein_lsp.cli.manual import page
from pystein_lsp.cli.whole import commands, described, whole_parser
from tests.cli.conftest import Cli

PAGE = Path(__file__).parents[2] / "docs" / "pystein-lsp.1"
SECONDS = 60.0
FORGET_THE_LINE = "\x15"  # Ctrl-U


TYPED = [
    ("pystein-lsp chec", "check"),
    ("pystein-lsp check --no-c", "--no-cache"),
    ("pystein-lsp --check --error", "--error-on-warning"),
    ("pystein-lsp check --output-format sar", "sarif"),
    ("pystein-lsp check function_", "function_app.py"),
    ("pystein-lsp explain cron-nev", "cron-never-fires"),
    ("pystein-lsp start exam", "examples/"),
    ("pystein-lsp completion zs", "zsh"),
    ("pystein-lsp --std", "--stdio"),
]
SET_UP = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source ./_pystein-lsp"),
    "zsh": (["zsh", "-f", "-i"], "fpath=($PWD $fpath); autoload -U compinit; compinit -u -D"),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to complete names from."""
    folder = tmp_path_factory.mktemp("completion")
    (folder / "examples").mkdir()
    (folder / "function_app.py").touch()
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="there are no terminals of this kind")
@pytest.mark.parametrize("shell", SET_UP)
def test_a_terminal_completes(cli: Cli, place: Path, shell: str) -> None:
    """What somebody sees who types a beginning and the tabulator."""
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell}")
    (place / "_pystein-lsp").write_text(cli("completion", shell).out, "utf-8")
    command, prepare = SET_UP[shell]
    with terminal(command, place) as (read_until, write):
        write(f"PS1='ready''> '; {prepare}; echo prep''ared\n")
        read_until("prepared")
        read_until("ready> ")
        for typed, completed in TYPED:
            write(f"{typed}\t")
            read_until(f"{typed.rpartition(' ')[0]} {completed}")
            write(FORGET_THE_LINE)


@contextlib.contextmanager
def terminal(command: list[str], folder: Path) -> Iterator[tuple[Callable[[str], None], Callable[[str], None]]]:
    """A shell in a terminal: what waits for a text, and what types one."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, start_new_session=True,
        env={**os.environ, "TERM": "dumb", "HOME": str(folder), "COLUMNS": "300"},
    )  # fmt: skip
    os.close(theirs)
    seen = ""

    def read_until(text: str) -> None:
        nonlocal seen
        while text not in seen:
            assert select.select([ours], [], [], SECONDS)[0], f"no {text!r} in {seen!r}"
            seen += os.read(ours, 65536).decode("utf-8", "replace").replace("\r", "")
        seen = seen.partition(text)[2]

    try:
        yield read_until, lambda text: (os.write(ours, text.encode()), None)[1]
    finally:
        process.kill()
        process.wait()
        os.close(ours)


@pytest.mark.skipif(shutil.which("fish") is None, reason="there is no fish")
def test_fish_completes(cli: Cli, place: Path) -> None:
    (place / "script").write_text(cli("completion", "fish").out, "utf-8")
    for typed, completed in TYPED:
        program = f"source script; complete -C '{typed}'"
        done = subprocess.run(["fish", "-c", program], cwd=place, capture_output=True, text=True, check=True)
        assert [line.partition("\t")[0] for line in done.stdout.splitlines()] == [completed]


def test_tcsh_has_a_script(cli: Cli) -> None:
    text = cli("completion", "tcsh").out
    assert all(name in text for name in COMMANDS)


def test_an_unknown_shell(cli: Cli) -> None:
    done = cli("completion", "cmd")
    assert done.status == 2
    assert "bash" in done.err


def test_the_manual_names_every_command_and_option() -> None:
    """The page is generated; `make generate` writes it anew."""
    written = PAGE.read_text("utf-8")
    assert written == page()
    options = {name for _, command in commands(whole_parser()) for each in described(command) for name in each.names}
    for name in (*COMMANDS, *options - {"-h"}):
        assert name.replace("-", "\\-") in written


@pytest.mark.skipif(shutil.which("man") is None, reason="there is no man")
def test_man_shows_the_manual() -> None:
    environ = {**os.environ, "MANWIDTH": "100", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["man", "--warnings", "-l", str(PAGE)],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stderr == ""
    assert "pystein-lsp check [OPTIONS] [PATH ...]" in done.stdout
    assert re.search(r"^ +--error-on-warning\n +Exit with 1 for warnings too\.$", done.stdout, re.MULTILINE)
