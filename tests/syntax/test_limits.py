"""Texts of a size or a depth that nobody writes by hand are read in linear time, without a traceback. A hang fails the run."""

from __future__ import annotations

import sys

import pytest

from pystein_lsp.platform.jsonc import read_json
from pystein_lsp.syntax.document import Document
from pystein_lsp.syntax.tree import FunctionDef

GOOD = "\n@app.route()\ndef good(req): ...\n"
MILLIONS = 5_000_000
MILLION = 1_000_000

HUGE = {
    "many functions": lambda: "def f(a):\n    return a\n\n\nx = 1\n" * 20_000,
    "one long function": lambda: "def f():\n" + "    x = 1\n" * 20_000,
    "open brackets": lambda: "x = (\n" * 10_000,
    "open brackets between statements": lambda: "x = (\ny = 1\n" * 10_000,
    "open strings": lambda: 'x = """\n' * 10_001,
    "open quotes": lambda: "x = '\n" * 10_000,
    "mixed open strings": lambda: "x = ('''\"\"\"\n" * 10_000,
    "an open bracket above data": lambda: "x = {\n" + "'k': 1,\n" * 10_000,
    "a long string": lambda: f"x = '{'a' * MILLIONS}'\n",
    "a long open string": lambda: f"x = '{'a' * MILLIONS}\n",
    "a long line of names": lambda: f"x = {'a ' * (MILLION // 2)}\n",
    "a long list": lambda: f"x = [{'1,' * (MILLIONS // 2)}]\n",
    "a long formatted string": lambda: f"x = f'{'{a}' * (MILLIONS // 3)}' +\n",
    "a long line of another alphabet": lambda: f"x = f('{'é' * 100_000}', {'1, ' * 10_000})\n",
    "only space": lambda: " " * MILLION + "x\n",
    "only line ends": lambda: "\n" * MILLION,
    "only decorators": lambda: "@" * MILLION,
    "brackets": lambda: "x = " + "(" * 10_000 + "\n",
    "closed brackets": lambda: "x = " + "[" * 10_000 + "]" * 10_000 + "\n",
    "open decorators": lambda: "@app.route(\n" * 2_000 + "def f(): pass\n",
    "a decorator with many arguments": lambda: "@app.route(" + "a=1,\n" * 10_000 + "b='\ndef f(): pass\n",
    "sums": lambda: "x = " + "+".join(["'a'"] * 10_000) + "\n",
    "sums that parse": lambda: "x = " + "+".join(["'a'"] * 900) + "\n",
    "branches": lambda: "if a: pass\n" + "elif b: pass\n" * 10_000,
    "branches that parse": lambda: "if a: pass\n" + "elif b: pass\n" * 900,
    "calls of calls": lambda: "x = a" + "(1)" * 900 + "\n",
    "attributes": lambda: "x = a" + ".b" * 10_000 + "\n",
    "signs": lambda: "x = " + "-" * 10_000 + "1\n",
    "nested branches": lambda: "".join(" " * i + "if x:\n" for i in range(98)) + " " * 98 + "pass\n",
    "nested broken branches": lambda: "".join("    " * i + "if x = 1:\n" for i in range(200)),
    "broken branches": lambda: "if x = 1:\n    @app.route(\n    def f(): pass\n" * 2_000,
    "broken functions": lambda: "@app.route(\ndef f(a: b):\n    x = = 1\n" * 2_000,
    "stray else": lambda: "else:\n" * 50_000,
    "stray brackets": lambda: ")\n" * 50_000,
    "line continuations": lambda: "\\\n" * 50_000,
    "newer grammar": lambda: "type X[T = int] = f'{a['b']}'\n" * 2_000,
    "formatted strings inside each other": lambda: "x = " + "f'{" * 500 + "}'" * 500 + "\n",
}


@pytest.mark.parametrize("name", HUGE)
def test_huge(name: str) -> None:
    text = HUGE[name]()
    document = Document("app.py", text + GOOD)
    names = [each.name for block in document for each in block.statements if isinstance(each, FunctionDef)]
    swallowed = name in ("open strings", "stray brackets", "line continuations", "mixed open strings")
    assert names[-1:] == ["good"] or swallowed
    middle = document.line_count // 2
    document.edit(middle, 0, middle, 0, "y")
    document.edit(middle, 0, middle, 1, "")
    assert document.text == text + GOOD


@pytest.mark.parametrize("depth", [50, 150, 900])
def test_depth_is_no_matter_of_the_caller(depth: int) -> None:
    """What is too deep is unknown, and how deep the server itself is in its calls does not decide it."""

    def deeper(frames: int) -> Document:
        return deeper(frames - 1) if frames else Document("app.py", text)

    text = "x = " + "f(" * min(depth, 90) + ")" * min(depth, 90) + "\ny = " + " + ".join(["'a'"] * depth) + "\n"
    here = Document("app.py", text)
    there = deeper(sys.getrecursionlimit() // 3)
    assert [block.statements for block in there] == [block.statements for block in here]


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 100_000, '"' + "a" * MILLIONS, " " * MILLIONS, "//" * MILLIONS, "[1," * 50_000]
)
def test_huge_json(text: str) -> None:
    assert read_json(text).problems
