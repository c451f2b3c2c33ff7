"""Trees of many apps: checked on all processors, with the same result as one after the other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.cli.conftest import BAD, GOOD, HEAD, TIMEOUT, Cli, Write, command, environment

CRON = HEAD + '@app.timer_trigger(arg_name="t", schedule="0 0 2 ? * *")\ndef nightly(t): ...\n'
APPS = 24


@pytest.fixture
def tree(write: Write) -> Path:
    """Some good apps, some bad ones, one in which something cannot be read."""
    sources = [GOOD, BAD, CRON]
    files = {f"apps/{number:02}/function_app.py": sources[number % 3] for number in range(APPS)}
    return write({**files, "apps/00/settings/x.txt": ""})


def test_all_apps_in_their_order(cli: Cli, tree: Path) -> None:
    result = cli("--check", "--output-format", "json")
    assert [app["root"] for app in result.json["apps"]] == [f"apps/{number:02}" for number in range(APPS)]
    alone = [
        found
        for number in range(APPS)
        for found in cli("--check", "--output-format", "json", f"apps/{number:02}").json["diagnostics"]
    ]
    assert result.json["diagnostics"] == alone


@pytest.mark.parametrize("way", ["serial", "forked", "spawned"])
def test_every_way_gives_the_same(tree: Path, way: str) -> None:
    """Which way is taken depends on the system and the number of apps; this asks for each."""
    if way == "forked" and not hasattr(os, "fork"):
        pytest.skip("no processes can be forked here")
    program = f"""
        import os, sys
        from pystein_lsp.cli import parallel
        from pystein_lsp.cli.targets import find_targets
        from pystein_lsp.model.files import Files

        if __name__ == "__main__":
            parallel._CAN_FORK = {way != "spawned"}
            steps = []
            targets = find_targets(Files(), ["."])
            checked = parallel.check_all(targets, None, lambda: steps.append(1), {1 if way == "serial" else 3})
            assert len(steps) == len(checked) == {APPS}
            print([(each.number, each.report.root[-2:], [found.code for found in each.report.found]) for each in checked])
    """
    script = tree / "way.py"
    script.write_text(textwrap.dedent(program), "utf-8")
    run = subprocess.run(
        [sys.executable, str(script)],
        check=False, cwd=tree / "apps", env=environment(), capture_output=True, text=True, timeout=TIMEOUT,
    )  # fmt: skip
    assert run.stderr == ""
    expected = [[], ["app-not-indexed", "arg-name-mismatch"], ["invalid-cron"]]
    found = [(number, f"{number:02}", expected[number % 3]) for number in range(APPS)]
    assert run.stdout.strip() == str(found)


def test_what_other_processes_could_not_read_is_told(cli: Cli, tree: Path) -> None:
    link = tree / "apps" / "05" / "host.json"
    try:
        link.symlink_to("host.json")
    except OSError:
        pytest.skip("no symbolic links here")
    assert "apps/05/host.json: cannot be read" in cli("--check").err


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C reaches whole consoles there")
def test_interrupt_ends_all_processes(write: Write, tmp_path: Path) -> None:
    slow = HEAD + "".join(f"NUMBER_{number} = [{number}, 'text']\n" for number in range(40_000))
    write({f"apps/{number}/function_app.py": slow for number in range(12)})
    with subprocess.Popen(
        command("--check"),
        cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        # A shell's background job ignores the signal and hands that on to its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    ) as process:  # fmt: skip
        assert process.stdout is not None
        wait_for_children(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=TIMEOUT)  # ends only when all that hold the streams have ended
    assert (process.returncode, out, err) == (130, "", "pystein-lsp: interrupted\n")


def wait_for_children(pid: int) -> None:
    """Wait until a process has started others."""
    if sys.platform != "linux":
        pytest.skip("children of another process can be seen on Linux")
    children = Path(f"/proc/{pid}/task/{pid}/children")
    if not children.exists():
        pytest.skip("this kernel does not show children")
    while not children.read_text():
        os.sched_yield()


@pytest.mark.skipif(sys.platform == "win32", reason="terminals are opened in another way there")
def test_progress_on_a_terminal(write: Write, tmp_path: Path) -> None:
    import pty

    slow = HEAD + "".join(f"NUMBER_{number} = [{number}, 'text']\n" for number in range(6_000))
    write({f"apps/{number}/function_app.py": slow for number in range(12)})
    write({f"apps/{number}/host.json": "{}" for number in range(12)})
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command("--check"), cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=theirs, text=True
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while data := os.read(ours, 1024):
                shown += data
        except OSError:  # the other side is closed
            pass
        out, _ = process.communicate(timeout=TIMEOUT)
    os.close(ours)
    assert "0 functions in 12 apps: " in out
    assert b" of 12 apps" in shown
    assert shown.endswith(b"\r\x1b[K")
