"""What parses and still does not compile is found, nothing else is, and at the price of parsing."""

from __future__ import annotations

import ast
import sys
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pystein_lsp.syntax.document import Document
from pystein_lsp.syntax.parse import parse
from pystein_lsp.syntax.suspicion import suspicious
from pystein_lsp.syntax.tree import FunctionDef, Problem

ERRORS = [
    ("x = 1\nreturn x\n", 2, "return x", "'return' outside function"),
    ("x = 1\nif x:\n    é = 'ü'; return\n", 3, "return", "'return' outside function"),
    ("class A:\n    def f(self):\n        return 1\n    return 2\n", 4, "return 2", "'return' outside function"),
    ("yield 1\n", 1, "yield 1", "'yield' outside function"),
    ("x = yield\n", 1, "yield", "'yield' outside function"),
    ("def f():\n    é = 'ü'; await g()\n", 2, "await g()", "'await' outside async function"),
    ("x = await g()\n", 1, "await g()", "'await' outside function"),
    ("def f():\n    async with g() as h:\n        pass\n", 2, None, "'async with' outside async function"),
    ("def f():\n    async for g in h:\n        pass\n", 2, None, "'async for' outside async function"),
    ("async def f():\n    def g():\n        await h()\n", 3, "await h()", "'await' outside async function"),
    ("async def f():\n    return lambda: await g()\n", 2, "await g()", "'await' outside async function"),
    ("async def f():\n    yield 1\n    return 2\n", 3, "return 2", "'return' with value in async generator"),
    ("def f(req, msg, req):\n    pass\n", 1, None, "duplicate argument 'req' in function definition"),
    ("def f():\n    def g(a, *a): pass\n", 2, None, "duplicate argument 'a' in function definition"),
    ("f = lambda a, a: 1\n", 1, None, "duplicate argument 'a' in function definition"),
    ("app.route(route='a', route='b')\n", 1, None, "keyword argument repeated: route"),
    ("@app.route(route='a', route='b')\ndef f(req): ...\n", 1, None, "keyword argument repeated: route"),
    ("def f():\n    return g(a=1, b=h(2), a=3)\n", 2, None, "keyword argument repeated: a"),
    ("def f():\n    return g(\n        a=1,\n        a=3,\n    )\n", 4, None, "keyword argument repeated: a"),
    ("if x:\n    break\n", 2, "break", "'break' outside loop"),
    ("def f():\n    continue\n", 2, "continue", "'continue' not properly in loop"),
    ("for x in y:\n    def f():\n        break\n", 3, "break", "'break' outside loop"),
    ("def f():\n    for x in y:\n        pass\n    else:\n        break\n", 5, "break", "'break' outside loop"),
    ("nonlocal x\n", 1, "nonlocal x", "nonlocal declaration not allowed at module level"),
    ("def f():\n    nonlocal x\n", 2, "nonlocal x", "no binding for nonlocal 'x' found"),
    ("def f(x):\n    global x\n", 2, "global x", "name 'x' is parameter and global"),
    ("def f():\n    x = 1\n    global x\n", 3, "global x", "name 'x' is assigned to before global declaration"),
    ("def f():\n    from a import *\n", 2, None, "import * only allowed at module level"),
    ("from __future__ import braces\n", 1, None, "not a chance"),
    ("from __future__ import what\n", 1, None, "future feature what is not defined"),
    ("def f():\n    from __future__ import annotations\n", 2, None, "from __future__ imports must occur"),
    ("import a; from __future__ import annotations\n", 1, None, "from __future__ imports must occur"),
    ("import a\nfrom __future__ import annotations\n", 2, None, "from __future__ imports must occur"),
    ("'a'\n'b'\nfrom __future__ import annotations\n", 3, None, "from __future__ imports must occur"),
    ("*a, *b = c\n", 1, None, "multiple starred expressions in assignment"),
    ("*a = b\n", 1, None, "starred assignment target must be in a list or tuple"),
    ("x = *a\n", 1, None, "can't use starred expression here"),
    ("def f():\n    return [(yield x) for x in y]\n", 2, None, "'yield' inside list comprehension"),
    ("match x:\n    case a:\n        pass\n    case b:\n        pass\n", 2, None, "makes remaining patterns unreachable"),
    ("try:\n    pass\nexcept:\n    pass\nexcept E:\n    pass\n", 3, None, "default 'except:' must be last"),
    ("__debug__ = 1\n", 1, None, "cannot assign to __debug__"),
    ("def f():\n" + "".join(" " * (i + 1) + "while x:\n" for i in range(24)) + " " * 30 + "pass\n", 22, None, "too many statically"),
]  # fmt: skip


def compiles(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "app.py", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def problems(text: str) -> list[tuple[int, str, str]]:
    found = []
    for block in Document("app.py", text):
        if block.problem and block.problem.certain:
            span = block.problem.span
            end = span.end_column if span.end_line == span.line else None
            found.append(
                (block.line + span.line + 1, block.line_text(span.line)[span.column : end], block.problem.message)
            )
    return found


@pytest.mark.parametrize(("text", "line", "marked", "message"), ERRORS)
def test_found_where_it_stands(text: str, line: int, marked: str | None, message: str) -> None:
    assert not compiles(text)
    [found] = problems("# above\n\n" + text + "\n@app.route()\ndef good(req): ...\n")
    assert found[0] == line + 2 or "statically" in message
    assert message in found[2]
    if marked:
        assert found[1] == marked


def test_the_functions_are_read_as_usual() -> None:
    text = "@app.route(route='a')\ndef f(req: func.HttpRequest):\n    await req\n"
    [block] = Document("app.py", text)
    [function] = block.statements
    assert isinstance(function, FunctionDef)
    assert function.complete
    assert len(function.decorators) == 1


@pytest.mark.parametrize(
    "text",
    [
        '"""Doc."""\n# note\nfrom __future__ import annotations\nfrom __future__ import division; import a\n',
        "# -*- coding: utf-8 -*-\n\n'''Doc''' 'more'\n\nfrom __future__ import annotations\n",
        "from __future__ import annotations\n'not a docstring'\n",
        "import __future__\nx = __future__.annotations\n",
        "@app.route(route='a')\n@app.blob_input(path='b', x='c')\n@app.blob_output(path='b', x='c')\ndef f(req): ...\n",
        "def f():\n    return g(a=1), h(a=2, b=g(a=3))\n",
        "def f():\n    g(**a, **b)\n    print(*a, *b)\n    x, *y = a\n    [*a, *b]\n    return a * b\n",
        "async def f():\n    async with a as b:\n        return [c async for c in b if await c]\n",
        "async def f():\n    async def g():\n        await h()\n    return await g()\n",
        "async def f():\n    yield 1\n",
        "def f():\n    while x:\n        try:\n            break\n        finally:\n            continue\n",
        "for a in b:\n    with c:\n        if d:\n            continue\n",
        "def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n",
        "class A:\n    async def f(self):\n        await g()\n    def h(self):\n        return lambda a, b: a\n",
        "def f():\n    x = 'await', 'break', 'nonlocal x', \"f(a=1, a=2)\"\n    # return\n",
        "result = [y := 1, y**2]\n",
        "try:\n    import a\nexcept:\n    a = None\n",
        "match = {}\nmatch['x'] = 1\n",
    ],
)  # fmt: skip
def test_silent_about_good_text(text: str) -> None:
    assert compiles(text)
    assert problems(text) == []


MUTATIONS = [
    "return", "break", "await x", "yield", "async ", "*", "nonlocal a", "global a", "f(a=1, a=2)", "from a import *", "(", "'", "=",
    "from __future__ import annotations", "lambda a, a: a", "def g(a, a): pass", "continue", "    ", "\\", "else:", "x: = 1", "",
]  # fmt: skip
SOURCES = [
    Path(ast.__file__), Path(warnings.__file__), *sorted(Path(__file__).parents[2].glob("server/pystein_lsp/*/*.py"))[::3]
]  # fmt: skip


@settings(max_examples=250, derandomize=True)
@given(st.data())
def test_the_verdict_is_pythons(data: st.DataObject) -> None:
    """Real source with one line spoilt: a problem is reported if and only if Python refuses the file."""
    lines = data.draw(st.sampled_from(SOURCES)).read_text("utf-8").split("\n")[:400]
    index = data.draw(st.integers(0, len(lines) - 1))
    line, mutation = lines[index], data.draw(st.sampled_from(MUTATIONS))
    column = data.draw(st.integers(0, len(line)))
    indent = line[: len(line) - len(line.lstrip())]
    lines[index] = data.draw(
        st.sampled_from(
            [
                line[:column] + mutation + line[column:],
                f"{indent}{mutation}\n{line}",
                line[:column] + line[column + 1 :],
            ]
        )
    )
    text = "\n".join(lines)
    if compiles(text):
        assert problems(text) == []
    elif sys.version_info >= (3, 14):
        assert problems(text)
    else:  # what a newer Python may read is only noted
        assert any(block.problem for block in Document("app.py", text))


def test_ordinary_functions_are_spared_the_compiler() -> None:
    with_bindings = """
@app.route(route='a', methods=['GET'])
@app.blob_input(arg_name='b', path='c', connection='d')
@app.blob_output(arg_name='e', path='f', connection='d')
def f(req: func.HttpRequest, b: str, e) -> str:
    if b:
        return g(a=b)
    for c in b:
        print(c, end='')
    return f'{b}' * 2
"""
    ordinary = [
        with_bindings,
        "async def f(req):\n    async with a() as b:\n        return await b.get(req)\n",
        "app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)\n",
        "class A(B):\n    x: int = 1\n\n    def f(self):\n        return [y for y in self.x]\n",
        "def f(context):\n    result = yield context.call_activity('a')\n    return result\n",
        "def f():\n    while True:\n        if x:\n            break\n",
    ]
    for text in ordinary:
        tree = parse(text)
        assert not isinstance(tree, Problem)
        assert not suspicious(text, tree)
