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


BLUEPRINT = "from orders import bp\napp.register_functions(bp)\n"


@pytest.mark.parametrize("listed", ["", "azure-functions\nazure-functions-durable>=1.3\n", "PyYAML\n"])
def test_a_blueprint_comes_with_none_of_the_known_packages(check: Check, listed: str) -> None:
    files = {"order.py": "", **({"requirements.txt": listed} if listed else {})}
    [found] = check(HEAD + BLUEPRINT, files, only="broken-import")
    assert (found.line, found.text, found.message.rpartition("; ")[2]) == (3, "bp", "did you mean 'order'?")


def test_a_blueprint_of_a_folder_without_init(check: Check) -> None:
    source = HEAD + "import blueprints.orders as orders\napp.register_functions(orders.bp)\n"
    [found] = check(source, {"blueprints/users.py": ""}, only="broken-import")
    assert found.message.startswith("blueprints holds no module 'orders'")
    assert check(source, {"blueprints/orders.py": "import azure.functions as f\nbp = f.Blueprint()\n"}) == []


@pytest.mark.parametrize(
    "files",
    [
        {"requirements.txt": "azure-functions\nour-blueprints\n"},
        {"src/orders.py": ""},
        {"requirements.txt": "azure-functions\n-e ../shared\n"},
        {"pyproject.toml": ""},
        {".python_packages/lib/site-packages/x.txt": ""},
        {"local.settings.json": '{"Values": {"PYTHONPATH": "../shared"}}'},
        {"orders.cpython-312-x86_64-linux-gnu.so": ""},
    ],
)
def test_a_package_may_bring_a_blueprint(check: Check, files: dict[str, str]) -> None:
    assert check(HEAD + BLUEPRINT, files, only="broken-import") == []


@pytest.mark.parametrize(
    "import_",
    ["try:\n    from orders import bp\nexcept ImportError:\n    bp = func.Blueprint()\n", "from orders import bp\n"],
)
def test_other_imports_that_may_fail_are_left_alone(check: Check, import_: str) -> None:
    assert check(HEAD + import_, only="broken-import") == []


def test_what_an_import_raises_may_be_caught(check: Check) -> None:
    source = "import contextlib\nwith contextlib.suppress(ImportError):\n    from users import nothing\n"
    assert check(HEAD + source, {"users.py": ""}, only="broken-import") == []
