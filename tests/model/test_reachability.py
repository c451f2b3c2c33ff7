"""What importing the entry file runs: only that counts for the app as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from pystein_lsp.model.app import App
from tests.conftest import MakeApp

HEAD = "import azure.functions as func\napp = func.FunctionApp()\n"
MODULE = "X = 1\n"


def reached(app: App) -> set[str]:
    return {Path(path).relative_to(app.root).as_posix() for path in app.reachable} - {"function_app.py"}


@pytest.mark.parametrize(
    ("source", "modules"),
    [
        ("import a", {"a.py"}),
        ("import a as b", {"a.py"}),
        ("from a import X", {"a.py"}),
        ("from a import *", {"a.py"}),
        ("import pack", {"pack/__init__.py"}),
        ("import pack.inner", {"pack/__init__.py", "pack/inner.py", "a.py"}),
        ("from pack import inner", {"pack/__init__.py", "pack/inner.py", "a.py"}),
        ("from pack.inner import X", {"pack/__init__.py", "pack/inner.py", "a.py"}),
        ("from space import part", {"space/part.py"}),
        ("import space.part", {"space/part.py"}),
        ("if x:\n    import a\nelse:\n    import b", {"a.py", "b.py"}),
        ("try:\n    import a\nexcept ImportError:\n    import b\nfinally:\n    import c", {"a.py", "b.py", "c.py"}),
        ("with x:\n    import a", {"a.py"}),
        ("for x in y:\n    import a", {"a.py"}),
        ("class A:\n    import a", {"a.py"}),
        ("def f():\n    import a\nf()", {"a.py"}),
        ("def f():\n    from a import X\n    return X\ny = f()", {"a.py"}),
        ("def f():\n    g()\ndef g():\n    if x:\n        import a\nf()", {"a.py"}),
        ("from tools import load\nload()", {"tools.py", "a.py"}),
        ("def f():\n    import a", set()),
        ("@app.route()\ndef f(req):\n    import a", set()),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a", set()),
        ("import typing as t\nif t.TYPE_CHECKING:\n    import a\nelse:\n    import b", {"b.py"}),
        ("if __name__ == '__main__':\n    import a", set()),
        ("if False:\n    import a", set()),
        ("import nothing.of.ours\nfrom os import path", set()),
        ("import loop_a", {"loop_a.py", "loop_b.py"}),
    ],
)
def test_reached(make_app: MakeApp, source: str, modules: set[str]) -> None:
    files = {
        "a.py": MODULE,
        "b.py": MODULE,
        "c.py": MODULE,
        "pack/__init__.py": "",
        "pack/inner.py": "from a import X\nfrom . import nothing\n",
        "space/part.py": MODULE,
        "tools.py": "def load():\n    import a\n",
        "loop_a.py": "import loop_b\n",
        "loop_b.py": "import loop_a\n",
        "old/_archive.py": HEAD,
    }
    assert reached(make_app(f"{HEAD}{source}\n", files)) == modules


def test_unreachable_modules_are_of_the_app_all_the_same(make_app: MakeApp) -> None:
    route = "@app.route()\ndef {}(req): ...\n"
    app = make_app(HEAD + route.format("here"), {"old.py": HEAD + route.format("there")})
    assert [function.name for function in app.indexed] == ["here"]
    assert [Path(module.path).name for module in app.modules] == ["function_app.py", "old.py"]
    assert [function.name for function in app.functions(app.modules[1])] == ["there"]


@pytest.mark.parametrize(
    "source",
    [
        "import importlib\nimportlib.import_module('x')",
        "from importlib import import_module\nmodule = import_module(name)",
        "modules = [__import__(name) for name in names]",
        "for name in names:\n    __import__(name)",
        "exec(open('x').read())",
        "import runpy\nresult = runpy.run_path('x')",
        "import importlib\ndef load():\n    return importlib.import_module('x')\nload()",
        "import sys\nsys.path.append('lib')\nfrom shared import bp",
        "import sys\nsys.path.insert(0, '..')\nimport shared",
    ],
)
def test_imports_that_cannot_be_followed(make_app: MakeApp, source: str) -> None:
    assert not make_app(f"{HEAD}{source}\n").imports_known


@pytest.mark.parametrize(
    "source",
    [
        "import os, json\nimport requests",
        "import importlib\nimportlib.reload(x)",
        "import importlib\ndef later():\n    return importlib.import_module('x')",
        "import sys\nprint(sys.path)",
        "import sys\nsys.path.append('lib')\nimport os",
    ],
)
def test_imports_that_can(make_app: MakeApp, source: str) -> None:
    assert make_app(f"{HEAD}{source}\n").imports_known


def test_an_app_without_an_entry_file(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app("")
    (tmp_path / "function_app.py").unlink()
    app.files.forget(str(tmp_path / "function_app.py"))
    assert app.entry is None
    assert not app.reachable
    assert app.indexed == []
    assert app.containers == []
