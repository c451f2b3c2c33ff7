"""No text that a repository, a message or a request may hold makes a regular expression run for ever."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

ROOT = Path(__file__).parents[2]
PROCESSOR_SECONDS = 120
"""Far more than all need; what takes a middle apart in all ways needs centuries."""
LENGTH = 100
limits = pytest.mark.skipif(sys.platform == "win32", reason="there are no limits of this kind")


def run(*arguments: str, seconds: int) -> subprocess.CompletedProcess[str]:
    """A program that is ended when it has had its share of the processor."""
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    return subprocess.run(
        [sys.executable, *arguments], check=False, cwd=ROOT, preexec_fn=limit, stdout=subprocess.PIPE, encoding="utf-8"
    )


@limits
def test_none_explodes() -> None:
    done = run("-m", "tests.security.regexes", str(LENGTH), seconds=PROCESSOR_SECONDS)
    places = done.stdout.splitlines()
    assert done.returncode == 0, f"this one was not done when the time was over: {places[-1]}"
    assert len(places) > 150


@limits
@pytest.mark.parametrize("careless", [r"\w+(?:[_.-]\w+)*\Z", r"(?:[\s]+|//.*)*;", r"(a|aa)+$"])
def test_the_texts_are_dangerous(careless: str) -> None:
    """The other test proves nothing unless a careless expression meets what makes it careless."""
    program = (
        "import re, sys; from tests.security.regexes import *\n"
        f"for text in texts(Pattern('', sys.argv[1], 0, frozenset()), {LENGTH}): re.match(sys.argv[1], text)"
    )
    assert run("-c", program, careless, seconds=2).returncode < 0


@pytest.mark.parametrize("name", ["id", "version"])
def test_a_bundle_that_nothing_should_wait_for(cli: Cli, tmp_path: Path, name: str) -> None:
    """Such an `id` once kept the checker busy for ever, and as many blanks in a `version` for minutes."""
    bundle = {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"}
    bundle[name] = "a_" * 5000 + "!" if name == "id" else " " * 100_000 + "!"
    (tmp_path / "host.json").write_text(json.dumps({"version": "2.0", "extensionBundle": bundle}), "utf-8")
    (tmp_path / "function_app.py").write_text("import azure.functions as func\napp = func.FunctionApp()\n", "utf-8")
    assert "invalid-host-json" in cli("--check", "--output-format", "json").codes
