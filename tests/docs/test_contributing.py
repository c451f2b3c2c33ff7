"""CONTRIBUTING.md, followed to the letter in a copy of the checkout: what the templates write passes what everything has to pass."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
COMMANDS = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
COPIED = ("server", "tests/rules", "tests/config", "tests/runtime", "docs", "client-vscode/schemas", "stubs")
TIMEOUT = 300


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkout")
    kept = shutil.ignore_patterns("__pycache__", ".pystein")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=kept)
    for name in ("pyproject.toml", "tests/__init__.py", "tests/conftest.py"):
        shutil.copy2(ROOT / name, folder / name)
    return folder


def modules(checkout: Path) -> dict[str, str]:
    return {str(path.relative_to(checkout)): path.read_text("utf-8") for path in checkout.rglob("*.py")}


def run(checkout: Path, *command: str) -> str:
    environ = {**os.environ, "PYTHONPATH": str(checkout / "server"), "MYPY_CACHE_DIR": str(ROOT / ".mypy_cache")}
    done = subprocess.run(
        command, check=False, cwd=checkout, env=environ, capture_output=True, encoding="utf-8", timeout=TIMEOUT
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("block", COMMANDS, ids=lambda block: block.split()[2])
def test_templates(checkout: Path, block: str) -> None:
    """The commands of a section, then what lint asks of what they have written."""
    before = modules(checkout)
    for line in block.splitlines():
        program, *arguments = line.split()
        assert program == ".venv/bin/python"
        run(checkout, sys.executable, *arguments)
    changed = [name for name, text in modules(checkout).items() if before.get(name) != text]
    assert len(changed) >= 3  # a module, its test and a table
    run(checkout, sys.executable, "-m", "ruff", "check", "--no-cache", *changed)
    run(checkout, sys.executable, "-m", "ruff", "format", "--no-cache", "--check", *changed)
    run(checkout, sys.executable, "-m", "mypy", *(name for name in changed if name.startswith("server")))


@pytest.mark.parametrize(
    ("module", "arguments", "said"),
    [
        ("pystein_lsp.rules.template", ["Bad Name"], "no name for a rule"),
        ("pystein_lsp.rules.template", ["invalid-cron"], "already"),
        ("pystein_lsp.rules.template", ["new-setting"], "already"),
        ("pystein_runtime.host.template", ["queue", "output"], "already"),
        ("pystein_runtime.host.template", ["pigeonTrigger", "input"], "end with Trigger"),
        ("pystein_runtime.host.template", ["a/b", "input"], "no type of a binding"),
    ],
)
def test_what_templates_refuse(module: str, arguments: list[str], said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], check=False, capture_output=True, encoding="utf-8", timeout=TIMEOUT
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
