"""Reports that are kept between runs over many apps: never other than what a new check would say."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import BAD, GOOD, HEAD, Cli, Result, Write, unprivileged

APPS = 10
HOST = '{"version": "2.0", "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"}}'
CRON = (
    HEAD
    + '@app.timer_trigger(arg_name="t", schedule="0 0 2 ? * *")  # pystein: ignore[invalid-cron]\ndef nightly(t): ...\n'
)
BUS = HEAD + '@app.queue_trigger(arg_name="m", queue_name="orders", connection="Bus")\ndef take(m): ...\n'

pytestmark = pytest.mark.skipif(sys.platform == "darwin", reason="the folder of caches cannot be moved there")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where this test's reports are kept."""
    return tmp_path / "cache"


@pytest.fixture
def check(cli: Cli, write: Write, kept: Path) -> Callable[..., Result]:
    """Check a tree with and without what is kept, and see that both say the same."""
    sources = [GOOD, BAD, CRON, BUS]
    write({f"apps/{number}/function_app.py": sources[number % 4] for number in range(APPS)})
    write({f"apps/{number}/host.json": HOST for number in range(APPS)})
    settings = '{"IsEncrypted": false, "Values": {"FUNCTIONS_WORKER_RUNTIME": "python"}}'
    write({f"apps/{number}/local.settings.json": settings for number in range(3, APPS, 4)})

    def run(*options: str, output_format: str = "json", env: dict[str, str] | None = None) -> Result:
        there = {"XDG_CACHE_HOME": str(kept), "LOCALAPPDATA": str(kept), **(env or {})}
        arguments = ("--check", "apps", "--output-format", output_format, *options)
        with_kept = cli(*arguments, env=there)
        assert with_kept == cli(*arguments, "--no-cache", env=there)
        return with_kept

    return run


def reports(kept: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in kept.rglob("*.json")}


def test_a_second_run_looks_at_nothing(check: Callable[..., Result], kept: Path) -> None:
    first = check()
    made = reports(kept)
    assert len(made) == APPS
    assert check() == first
    assert reports(kept) == made


@pytest.mark.parametrize("output_format", ["full", "concise", "sarif", "github", "gitlab", "junit"])
def test_every_format(check: Callable[..., Result], output_format: str) -> None:
    check()
    check(output_format=output_format)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("0/function_app.py", BAD),
        ("0/function_app.py", GOOD.replace('"hello")\n', '"hallo")\n', 1)),  # of the same size
        ("0/other.py", "x = (\n"),
        ("0/package/deep/inner.py", "x = (\n"),
        ("0/host.json", '{"version": "4.0"}'),
        ("3/local.settings.json", '{"IsEncrypted": false, "Values": {"Bus": "x"}}'),
        ("0/requirements.txt", "azure-functions==1.17.0\n"),
        ("0/Old/function.json", '{"bindings": []}'),
        ("pystein-lsp.toml", 'ignore = ["invalid-cron", "arg-name-mismatch"]'),
        ("3/pyproject.toml", '[tool.pystein-lsp]\nsettings = ["Bus"]\n'),
        ("pystein-lsp.toml", 'severity = {"*" = "hint"}'),
        ("pystein-lsp.toml", 'per-file-ignores = {"function_app.py" = ["*"]}'),
    ],
)
def test_changes_are_seen(check: Callable[..., Result], tmp_path: Path, name: str, content: str) -> None:
    check()
    path = tmp_path / "apps" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    check()
    path.unlink()
    if not name.endswith("function_app.py"):
        check()


def test_settings_of_the_environment_and_of_a_file_are_seen(check: Callable[..., Result], tmp_path: Path) -> None:
    assert "missing-connection-setting" in check().codes
    assert "missing-connection-setting" not in check(env={"Bus": "x"}).codes
    settings = tmp_path / "ci.json"
    settings.write_text('{"Values": {"Other": "x"}}', "utf-8")
    assert "missing-connection-setting" in check("--settings", str(settings)).codes
    settings.write_text('{"Values": {"Bus": "hunter2"}}', "utf-8")
    assert "missing-connection-setting" not in check("--settings", str(settings)).codes
    assert not any("hunter2" in path.read_text("utf-8") for path in (tmp_path / "cache").rglob("*.json"))


def test_options_are_seen(check: Callable[..., Result]) -> None:
    for options in ([], ["--select", "invalid-*"], ["--ignore", "arg-name-mismatch"], ["--error-on-warning"]):
        check(*options)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff\x00", b"[" * 100_000, None])
def test_a_corrupt_cache(check: Callable[..., Result], kept: Path, content: bytes | None) -> None:
    first = check()
    for path in kept.rglob("*.json"):
        entry = json.loads(path.read_text("utf-8"))
        broken = json.dumps({**entry, "report": entry["report"][:3]}).encode() if content is None else content
        path.write_bytes(broken)
    assert check() == first
    assert check() == first


def test_a_cache_that_cannot_be_written(check: Callable[..., Result], kept: Path) -> None:
    kept.write_text("a file in its place")
    check()


def test_a_cache_without_permission(check: Callable[..., Result], kept: Path, tmp_path: Path) -> None:
    check()
    folder = kept / "pystein-lsp" / "reports"
    folder.chmod(0)
    try:
        assert unprivileged("--check", "apps", cwd=tmp_path, env={"XDG_CACHE_HOME": str(kept)}).status == 1
    finally:
        folder.chmod(0o700)


def test_fixing_does_not_use_it(check: Callable[..., Result], cli: Cli, write: Write, kept: Path) -> None:
    write({"apps/0/function_app.py": GOOD.replace('"hello")\n', '"hello", methods="GET")\n', 1)})
    check()
    env = {"XDG_CACHE_HOME": str(kept), "LOCALAPPDATA": str(kept)}
    assert "made 1 fix" in cli("--check", "apps", "--fix", env=env).err
    check()


def test_what_is_old_is_thrown_away(check: Callable[..., Result], kept: Path, tmp_path: Path) -> None:
    check()
    [first, *_] = kept.rglob("*.json")
    os.utime(first, (0, 0))
    (tmp_path / "apps" / "0" / "function_app.py").write_text(BAD, "utf-8")
    gone = first.read_text("utf-8")
    check()
    assert not first.exists() or first.read_text("utf-8") != gone


def test_few_apps_are_not_kept(cli: Cli, write: Write, kept: Path) -> None:
    write({"function_app.py": GOOD})
    assert cli("--check", env={"XDG_CACHE_HOME": str(kept), "LOCALAPPDATA": str(kept)}).status == 0
    assert reports(kept) == {}
