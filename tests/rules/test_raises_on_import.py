"""raises-on-import: what ends an import for certain, and what may not."""

from __future__ import annotations

import pytest

from tests.conftest import Check

HEAD = "import os\nimport sys\nimport azure.functions as func\napp = func.FunctionApp()\n"


@pytest.mark.parametrize(
    "statement",
    [
        "raise RuntimeError('no')",
        "raise SystemExit",
        "sys.exit(1)",
        "os._exit(0)",
        "exit()",
        "from sys import exit as end; end()",
    ],
)
def test_ends_the_import(check: Check, statement: str) -> None:
    found = check(f"{HEAD}{statement}\n", only="raises-on-import")
    assert [(each.line, each.text, each.severity) for each in found] == [(5, statement.rpartition("; ")[2], "error")]


def test_in_a_module_that_is_imported(check: Check) -> None:
    files = {"old.py": "raise ImportError('moved')\n"}
    [found] = check(HEAD + "import old\n", files, only="raises-on-import")
    assert (found.file, found.line) == ("old.py", 1)


@pytest.mark.parametrize(
    "source",
    [
        'if __name__ == "__main__":\n    sys.exit(0)\n',
        'if not os.environ.get("X"):\n    raise RuntimeError\n',
        "try:\n    raise ValueError\nexcept ValueError:\n    pass\n",
        "def stop():\n    sys.exit(1)\n",
        "def exit(): ...\nexit()\n",
        "try:\n    import old\nexcept ImportError:\n    pass\n",
        "raised = sys.exit\n",
        "sys.path.append('x')\nimport old\n",
    ],
)
def test_may_go_on(check: Check, source: str) -> None:
    assert check(HEAD + source, {"old.py": "raise ImportError('moved')\n"}, only="raises-on-import") == []
