"""What an argument is known to be: constants are folded across modules, everything else is unknown and never wrong."""

from __future__ import annotations

import pytest

from pystein_lsp.syntax.tree import Items, Literal, Name, Unknown
from tests.conftest import MakeApp

HEAD = "import os, enum\nfrom enum import Enum\nimport azure.functions as func\napp = func.FunctionApp()\n"


def queue(make_app: MakeApp, expression: str, before: str = "", files: dict[str, str] | None = None) -> str | None:
    """What is known of the name of a queue."""
    stack = f"@app.queue_trigger(arg_name='msg', queue_name={expression}, connection='C')\ndef take(msg): ...\n"
    [function] = make_app(f"{HEAD}{before}\n{stack}", files).indexed
    return function.uses[0].text("queue_name")


@pytest.mark.parametrize(
    ("expression", "before"),
    [
        ("'orders'", ""),
        ("NAME", "NAME = 'orders'"),
        ("NAME", "NAME: str = 'orders'"),
        ("NAME", "OTHER = 'orders'\nNAME = OTHER"),
        ("NAME", "A, NAME = 1, 'orders'"),
        ("'or' + 'ders'", ""),
        ("'or' 'ders'", ""),
        ("PREFIX + 'ders'", "PREFIX = 'or'"),
        ("f'orders'", ""),
        ("f'{PREFIX}ders'", "PREFIX = 'or'"),
        ("f'{A}{B}s'", "A = 'or'\nB = 'der'"),
        ("'o' f'{A}s'", "A = 'rder'"),
        ("Config.QUEUE", "class Config:\n    QUEUE = 'orders'"),
        ("Config.QUEUE", "class Config:\n    PREFIX = 'or'\n    QUEUE: str = 'or' + 'ders'\n    def f(self): ..."),
        ("Config.Inner.QUEUE", "class Config:\n    class Inner:\n        QUEUE = 'orders'"),
        ("Config.QUEUE", "class Base:\n    QUEUE = 'orders'\nclass Config(Base):\n    OTHER = 1"),
        ("config.QUEUE", "class Config:\n    QUEUE = 'orders'\nconfig = Config()"),
        ("Queue.ORDERS", "class Queue(str, Enum):\n    ORDERS = 'orders'"),
        ("Queue.ORDERS", "class Queue(enum.StrEnum):\n    ORDERS = 'orders'"),
        ("Queue.ORDERS.value", "class Queue(Enum):\n    ORDERS = 'orders'"),
        ("Queue.orders.name", "class Queue(Enum):\n    orders = 1"),
        ("NAME", "NAME = 'wrong'\nNAME = 'orders'"),
    ],
)
def test_known(make_app: MakeApp, expression: str, before: str) -> None:
    assert queue(make_app, expression, before) == "orders"


@pytest.mark.parametrize(
    ("expression", "before"),
    [
        ("NAME", "from consts import NAME"),
        ("N", "from consts import NAME as N"),
        ("consts.NAME", "import consts"),
        ("c.NAME", "import consts as c"),
        ("NAME", "from consts import *"),
        ("consts.Config.QUEUE", "import consts"),
        ("Queues.ORDERS", "from consts import Queues"),
        ("NAME", "from pack import NAME"),
        ("pack.inner.NAME", "import pack.inner"),
        ("settings.queue", "from consts import settings"),
    ],
)
def test_known_across_modules(make_app: MakeApp, expression: str, before: str) -> None:
    consts = (
        "from enum import Enum\nfrom pack.inner import NAME\nclass Config:\n    QUEUE = NAME\n"
        "class Queues(str, Enum):\n    ORDERS = Config.QUEUE\nclass Settings:\n    queue = 'orders'\nsettings = Settings()\n"
    )
    files = {"consts.py": consts, "pack/__init__.py": "from .inner import NAME\n", "pack/inner.py": "NAME = 'orders'\n"}
    assert queue(make_app, expression, before, files) == "orders"


@pytest.mark.parametrize(
    ("expression", "before"),
    [
        ("os.environ['Q']", ""),
        ("os.getenv('Q', 'orders')", ""),
        ("f'{PREFIX!r}orders'", "PREFIX = ''"),
        ("f'{PREFIX:>3}orders'", "PREFIX = ''"),
        ("f'{PREFIX}orders'", "PREFIX = 5"),
        ("f'{make()}orders'", ""),
        ("f'{Queue.ORDERS}'", "class Queue(str, Enum):\n    ORDERS = 'orders'"),
        ("f'" + "{PREFIX}" * 50 + "'", "PREFIX = ''"),
        ("'orders'.lower()", ""),
        ("NAME", "NAME = input()"),
        ("NAME", "if x:\n    NAME = 'orders'\nelse:\n    NAME = 'other'"),
        ("NAME", "for NAME in ('orders', 'other'): ..."),
        ("NAME", "NAME = 'orders'\ndef change():\n    global NAME\n    NAME = 'other'"),
        ("NAME", "NAME = 'orders'\nNAME += 's'"),
        ("NAME", "from elsewhere import NAME"),
        ("Config.QUEUE", "class Config:\n    QUEUE = 'orders'\nConfig.QUEUE = 'other'"),
        ("Config.QUEUE", "class Config:\n    if x:\n        QUEUE = 'orders'"),
        ("Config.QUEUE", "from pydantic import BaseSettings\nclass Config(BaseSettings):\n    QUEUE = 'orders'"),
        (
            "config.QUEUE",
            "class Config:\n    QUEUE = 'orders'\n    def __init__(self):\n        self.QUEUE = 'x'\nconfig = Config()",
        ),
        ("config.QUEUE", "class Config:\n    QUEUE = 'orders'\nconfig = Config(QUEUE='other')"),
        ("config.QUEUE", "class Config:\n    QUEUE = 'orders'\nconfig = Config()\nconfig.QUEUE = 'other'"),
        ("Config.MISSING", "class Config:\n    QUEUE = 'orders'"),
        ("Queue.ORDERS", "class Queue(Enum):\n    ORDERS = 'orders'"),
        ("Config.QUEUE", "@change\nclass Config:\n    QUEUE = 'orders'"),
        ("Config.QUEUE", "class Config(metaclass=Meta):\n    QUEUE = 'orders'"),
    ],
)
def test_unknown(make_app: MakeApp, expression: str, before: str) -> None:
    assert queue(make_app, expression, before) is None


def test_members_of_the_librarys_enums_and_lists(make_app: MakeApp) -> None:
    app = make_app(
        f"{HEAD}LEVEL = func.AuthLevel.ADMIN\nMETHODS = ['GET', func.HttpMethod.POST, other()]\n"
        "@app.route(auth_level=LEVEL, methods=METHODS)\ndef hello(req): ...\n"
    )
    use = app.indexed[0].uses[0]
    level, methods = use.value("auth_level"), use.value("methods")
    assert isinstance(level, Name)
    assert level.dotted == "azure.functions.AuthLevel.ADMIN"
    assert isinstance(methods, Items)
    assert [type(each) for each in methods.values] == [Literal, Name, Unknown]


def test_a_folded_value_stands_where_it_is_written(make_app: MakeApp) -> None:
    app = make_app(
        f"{HEAD}NAME = 'orders'\n@app.queue_trigger(arg_name='m', queue_name=NAME, connection='C')\ndef f(m): ...\n"
    )
    [function] = app.indexed
    value = function.uses[0].value("queue_name")
    assert value
    span = function.location(value.span).absolute
    line = app.entry.document.line_text(span.line)  # type: ignore[union-attr]
    assert line[span.column : span.end_column] == "NAME"
