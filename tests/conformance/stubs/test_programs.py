"""Programs put to mypy and pyright with the stubs: good ones pass, bad ones are reported where a comment expects it.

`# expect: reportCallIssue call-arg` at the end of a line names pyright's rules and mypy's codes for that line. `python: 3.13` in
a module's docstring asks for that version; otherwise it is 3.11.
"""

import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from tests.conformance.stubs.checkers import Found, run_mypy, run_pyright

from pystein_lsp.catalogue import catalogue
from pystein_lsp.catalogue.docstrings import split
from pystein_lsp.catalogue.location import stubs_directory
from pystein_lsp.catalogue.stub_classes import read_stubs
from pystein_lsp.catalogue.stub_modules import Stubs

PROGRAMS = Path(__file__).parent / "programs"
NAMES = sorted(str(path.relative_to(PROGRAMS)) for path in PROGRAMS.glob("*/*.py"))


def wanted_python(text: str) -> str:
    found = re.search(r"python: (3\.\d+)", text.partition('"""\n')[0])
    return found[1] if found else "3.11"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All programs, the examples of the docstrings as one more, and the stubs as `pystein-lsp stubs` writes them."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(PROGRAMS, root, dirs_exist_ok=True)
    subprocess.run([sys.executable, "-m", "pystein_lsp", "stubs"], cwd=root, check=True, capture_output=True)
    (root / "good/examples.py").write_text(examples(), "utf-8")
    return root


def examples() -> str:
    """The example of every decorator and class, each in a function of its own so that names do not meet."""
    knowledge = read_stubs(Stubs(stubs_directory()))
    parts = [
        (
            "import json\nfrom typing import Any, Generator, List\nimport azure.durable_functions as df\n"
            "import azure.functions as func\n"
            "from azure.functions.decorators.openai import InputType\nfastapi_app: Any = None\nflask_app: Any = None\n"
            "Runner: Any = None\nAgent: Any = None\n"
        )
    ]
    for number, key in enumerate(sorted(knowledge.docstrings)):
        example = split(knowledge.docstrings[key]).example
        durable = key.startswith("durable:")
        parts.append(f"def example_{number}(app: {'df.DFApp' if durable else 'func.FunctionApp'}) -> None:")
        parts.append(f"    # {key}")
        own_app = re.search(r"^app = ", example, re.MULTILINE)
        parts += ["    " + (line.replace("app = ", "own = ") if own_app else line) for line in example.splitlines()]
    return "\n".join(parts) + "\n"


@pytest.fixture(scope="module")
def mypy(project: Path) -> Found:
    found: Found = {}
    for version, names in by_python(project).items():
        found |= run_mypy(project, names, {"mypy_path": "typings", "strict": "true", "python_version": version})
    return found


@pytest.fixture(scope="module")
def pyright(project: Path) -> Found:
    found: Found = {}
    for version, names in by_python(project).items():
        found |= run_pyright(project, names, {"typeCheckingMode": "standard", "pythonVersion": version})
    return found


def by_python(project: Path) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for path in sorted(project.glob("*/*.py")):
        groups[wanted_python(path.read_text("utf-8"))].append(path.relative_to(project).as_posix())
    return groups


def expected(name: str, *, of_pyright: bool) -> dict[int, set[str]]:
    wanted: dict[int, set[str]] = {}
    for number, line in enumerate((PROGRAMS / name).read_text("utf-8").splitlines(), 1):
        if match := re.search(r"# expect: (.+)$", line):
            rules = {rule for rule in match[1].split() if rule.startswith("report") is of_pyright}
            wanted[number] = rules
    return wanted


@pytest.mark.parametrize("name", [*NAMES, "good/examples.py"])
def test_pyright(name: str, pyright: Found) -> None:
    assert dict(pyright.get(name, {})) == (expected(name, of_pyright=True) if name in NAMES else {})


@pytest.mark.parametrize("name", [*NAMES, "good/examples.py"])
def test_mypy(name: str, mypy: Found) -> None:
    assert dict(mypy.get(name, {})) == (expected(name, of_pyright=False) if name in NAMES else {})


def test_bad_programs_expect_something() -> None:
    for path in (PROGRAMS / "bad").glob("*.py"):
        assert expected(f"bad/{path.name}", of_pyright=True), path
    assert len(catalogue().decorators) >= 70
