"""broken-import; what fails and what does not is held against the official worker in tests/conformance."""

from __future__ import annotations

import pytest

from tests.conftest import Check

HEAD = "import azure.functions as func\napp = func.FunctionApp()\n"


@pytest.mark.parametrize(
    ("line", "marked", "edit"),
    [
        ("from .users import bp", "from .users import bp", ""),
        ("from users import routs", "routs", "routes"),
        ("import pack.inner, pack.outer", "pack.outer", None),
        ("from pack import inner, outer", "outer", None),
        ("from . import users", "from . import users", None),
    ],
)
def test_what_is_marked(check: Check, line: str, marked: str, edit: str | None) -> None:
    files = {
        "users.py": "bp = routes = None\n",
        "pack/__init__.py": "",
        "pack/inner.py": "",
        "local.settings.json": "{}",
    }
    [found] = check(HEAD + line + "\n", files)
    assert (found.code, found.text, found.line, found.severity) == ("broken-import", marked, 3, "error")
    assert [fix.edits[0].text for fix in found.diagnostic.fixes] == ([] if edit is None else [edit])


def test_where_it_stands_counts(check: Check) -> None:
    files = {
        "old.py": "from .users import bp\n",
        "pack/__init__.py": "from .inner import nothing\n",
        "pack/inner.py": "",
    }
    [found] = check(HEAD + "import pack\n", files)
    assert (found.file, found.text) == ("pack/__init__.py", "nothing")
    assert found.diagnostic.related[0].location.path.endswith("inner.py")


@pytest.mark.parametrize(
    "entry",
    [
        "import sys\nsys.path.append('lib')\nfrom users import made\n",
        "import users\nusers.made\n",
        "from elsewhere import anything\n",
        "from space import anything\n",
        "from binary import anything\n",
    ],
)
def test_what_cannot_be_known(check: Check, entry: str) -> None:
    files = {"users.py": "bp = None\n", "space/part.txt": "", "binary.cpython-312-x86_64-linux-gnu.so": ""}
    assert check(HEAD + entry, files, only="broken-import") == []
