"""mypy's stubtest: the stubs against the real libraries, each line of azure-functions on a Python that it supports."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from tests.runtime.worker.worker_pythons import environment, pythons

from pystein_lsp.catalogue import catalogue
from pystein_lsp.catalogue.location import stubs_directory

HERE = Path(__file__).parent
PACKAGES = ("azure.functions", "azure.durable_functions")
LINE_1, LINE_2 = catalogue().describes["azure-functions"]
[DURABLE] = catalogue().describes["azure-functions-durable"]


def stubtest(python: Path, stubs: Path, cache: Path, *allowlists: str) -> subprocess.CompletedProcess[str]:
    """Run it; the stubs are looked at as a user's type checker finds them, through mypy_path."""
    configuration = cache / "mypy.ini"
    configuration.write_text(f"[mypy]\nmypy_path = {stubs}\ncache_dir = {cache / 'cache'}\n", "utf-8")
    options = [option for name in allowlists for option in ("--allowlist", str(HERE / name))]
    command = [
        str(python),
        "-m",
        "mypy.stubtest",
        "--concise",
        "--mypy-config-file",
        str(configuration),
        *options,
        *PACKAGES,
    ]
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "MYPYPATH")}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=cache, env={**clean, "MYPYPATH": str(stubs)}
    )


def interpreter(line: int) -> Path:
    """An interpreter with a line's known version, our own where it has just that."""
    wanted = {"azure-functions": (LINE_1, LINE_2)[line - 1], "azure-functions-durable": DURABLE}
    if all(version(name) == known for name, known in wanted.items()):
        return Path(sys.executable)
    fitting = [name for name in pythons() if (tuple(map(int, name.split("."))) >= (3, 13)) == (line == 2)]
    if not fitting:
        pytest.skip(f"azure-functions {line}.x needs another Python than the machine has")
    requirements = [f"{name}=={known}" for name, known in wanted.items()]
    return environment(pythons()[fitting[-1]], *requirements, f"mypy=={version('mypy')}")


@pytest.mark.parametrize("line", [1, 2])
def test_stubs_are_true(line: int, tmp_path: Path) -> None:
    ran = stubtest(interpreter(line), stubs_directory(), tmp_path, "allowlist.txt", f"allowlist_{line}.txt")
    assert (ran.stdout, ran.returncode) == ("", 0), ran.stdout + ran.stderr


def test_wrong_signatures_are_found(tmp_path: Path) -> None:
    """The decorators stand in mixins that the library does not have: they are compared nonetheless."""
    stubs = tmp_path / "stubs"
    shutil.copytree(stubs_directory(), stubs)
    for file, before, after in (
        ("storage_queue", "queue_name: WatchedQueue", "queue: WatchedQueue"),
        ("timer", "run_on_startup: bool | None = None", "run_on_startup: bool"),
        ("event_hub", "consumer_group: SettingText | None = None", "group: SettingText | None = None"),
        ("mcp", "tool_name: str", 'tool_name: str = "x"'),
    ):
        wrong = stubs / f"azure/functions/_api/{file}.pyi"
        text = wrong.read_text("utf-8")
        assert before in text
        wrong.write_text(text.replace(before, after), "utf-8")
    ran = stubtest(interpreter(1), stubs, tmp_path, "allowlist.txt", "allowlist_1.txt")
    assert ran.returncode == 1
    for name in ("queue_trigger", "timer_trigger", "event_hub_message_trigger", "mcp_tool_trigger"):
        assert f"TriggerApi.{name} is inconsistent" in ran.stdout


def test_allowlist_says_why() -> None:
    for path in HERE.glob("allowlist*.txt"):
        explained = False
        for line in path.read_text("utf-8").splitlines():
            explained = line.startswith("#") or (explained and line != "")
            assert line == "" or explained, f"{path.name}: {line} has no reason above it"
