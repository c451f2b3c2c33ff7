"""`init`: a new app that checks clean and runs."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Cli, Write, unprivileged


def test_the_new_app_is_clean(cli: Cli, tmp_path: Path) -> None:
    made = cli("init", "shop/orders")
    assert (made.status, made.err) == (0, "")
    assert "pystein-lsp start shop/orders" in made.out
    names = {path.name for path in (tmp_path / "shop" / "orders").iterdir()}
    assert names == {
        "function_app.py",
        "host.json",
        "local.settings.json",
        "requirements.txt",
        ".funcignore",
        ".gitignore",
        "tests",
    }
    result = cli("--check", "--error-on-warning", "--output-format", "json", "shop")
    assert (result.status, result.codes) == (0, [])
    assert result.json["apps"][0]["indexes"] is True


def test_the_new_app_runs(cli: Cli, tmp_path: Path) -> None:
    cli("init")
    query = ("--query", "name=Ada")
    ran = cli("invoke", "hello", "--app", tmp_path, *query, "--output-format", "json")
    assert (ran.status, ran.json["status"]) == (0, "succeeded"), ran.err
    assert "Hello, Ada!" in json.dumps(ran.json["return"])


def test_the_new_apps_tests_pass(cli: Cli, tmp_path: Path) -> None:
    cli("init")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:asyncio"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "1 passed" in ran.stdout, ran.stdout


def test_nothing_is_overwritten(cli: Cli, write: Write, tmp_path: Path) -> None:
    write({"host.json": "{}"})
    result = cli("init")
    assert (result.status, result.out) == (2, "")
    assert "there is host.json already; nothing was written" in result.err
    assert [path.name for path in tmp_path.iterdir()] == ["host.json"]


def test_where_nothing_can_be_written(cli: Cli, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    try:
        result = unprivileged("init", "closed/app", cwd=tmp_path)
    finally:
        closed.chmod(0o755)
        shutil.rmtree(closed)
    assert (result.status, result.out) == (2, "")
    assert "the app cannot be written: Permission denied" in result.err


def test_a_file_in_place_of_the_folder(cli: Cli, write: Write) -> None:
    write({"shop": "text"})
    result = cli("init", "shop")
    assert result.status == 2
    assert "the app cannot be written" in result.err
