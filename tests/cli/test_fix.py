"""`--fix`, `--unsafe-fixes`, `--diff`: what is written, what is left alone, and in which form."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import BAD, GOOD, HEAD, Cli, Write, unprivileged

SAFE = HEAD + '@app.route(route="hello", methods="GET")\ndef hello(req: func.HttpRequest) -> str:\n    return "hello"\n'
SAFE_FIXED = SAFE.replace('methods="GET"', 'methods=["GET"]')
UNSAFE = HEAD + '@app.timer_trigger(arg_name="t", schedule="0 0 2 ? * *")\ndef nightly(t: func.TimerRequest): ...\n'
UNSAFE_FIXED = UNSAFE.replace("?", "*")


def test_safe_fixes(cli: Cli, write: Write, tmp_path: Path) -> None:
    write({"function_app.py": SAFE + UNSAFE.removeprefix(HEAD)})
    result = cli("--check", "--fix", "--output-format", "json")
    assert result.codes == ["invalid-cron"]
    assert (result.status, result.err) == (1, "pystein-lsp: made 1 fix in 1 file\n")
    assert (tmp_path / "function_app.py").read_text("utf-8") == SAFE_FIXED + UNSAFE.removeprefix(HEAD)


def test_unsafe_fixes(cli: Cli, write: Write, tmp_path: Path) -> None:
    write({"function_app.py": UNSAFE})
    result = cli("--check", "--fix", "--unsafe-fixes")
    assert result.status == 0
    assert (tmp_path / "function_app.py").read_text("utf-8") == UNSAFE_FIXED
    again = cli("--check", "--fix", "--unsafe-fixes")
    assert (again.status, again.err) == (0, "pystein-lsp: made 0 fixes in 0 files\n")


def test_the_summary_says_what_can_be_fixed(cli: Cli, write: Write) -> None:
    write({"function_app.py": SAFE + UNSAFE.removeprefix(HEAD)})
    last = "; 1 can be fixed with --fix, 1 more with --fix --unsafe-fixes"
    assert cli("--check").out.splitlines()[-1].endswith(last)
    write({"function_app.py": UNSAFE})
    assert cli("--check").out.splitlines()[-1].endswith("; 1 can be fixed with --fix --unsafe-fixes")
    write({"function_app.py": GOOD})
    assert "fix" not in cli("--check").out


def test_unsafe_fixes_alone_are_no_order(cli: Cli, write: Write) -> None:
    write({"function_app.py": UNSAFE})
    result = cli("--check", "--unsafe-fixes")
    assert (result.status, result.out) == (2, "")
    assert "--fix" in result.err


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (SAFE.encode("utf-8-sig"), SAFE_FIXED.encode("utf-8-sig")),
        (SAFE.replace("\n", "\r\n").encode(), SAFE_FIXED.replace("\n", "\r\n").encode()),
        (SAFE.replace("\n", "\r").encode(), SAFE_FIXED.replace("\n", "\r").encode()),
        (
            ("# coding: latin-1\n# über\n" + SAFE).encode("latin-1"),
            ("# coding: latin-1\n# über\n" + SAFE_FIXED).encode("latin-1"),
        ),
        (("# 😀\r\n" + SAFE).rstrip("\n").encode(), ("# 😀\r\n" + SAFE_FIXED).rstrip("\n").encode()),
    ],
    ids=["mark", "crlf", "cr", "latin-1", "mixed ends, no last one"],
)
def test_bytes_around_a_fix_stay(cli: Cli, write: Write, tmp_path: Path, before: bytes, after: bytes) -> None:
    write({"function_app.py": before})
    assert cli("--check", "--fix").status == 0
    assert (tmp_path / "function_app.py").read_bytes() == after


def test_modes_and_links_stay(cli: Cli, write: Write, tmp_path: Path) -> None:
    write({"shared/real.py": SAFE})
    real, link = tmp_path / "shared" / "real.py", tmp_path / "function_app.py"
    real.chmod(0o755)
    try:
        link.symlink_to(real)
    except OSError:
        pytest.skip("no symbolic links here")
    assert cli("--check", "--fix", ".").status == 0
    assert link.is_symlink()
    assert real.read_text("utf-8") == SAFE_FIXED
    assert stat.S_IMODE(real.stat().st_mode) == 0o755


def test_what_cannot_be_decoded_is_left_alone(cli: Cli, write: Write, tmp_path: Path) -> None:
    data = SAFE.encode() + b"x = '\xff'\n"
    write({"function_app.py": data})
    assert cli("--check", "--fix", "--unsafe-fixes").status == 1
    assert (tmp_path / "function_app.py").read_bytes() == data


def test_a_mended_syntax_error(cli: Cli, write: Write, tmp_path: Path) -> None:
    slip = HEAD + '@app.queue_trigger(arg_name="msg", queue_name="orders", connection=""Store"")\ndef take(msg): ...\n'
    write({"function_app.py": slip})
    result = cli("--check", "--fix", "--select", "syntax-error")
    assert result.status == 0
    assert (tmp_path / "function_app.py").read_text("utf-8") == slip.replace('""Store""', '"Store"')


def test_files_beside_the_code(cli: Cli, write: Write, tmp_path: Path) -> None:
    write({"function_app.py": GOOD, "host.json": '{\r\n  "version": "4.0"\r\n}\r\n'})
    assert cli("--check", "--fix").status == 0
    assert (tmp_path / "host.json").read_bytes() == b'{\r\n  "version": "2.0"\r\n}\r\n'


def test_selected_rules_only(cli: Cli, write: Write, tmp_path: Path) -> None:
    write({"function_app.py": SAFE, "host.json": '{"version": "4.0"}'})
    cli("--check", "--fix", "--select", "invalid-enum-value")
    assert (tmp_path / "function_app.py").read_text("utf-8") == SAFE_FIXED
    assert (tmp_path / "host.json").read_text("utf-8") == '{"version": "4.0"}'


def test_suppressed_findings_are_not_fixed(cli: Cli, write: Write, tmp_path: Path) -> None:
    kept = SAFE.replace('"GET")', '"GET")  # pystein: ignore[invalid-enum-value]')
    write({"function_app.py": kept})
    assert cli("--check", "--fix").status == 0
    assert (tmp_path / "function_app.py").read_text("utf-8") == kept


def test_diff(cli: Cli, write: Write, tmp_path: Path) -> None:
    write({"app/function_app.py": SAFE, "app/host.json": '{"version": "4.0"}'})
    result = cli("--check", "--diff", "app")
    assert (result.status, result.err) == (1, "pystein-lsp: --fix would make 2 fixes in 2 files\n")
    assert (tmp_path / "app" / "function_app.py").read_text("utf-8") == SAFE
    assert "--- app/function_app.py\n+++ app/function_app.py\n" in result.out
    assert '-@app.route(route="hello", methods="GET")\n+@app.route(route="hello", methods=["GET"])\n' in result.out
    assert '-{"version": "4.0"}\n\\ No newline at end of file\n' in result.out
    applied = subprocess.run(
        ["git", "apply", "-p0", "-"], cwd=tmp_path, input=result.out.encode(), capture_output=True, check=False
    )
    assert applied.stderr == b""
    assert (tmp_path / "app" / "function_app.py").read_text("utf-8") == SAFE_FIXED
    assert (tmp_path / "app" / "host.json").read_text("utf-8") == '{"version": "2.0"}'


def test_diff_of_nothing(cli: Cli, write: Write) -> None:
    write({"function_app.py": GOOD})
    result = cli("--check", "--diff")
    assert (result.status, result.out) == (0, "")


def test_a_file_that_must_not_be_written(write: Write, tmp_path: Path) -> None:
    write({"function_app.py": SAFE})
    (tmp_path / "function_app.py").chmod(0o444)
    result = unprivileged("--check", "--fix", cwd=tmp_path)
    assert (result.status, (tmp_path / "function_app.py").read_text("utf-8")) == (2, SAFE)
    assert "function_app.py: it cannot be written: Permission denied" in result.err


class TestStandardInput:
    """`--stdin-filename NAME -`: the text of an editor that has not saved."""

    def test_the_text_stands_in_for_the_file(self, cli: Cli, write: Write) -> None:
        write({"app/function_app.py": GOOD, "app/host.json": "{}"})
        options = ("--check", "--output-format", "json", "--stdin-filename", "app/function_app.py")
        result = cli(*options, "-", stdin=BAD.encode())
        assert result.status == 1
        assert "arg-name-mismatch" in result.codes
        assert {each["file"] for each in result.json["diagnostics"]} == {"app/function_app.py"}
        assert cli(*options, stdin=GOOD.encode()).codes == []

    def test_a_file_that_is_not_there_yet(self, cli: Cli, write: Write) -> None:
        write({"function_app.py": "from new import bp\n" + GOOD})
        name = ("--stdin-filename", "new.py", "-")
        result = cli("--check", "--output-format", "json", *name, stdin=b"x = (\n")
        assert result.codes == ["syntax-error"]
        new_app = cli(
            "--check", "--output-format", "json", "--stdin-filename", "a/function_app.py", "-", stdin=BAD.encode()
        )
        assert "arg-name-mismatch" in new_app.codes

    def test_a_file_of_no_app(self, cli: Cli, write: Write) -> None:
        write({"readme.txt": ""})
        result = cli("--check", "--stdin-filename", "script.py", "-", stdin=b"x = (\n")
        assert (result.status, result.out) == (0, "0 functions in 0 apps: nothing to report\n")

    def test_fixed_text_goes_to_standard_output(self, cli: Cli, write: Write, tmp_path: Path) -> None:
        write({"function_app.py": SAFE})
        text = SAFE.replace("\n", "\r\n")
        result = cli("--check", "--fix", "--stdin-filename", "function_app.py", "-", stdin=text.encode())
        assert result.status == 0
        assert result.out == SAFE_FIXED.replace("\n", "\r\n")
        assert "nothing to report" in result.err
        assert (tmp_path / "function_app.py").read_text("utf-8") == SAFE
        unchanged = cli("--check", "--fix", "--stdin-filename", "function_app.py", "-", stdin=GOOD.encode())
        assert unchanged.out == GOOD

    def test_diff(self, cli: Cli, write: Write) -> None:
        write({"function_app.py": GOOD})
        result = cli("--check", "--diff", "--stdin-filename", "function_app.py", "-", stdin=SAFE.encode())
        assert '+@app.route(route="hello", methods=["GET"])\n' in result.out

    @pytest.mark.parametrize("arguments", [["-"], ["--stdin-filename", "a.py", "b.py"], ["-", "a.py"]])
    def test_unusable(self, cli: Cli, write: Write, arguments: list[str]) -> None:
        write({"function_app.py": GOOD})
        result = cli("--check", *arguments, stdin=b"")
        assert (result.status, result.out) == (2, "")
        assert "--stdin-filename" in result.err
