"""Anything that can stand in a repository: a clear message, the documented exit status, never a traceback, never a hang."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

from tests.cli.conftest import BAD, GOOD, HEAD, TIMEOUT, Cli, Result, Write, command, environment, unprivileged

MANY = "".join(f"def helper_{number}(x):\n    return x\n\n\n" for number in range(25_000))
FIVE_MEGABYTES = "".join(f"NUMBER_{number} = {{'key': 'some text', 'other': [1, 2, 3]}}\n" for number in range(90_000))


def check(cli: Cli, write: Write, content: str | bytes, *options: str) -> Result:
    """Check an app of one file beside a good one, which must be seen whatever the other holds."""
    write({"bad/function_app.py": content, "good/function_app.py": GOOD, "good/host.json": '{"version": "2.0"}'})
    result = cli("--check", "--output-format", "json", "--select", "syntax-error,arg-name-mismatch", *options)
    assert [app["root"] for app in result.json["apps"]] == ["bad", "good"]
    assert result.json["apps"][1]["indexes"] is True
    return result


def messages(result: Result) -> list[str]:
    return [f"{each['line']}:{each['column']} {each['message']}" for each in result.json["diagnostics"]]


def test_empty_file(cli: Cli, write: Write) -> None:
    result = check(cli, write, b"")
    assert (result.status, result.codes, result.json["apps"][0]["functions"]) == (0, [], [])


@pytest.mark.parametrize(
    ("content", "place", "says"),
    [
        (bytes(range(256)) * 40, "2:118", "byte 0x80 is not utf-8"),
        (GOOD.encode("utf-16"), "1:1", "UTF-16"),
        (GOOD.encode("utf-16-be").join([b"\xfe\xff", b""]), "1:1", "UTF-16"),
        (GOOD.encode() + b"x = '\0'\n", "9:6", "null byte"),
        (GOOD.encode() + "name = 'é'\n".encode("latin-1"), "9:9", "byte 0xe9 is not utf-8"),
        (b"# coding: klingon\n" + GOOD.encode(), "1:1", "unknown encoding 'klingon'"),
        (b"# coding: hex\n" + GOOD.encode(), "1:1", "encoding 'hex'"),
        (b"# coding: undefined\n" + GOOD.encode(), "1:1", "encoding 'undefined'"),
    ],
    ids=["binary", "utf-16-le", "utf-16-be", "nul", "latin-1", "unknown cookie", "no text codec", "failing codec"],
)
def test_undecodable(cli: Cli, write: Write, content: bytes, place: str, says: str) -> None:
    result = check(cli, write, content)
    [message] = messages(result)
    assert result.status == 1
    assert message.startswith(place + " ")
    assert says in message


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbf" + BAD.encode(), BAD.replace("\n", "\r\n").encode(), BAD.replace("\n", "\r").encode()],
    ids=["bom", "crlf", "cr"],
)
def test_marks_and_line_ends_do_not_move_places(cli: Cli, write: Write, content: bytes) -> None:
    [message] = messages(check(cli, write, content))
    assert message.startswith("6:6 the route binding")


def test_cookie(cli: Cli, write: Write) -> None:
    result = check(cli, write, ("# -*- coding: latin-1 -*-\n" + GOOD + "name = 'é'\n").encode("latin-1"))
    assert (result.status, result.codes) == (0, [])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x = " + "(" * 10_000 + ")" * 10_000, 4),
        ("x = " + "[" * 10_000, 4),
        ("x = " + "-" * 100_000 + "1", 4),
        ("x = 1" + "+1" * 100_000, 4),
        ("x = a" + ".b" * 100_000, 4),
        ("x = f" + "()" * 100_000, 4),
        ("if a: pass\n" + "elif b: pass\n" * 20_000, 4),
        ("".join(" " * depth + "if 1:\n" for depth in range(500)) + " " * 500 + "x = 1", 4),
        ("@app.route(" + "[" * 10_000 + "\ndef f(req): ...", 4),
        ("\\\n" * 5_000 + "(", 4),
        ("x = (\n" * 5_000, 4),
        ("class A:\n" * 2_000, 4),
        ("if 1:\n  x\n y\n" * 1_000, 4),
        ("x = '''\n" * 5_001, 4),
    ],
    ids=[
        "brackets", "open brackets", "unary", "sum", "attributes", "calls", "elif", "indents", "decorator", "backslashes",
        "open parentheses", "bare classes", "dedents", "open strings",
    ],
)  # fmt: skip
def test_deep_and_broken(cli: Cli, write: Write, text: str, line: int) -> None:
    result = check(cli, write, f"import azure.functions as func\napp = func.FunctionApp()\n\n{text}\n")
    assert result.json["apps"][0]["indexes"] is not True
    assert all(each["line"] >= line for each in result.json["diagnostics"])


@pytest.mark.parametrize("content", [HEAD + MANY, HEAD + FIVE_MEGABYTES], ids=["100,000 lines", "5 MB"])
def test_large_files(cli: Cli, write: Write, content: str) -> None:
    result = check(cli, write, content + BAD.removeprefix(HEAD))
    [message] = messages(result)
    assert message.startswith(f"{content.count(chr(10)) + 1}:6 the route binding")


def test_a_long_line(cli: Cli, write: Write) -> None:
    write({"function_app.py": BAD.replace("(request", "(" + ", ".join(f"p{number}=0" for number in range(50_000)))})
    result = cli("--check")
    assert result.status == 1
    assert max(len(line) for line in result.out.splitlines() if " | " in line) < 300


def test_control_characters_are_not_sent_to_the_terminal(cli: Cli, write: Write) -> None:
    write({"function_app.py": HEAD + '@app.route(\x1b[31m"\x07")\ndef hello(req): ...\n', "a\x1b[1mb.py": "x = (\n"})
    result = cli("--check", "--output-format", "full")
    assert result.status == 1
    assert "\x1b" not in result.out
    assert "\x07" not in result.out


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("host.json", b'{"version": '),
        ("host.json", b""),
        ("host.json", b"[" * 100_000),
        ("host.json", bytes(range(256))),
        ("local.settings.json", b'{"Values": {"a": }'),
        ("local.settings.json", b"\xff\xfe\x00"),
    ],
)
def test_broken_json(cli: Cli, write: Write, name: str, content: bytes) -> None:
    code, status = ("invalid-host-json", 1) if name == "host.json" else ("invalid-local-settings", 0)
    write({"function_app.py": GOOD, name: content})
    result = cli("--check", "--output-format", "json", "--select", code)
    assert result.status == status
    assert set(result.codes) == {code}
    assert result.json["diagnostics"][0]["file"] == name
    assert "\x01" not in cli("--check", "--select", code).out


def test_links_to_themselves(cli: Cli, write: Write, tmp_path: Path) -> None:
    write({"function_app.py": GOOD})
    try:
        for name, target in {
            "loop": ".",
            "self": "self",
            "host.json": "host.json",
            "a.py": "b.py",
            "b.py": "a.py",
        }.items():
            (tmp_path / name).symlink_to(target)
    except OSError:
        pytest.skip("no symbolic links here")
    result = cli("--check", "--output-format", "json")
    assert len(result.json["apps"]) == 1
    assert "host.json: cannot be read" in result.err
    assert result.json["apps"][0]["functions"][0]["name"] == "hello"


def test_what_is_no_file(cli: Cli, write: Write, tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    os.mkfifo(tmp_path / "function_app.py")
    write({"folder.py/readme.txt": "", "good/function_app.py": GOOD})
    result = cli("--check", "--output-format", "json", "--select", "syntax-error")
    assert [each["message"] for each in result.json["diagnostics"]] == [
        "this file cannot be read: it is no regular file"
    ]


def test_files_and_folders_without_permission(write: Write, tmp_path: Path) -> None:
    write(
        {"function_app.py": GOOD, "secret.py": "", "inner/x.py": "", "host.json": "{}", "locked/function_app.py": GOOD}
    )
    closed = [tmp_path / name for name in ("secret.py", "host.json", "locked")]
    for path in closed:
        path.chmod(0)
    try:
        result = unprivileged("--check", "--output-format", "json", "--select", "syntax-error", cwd=tmp_path)
        alone = unprivileged("--check", "locked", cwd=tmp_path)
    finally:
        for path in closed:
            path.chmod(0o755)
    assert result.status == 1
    [found] = result.json["diagnostics"]
    assert (found["file"], found["message"]) == ("secret.py", "this file cannot be read: Permission denied")
    assert "host.json: cannot be read and was not checked: Permission denied" in result.err
    assert "locked: cannot be read and was not checked: Permission denied" in result.err
    assert (alone.status, alone.out) == (2, "")
    assert "locked: this folder cannot be read: Permission denied" in alone.err


def test_names_that_are_no_text(cli: Cli, write: Write, tmp_path: Path) -> None:
    write({"function_app.py": GOOD})
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.py")).write_text("x = (\n")
    except OSError:
        pytest.skip("this file system takes text only")
    for output_format in ("full", "concise", "json"):
        result = cli("--check", "--output-format", output_format)
        assert result.status == 1
        assert "caf" in result.out
    assert cli("--check", "--output-format", "json").json["diagnostics"][0]["file"] == os.fsdecode(b"caf\xe9.py")


def test_an_output_that_knows_few_characters(cli: Cli, write: Write) -> None:
    write({"function_app.py": HEAD + "größe = (\n"})
    result = cli("--check", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"})
    assert result.status == 1
    assert r"gr\xf6\xdfe = (" in result.out
    # what programs read is UTF-8 everywhere
    json = cli("list", "--output-format", "json", env={"PYTHONIOENCODING": "ascii"})
    assert json.status == 0


@pytest.mark.skipif(sys.platform == "win32", reason="shells of Windows close no streams")
def test_closed_and_full_outputs(write: Write, tmp_path: Path) -> None:
    write({"function_app.py": BAD})

    def shell(redirection: str) -> subprocess.CompletedProcess[str]:
        line = f'"{sys.executable}" -m pystein_lsp --check {redirection}'
        return subprocess.run(
            ["sh", "-c", line],
            check=False,
            cwd=tmp_path,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
        )

    closed = shell(">&-")
    assert (closed.returncode, closed.stderr) == (1, "pystein-lsp: standard output is closed: nothing is printed\n")
    everything = shell(">&- 2>&-")
    assert everything.returncode == 1
    if Path("/dev/full").exists():
        full = shell("> /dev/full")
        assert full.returncode == 2
        assert full.stderr == "pystein-lsp: standard output cannot be written: No space left on device\n"


def test_a_reader_that_goes_away(write: Write, tmp_path: Path) -> None:
    write({"function_app.py": HEAD + "x = (\n" * 2_000})
    with subprocess.Popen(
        command("--check"), cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(TIMEOUT) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C reaches whole consoles there")
def test_interrupt(write: Write, tmp_path: Path) -> None:
    slow = FIVE_MEGABYTES * 3
    write({"function_app.py": GOOD + slow, "marker/readme.txt": ""})
    with subprocess.Popen(
        command("--check"),
        cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        # A shell's background job ignores the signal and hands that on to its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    ) as process:  # fmt: skip
        wait_until_it_reads(process.pid, tmp_path / "function_app.py")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=TIMEOUT)
    assert (process.returncode, out, err) == (130, "", "pystein-lsp: interrupted\n")


def wait_until_it_reads(pid: int, path: Path) -> None:
    """Wait until a process is past its start: it has loaded what analyses files."""
    if sys.platform != "linux":
        pytest.skip("how far another process is can be seen on Linux")
    needed = path.stat().st_size
    deadline = monotonic() + TIMEOUT
    while monotonic() < deadline:
        resident = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        if resident > 2 * needed:
            return
    raise AssertionError("it never read the file")
