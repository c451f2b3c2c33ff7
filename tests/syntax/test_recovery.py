"""Broken text: every function is still seen, and the problem stands where the mistake is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pytest

from pystein_lsp.syntax.document import Document
from pystein_lsp.syntax.tree import Branch, Call, ClassDef, FunctionDef, Literal, Loop, Name, Opaque, Statement

HEAD = "import azure.functions as func\napp = func.FunctionApp()\n\n"
GOOD = """
@app.route(route="after")
def after(req: func.HttpRequest) -> str:
    return "after"
"""


class Broken(NamedTuple):
    """A text, what is seen in it and what is wrong."""

    functions: dict[str, FunctionDef]
    problems: list[tuple[int, str, str]]
    """Line from 1, the text that is marked, the message."""


def inside(statements: Iterable[Statement]) -> Iterator[Statement]:
    for statement in statements:
        yield statement
        match statement:
            case Branch(arms=arms):
                for arm in arms:
                    yield from inside(arm)
            case Loop(body=body) | ClassDef(body=body):
                yield from inside(body)


def read(text: str) -> Broken:
    document = Document("app.py", text)
    functions: dict[str, FunctionDef] = {}
    problems = []
    for block in document:
        for statement in inside(block.statements):
            if isinstance(statement, FunctionDef):
                functions[statement.name] = statement
        if block.problem:
            span = block.problem.span
            marked = block.line_text(span.line)[span.column : span.end_column if span.end_line == span.line else None]
            problems.append((block.line + span.line + 1, marked, block.problem.message))
    return Broken(functions, problems)


def broken(text: str) -> Broken:
    """What is seen in a broken piece above a good function."""
    found = read(HEAD + textwrap.dedent(text) + GOOD)
    assert "after" in found.functions
    assert [parameter.name for parameter in found.functions["after"].parameters] == ["req"]
    assert found.functions["after"].complete
    return found


def arguments(function: FunctionDef, index: int = 0) -> dict[str | None, object]:
    call = function.decorators[index].expression
    assert isinstance(call, Call)
    return {
        argument.name: argument.value.value if isinstance(argument.value, Literal) else argument.value
        for argument in call.arguments
    }


def test_unclosed_call_of_a_decorator() -> None:
    found = broken(
        """
        @app.queue_trigger(arg_name="msg", queue_name="q", connection="C"
        def take(msg: func.QueueMessage) -> None:
            pass


        @app.timer_trigger(arg_name="t", schedule="0 0 * * * *")
        def tick(t: func.TimerRequest) -> None:
            pass
        """
    )
    assert list(found.functions) == ["take", "tick", "after"]
    take = found.functions["take"]
    assert arguments(take) == {"arg_name": "msg", "queue_name": "q", "connection": "C"}
    assert isinstance(take.decorators[0].expression, Call)
    assert not take.decorators[0].expression.complete
    assert [parameter.name for parameter in take.parameters] == ["msg"]
    assert take.complete
    [(line, marked, message)] = found.problems
    assert (line, marked) == (5, "(")
    assert "never closed" in message


@pytest.mark.parametrize(
    "unfinished",
    [
        "@app.", "@app.ro",
        "@app.route(", '@app.route(route="x', "@app.route(route=", '@app.route(route="x", ', "@app.route(route=f(",
        "@", "@app.route(methods=[", "@app.route(methods=[func.HttpMethod.", '@app.route(route="x" auth_level=1)', "@app.route()]",
    ],
)  # fmt: skip
def test_half_typed_decorator_above_a_function(unfinished: str) -> None:
    found = broken(f"""
        {unfinished}
        def first(req: func.HttpRequest) -> str:
            return "first"
        """)
    assert list(found.functions) == ["first", "after"]
    first = found.functions["first"]
    assert [parameter.name for parameter in first.parameters] == ["req"]
    assert len(first.decorators) == 1
    assert len(found.problems) <= 1
    assert all(line in (5, 6) for line, _, _ in found.problems)


def test_what_is_typed_of_a_decorator_is_seen() -> None:
    text = '@app.function_name("x")\n@app.ro\n@app.route(route="x", me\ndef first(req): ...\n'
    first = broken(text).functions["first"]
    name, half, call = (decorator.expression for decorator in first.decorators)
    assert isinstance(name, Call)
    assert isinstance(half, Name)
    assert half.dotted == "app.ro"
    assert isinstance(call, Call)
    route, half_keyword = call.arguments
    assert (route.name, half_keyword.name) == ("route", None)
    assert isinstance(half_keyword.value, Name)
    assert half_keyword.value.dotted == "me"


def test_half_typed_decorator_between_two_functions() -> None:
    found = broken("""
        def first(req): ...

        @app.

        @app.route(route="x")
        def second(req): ...
        """)
    assert list(found.functions) == ["first", "second", "after"]
    assert len(found.functions["second"].decorators) == 2


@pytest.mark.parametrize("last", ["@app.", "@app.route(", "@app.route(route=", "@", '@app.route(route="x'])
def test_half_typed_decorator_at_the_end(last: str) -> None:
    found = read(HEAD + GOOD + "\n" + last)
    assert list(found.functions) == ["after"]
    assert [line for line, _, _ in found.problems] == [9]
    assert list(read(HEAD + GOOD + "\n" + last + "\n\n\n").functions) == ["after"]


@pytest.mark.parametrize("quotes", ['""C""', "''C''", "\u201cC\u201d"])
def test_doubled_and_typographic_quotes(quotes: str) -> None:
    found = broken(f"""
        @app.queue_trigger(arg_name="msg", queue_name="q", connection={quotes})
        def take(msg): ...
        """)
    assert arguments(found.functions["take"])["connection"] == "C"
    [(line, marked, message)] = found.problems
    assert (line, marked) == (5, quotes)
    assert "quotes" in message


def test_every_slip_of_a_block_can_be_mended() -> None:
    text = '@app.queue_trigger(arg_name=""msg"", queue_name=""q"")\n@app.retry(strategy=""fixed_delay"")\ndef take(msg): ...\n'
    block = Document("app.py", text).blocks[0]
    assert block.problem
    lines = text.split("\n")
    for mend in reversed(block.problem.mends):
        line = lines[mend.span.line]
        lines[mend.span.line] = line[: mend.span.column] + mend.text + line[mend.span.end_column :]
    mended = Document("app.py", "\n".join(lines))
    assert [each.problem for each in mended] == [None]
    assert arguments(mended.blocks[0].statements[0]) == {"arg_name": "msg", "queue_name": "q"}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("definition", "parameters"),
    [
        ("def take(msg: func.QueueMessage, out: func.Out[str])", ["msg", "out"]),
        ("def take(msg: func.QueueMessage, out: func.Out[str]:", ["msg", "out"]),
        ("def take(msg, out", ["msg", "out"]),
        ("def take(msg, out)) -> None:", ["msg", "out"]),
        ("def take(msg: , out: func.Out[str]):", ["msg", "out"]),
        ("def take(msg, out: ):", ["msg", "out"]),
        ("async def take(msg out):", ["msg"]),
        ("def take(msg=, *out):", ["msg", "out"]),
        ("def take msg, out:", []),
        ("def take", []),
        ("def take(", []),
        ("def take():", []),
        ("def take(msg,\n         out\n    pass", ["msg", "out"]),
        ("def take(msg, out) -> :", ["msg", "out"]),
        ("def take(msg, out) - None:", ["msg", "out"]),
    ],
)
def test_broken_signatures(definition: str, parameters: list[str]) -> None:
    found = read(HEAD + f'@app.queue_trigger(arg_name="msg", queue_name="q", connection="C")\n{definition}\n' + GOOD)
    assert list(found.functions) == ["take", "after"]
    take = found.functions["take"]
    assert [parameter.name for parameter in take.parameters] == parameters
    assert arguments(take)["queue_name"] == "q"
    assert len(found.problems) == 1
    assert found.problems[0][0] in (5, 6, 7, 9)


def test_annotations_of_a_broken_signature_are_read() -> None:
    take = read("def take(msg: func.QueueMessage, out: func.Out[str], n: int = 3:\n    pass\n").functions["take"]
    msg, out, count = take.parameters
    assert isinstance(msg.annotation, Name)
    assert msg.annotation.dotted == "func.QueueMessage"
    assert type(out.annotation).__name__ == "Subscript"
    assert (count.name, count.has_default) == ("n", True)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("    x = = 1\n", 7),
        ("    if x\n        pass\n", 7),
        ("    return (1,\n", 7),
        ("    return foo(1,\n    x = 2\n", 7),
        ("    for\n", 7),
        ('    x = "abc\n', 7),
        ("        x = 1\n    y = 2\n", 8),
        ("    x = {'a': 1\n", 7),
        ("    x = 1)\n", 7),
        ("    class\n", 7),
        ("    def\n", 7),
        ("    @\n", 7),
        ("    \u200bx = 1\n", 7),
        ("    x = 1 +\n", 7),
        ("", 6),
        ("    # nothing yet\n", 6),
    ],
)
def test_broken_bodies(body: str, line: int) -> None:
    found = broken(f'\n@app.route(route="first")\ndef first(req: func.HttpRequest) -> str:\n{body}\n')
    assert list(found.functions) == ["first", "after"]
    first = found.functions["first"]
    assert [parameter.name for parameter in first.parameters] == ["req"]
    assert isinstance(first.returns, Name)
    assert first.complete
    assert arguments(first) == {"route": "first"}
    [(where, _, _)] = found.problems
    assert where in (line, line + 1)


def test_unterminated_docstring() -> None:
    found = broken('''
        @app.route(route="first")
        def first(req: func.HttpRequest) -> str:
            """Say.
            return "first"

        @app.route(route="second")
        def second(req: func.HttpRequest) -> str:
            """Say too."""
            return "second"
        ''')
    assert list(found.functions) == ["first", "second", "after"]
    assert [(line, marked[:3]) for line, marked, _ in found.problems] == [(7, '"""')]


def test_string_never_closed_at_the_top() -> None:
    found = broken('\nSQL = """\nselect 1\n\n@app.route()\ndef first(req): ...\n')
    assert list(found.functions) == ["first", "after"]
    assert found.problems[0][:2] == (5, '"""')


@pytest.mark.parametrize("keyword", ["if x = 1:", "if", "try", "for a in", "while (", "with open(", "match x"])
def test_functions_inside_a_broken_branch(keyword: str) -> None:
    found = broken(f"""
        {keyword}
            @app.route(route="first")
            def first(req: func.HttpRequest) -> str:
                return "first"

            @app.route(route="second")
            def second(req: func.HttpRequest) -> str:
                return "second"
        """)
    assert list(found.functions) == ["first", "second", "after"]
    assert arguments(found.functions["second"]) == {"route": "second"}
    assert found.problems[0][0] == 5


def test_broken_function_inside_a_branch() -> None:
    found = broken("""
        if x:
            @app.route(route="first"
            def first(req: func.HttpRequest) -> str:
                return "first"

            @app.route(route="second")
            def second(req: func.HttpRequest) -> str:
                return (
        else:
            @app.route(route="third")
            def third(req: func.HttpRequest) -> str:
                return "third"
        """)
    assert list(found.functions) == ["first", "second", "third", "after"]


def test_broken_branches_inside_each_other() -> None:
    text = ""
    for depth in range(60):
        text += "    " * depth + "if x = 1:\n"
    found = read(text + "    " * 60 + "def deep(): ...\n" + GOOD)
    assert "after" in found.functions


def test_broken_class() -> None:
    found = broken("""
        class Config(Base:
            QUEUE = "q"

            @app.route(route="first")
            def first(self, req):
                return "first"
        """)
    assert "after" in found.functions
    assert found.problems[0][0] == 5


def test_half_typed_function_above_a_good_one() -> None:
    for half in (
        "def",
        "def ",
        "def fir",
        "def first(",
        "async def",
        "class",
        "if",
        "x =",
        "from",
        "import",
        "from x import",
    ):
        found = read(HEAD + half + "\n\n" + GOOD)
        assert "after" in found.functions, half
        assert len(found.functions["after"].decorators) == 1
        assert [line for line, _, _ in found.problems] == [4], half


def test_a_broken_assignment_still_binds() -> None:
    document = Document(
        "app.py", "app = func.FunctionApp(\nx: int = \nimport a, b as c from\nfrom m import (q, r as s\n"
    )
    bound = [statement.names for block in document for statement in block.statements if isinstance(statement, Opaque)]
    assert {name for names in bound for name in names} >= {"app", "x", "a", "c", "q", "s"}


def test_one_problem_for_each_broken_statement() -> None:
    found = read("x = (\ny = 1 +\nz = 2\nw = ]\n")
    assert [line for line, _, _ in found.problems] == [1, 2, 4]
