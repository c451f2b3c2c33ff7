"""docs/stubs.md shows what the type checkers really say, before and after."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conformance.stubs.checkers import Found, run_mypy, run_pyright

from pystein_lsp.catalogue.location import stubs_directory

PAGE = stubs_directory().parent / "docs/stubs.md"
TEXT = PAGE.read_text("utf-8").partition("## Before and after")[2]
PROGRAM = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)[0]
SHOWN = re.findall(r"```text\n(.*?)```", TEXT, re.DOTALL)
"""pyright before and after, mypy before and after."""


def shown(text: str) -> dict[int, set[str]]:
    """Line to rules or codes, from output as it stands on the page; pyright's rule stands at the end of a message."""
    found: dict[int, set[str]] = {}
    line = 0
    for row in text.splitlines():
        if match := re.match(r"function_app\.py:(\d+)", row):
            line = int(match[1])
        if match := re.search(r"\((report\w+)\)$|\[([\w-]+)\]$", row):
            found.setdefault(line, set()).add(match[1] or match[2])
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("page")
    (root / "function_app.py").write_text(PROGRAM, "utf-8")
    return root


def of(found: Found) -> dict[int, set[str]]:
    return dict(found.get("function_app.py", {}))


def test_page_shows_what_the_checkers_say(project: Path) -> None:
    pyright = {"typeCheckingMode": "standard"}
    before = (
        of(run_pyright(project, ["function_app.py"], pyright)),
        of(run_mypy(project, ["function_app.py"], {"strict": "true"})),
    )
    subprocess.run([sys.executable, "-m", "pystein_lsp", "stubs"], cwd=project, check=True, capture_output=True)
    mypy = {"strict": "true", "mypy_path": "typings"}
    after = of(run_pyright(project, ["function_app.py"], pyright)), of(run_mypy(project, ["function_app.py"], mypy))
    assert [before[0], after[0], before[1], after[1]] == [shown(text) for text in SHOWN]
    assert of(run_pyright(project, ["function_app.py"], {"typeCheckingMode": "off"})) == {}
