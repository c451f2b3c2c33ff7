"""mypy and pyright as the tests run them."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from pystein_lsp.catalogue.location import stubs_directory

Found = dict[str, dict[int, set[str]]]
"""File and line to the codes or rules reported there."""


def run_mypy(project: Path, names: Iterable[str], settings: Mapping[str, str], python: str = sys.executable) -> Found:
    """What mypy reports about files of a folder. `python` is the interpreter whose packages count."""
    configuration = project / "mypy.ini"
    lines = [f"{name} = {value}" for name, value in {"explicit_package_bases": "true", **settings}.items()]
    configuration.write_text("\n".join(["[mypy]", *lines]), "utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", str(configuration), "--python-executable", python]
    ran = subprocess.run(
        [*command, "--no-pretty", "--hide-error-context", *names],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode in (0, 1), ran.stdout + ran.stderr
    found: Found = defaultdict(lambda: defaultdict(set))
    for name, line, code in re.findall(r"^(.+?):(\d+): error: .*\[([\w-]+)\]$", ran.stdout, re.MULTILINE):
        found[Path(name).as_posix()][int(line)].add(code)
    return found


def pyright_command() -> list[str]:
    """npm's pyright where it is installed, else basedpyright, the same checker as a Python package."""
    npm = stubs_directory().parent / "node_modules/.bin" / ("pyright.cmd" if os.name == "nt" else "pyright")
    for candidate in (npm, Path(sys.executable).with_name("basedpyright")):
        if found := shutil.which(candidate):
            return [found]
    pytest.skip("neither pyright nor basedpyright is installed")


def run_pyright(project: Path, names: list[str], settings: Mapping[str, object], python: str = sys.executable) -> Found:
    """What pyright reports as errors about files of a folder."""
    configuration = project / "pyright-test.json"
    configuration.write_text(json.dumps({"include": names, **settings}), "utf-8")
    command = [*pyright_command(), "--outputjson", "-p", str(configuration), "--pythonpath", python]
    ran = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    report = json.loads(ran.stdout)
    assert report["summary"]["filesAnalyzed"] >= len(names)
    found: Found = defaultdict(lambda: defaultdict(set))
    for item in report["generalDiagnostics"]:
        if item["severity"] == "error":
            name = Path(item["file"]).relative_to(project).as_posix()
            found[name][item["range"]["start"]["line"] + 1].add(item.get("rule", item["message"]))
    return found
