"""Shell completion and the manual page know every command and option."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pystein_lsp.cli.main import COMMANDS
from tests.cli.conftest import Cli


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["pystein-lsp", ""], set(COMMANDS)),
        (["pystein-lsp", "check", "--no"], {"--no-cache"}),
        (["pystein-lsp", "completion", "z"], {"zsh"}),
        (["pystein-lsp", "--st"], {"--stdio"}),
    ],
)
def test_bash_completes(cli: Cli, tmp_path: Path, words: list[str], offered: set[str]) -> None:
    script = tmp_path / "completion.bash"
    script.write_text(cli("completion", "bash").out, "utf-8")
    asked = " ".join(f'"{word}"' for word in words)
    program = (
        f'source "{script}"; COMP_WORDS=({asked}); COMP_CWORD={len(words) - 1};'
        ' $(complete -p pystein-lsp | sed "s/.*-F \\([^ ]*\\).*/\\1/"); printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=True)
    assert offered <= {line.strip() for line in done.stdout.split("\n")}


@pytest.mark.parametrize("shell", ["zsh", "tcsh"])
def test_other_shells_have_a_script(cli: Cli, shell: str) -> None:
    text = cli("completion", shell).out
    assert all(name in text for name in COMMANDS)


def test_an_unknown_shell(cli: Cli) -> None:
    done = cli("completion", "cmd")
    assert done.status == 2
    assert "bash" in done.err


def test_the_manual_names_every_command_and_option() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pystein_lsp.cli.manual"], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout.startswith(".TH PYSTEIN")
    assert all(name in done.stdout for name in COMMANDS)
    assert "\\-\\-no\\-cache" in done.stdout
