"""After any edits the model is that of the files read afresh: nothing that was worked out before may linger."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pystein_lsp.model.app import App, Context
from pystein_lsp.model.files import Files
from pystein_lsp.model.functions import Function
from tests.syntax.strategies import applied

ENTRY = """import azure.functions as func
from parts import bp, NAME
from deco import plain
import consts

app = func.FunctionApp()
QUEUE = "orders"


@app.route(route=NAME)
def hello(req): ...


@app.queue_trigger(arg_name="msg", queue_name=QUEUE, connection=consts.CONNECTION)
@plain
def take(msg): ...


def handler(req): ...


app.route(route="called")(handler)


def make():
    made = func.Blueprint()

    @made.route(route="made")
    def inner(req): ...

    return made


more = make()
app.register_functions(bp)
app.register_functions(more)
for each, path in ((handler, "x"), (hello, "y")):
    app.function_name(path)(app.route(route=path)(each))
"""
PARTS = """import azure.functions as func
from consts import PREFIX

bp = func.Blueprint()
NAME = PREFIX + "/n"


@bp.timer_trigger(arg_name="t", schedule="0 0 * * * *")
def tick(t): ...
"""
CONSTS = 'PREFIX = "api"\nCONNECTION = "Store"\n'
DECO = "def plain(f):\n    return f\n"
FILES = {"function_app.py": ENTRY, "parts.py": PARTS, "consts.py": CONSTS, "deco.py": DECO}

LINES = [
    *sorted({line for text in FILES.values() for line in text.split("\n")}),
    "app = func.Blueprint()", "app = None", "bp = func.FunctionApp()", "from parts import bp as app", "QUEUE = NAME", "if x:",
    "import flask as func", "    app = 1", "def handler(msg, extra): ...", "    return func.FunctionApp()", '"""', "@app.",
    "    pass", "app = other()", "from consts import *", "def plain(f):", "    def wrapper(a): ...", "    return wrapper",
    "class NAME: ...", "#",
]  # fmt: skip


def picture(function: Function) -> object:
    absolute = function.location(function.name_span).absolute
    return (
        function.name,
        Path(function.block.path).name,
        absolute,
        (function.container.class_name, function.container.variable, function.container.location.absolute),
        [(use.name, sorted(map(str, use.bound.values.items())) if use.bound else None) for use in function.uses],
        [(binding.name, binding.type, binding.direction, binding.role) for binding in function.bindings],
        [parameter.name for parameter in function.definition.parameters],
        function.signature_sure,
        function.conditional,
        function.inside,
        [wrapper.shape for wrapper in function.wrappers],
    )  # fmt: skip


def whole(app: App) -> dict[str, object]:
    return {
        "reachable": sorted(Path(path).name for path in app.reachable),
        "indexed": [picture(function) for function in app.indexed],
        "all": [picture(function) for module in app.modules for function in app.functions(module)],
        "containers": [(each.class_name, each.variable, each.location.absolute) for each in app.containers],
        "registered": [
            (Path(call.location.path).name, call.location.absolute, str(type(call.given)))
            for call in app.registrations.calls
        ],
        "complete": app.registrations.complete,
        "imports known": app.imports_known,
    }


def opened(root: Path, texts: dict[str, str]) -> App:
    files = Files()
    for name, text in texts.items():
        files.open(str(root / name), text)
    return App(files, str(root), Context({}))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


Change = tuple[str, int, int, list[str]]
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(sorted(FILES)), st.integers(0, 45), st.integers(0, 2), st.lists(st.sampled_from(LINES), max_size=2)
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
@example([("function_app.py", 5, 1, ["app = func.FunctionApp()  # note"]), ("function_app.py", 9, 0, ["#"])])
@example([("deco.py", 0, 2, ["def plain(f):", "    def wrapper(a): ..."]), ("deco.py", 2, 0, ["    return wrapper"])])
@example([("function_app.py", 18, 1, ["def handler(msg, extra): ..."])])
@example(
    [("function_app.py", 24, 1, ["    made = func.FunctionApp()"]), ("function_app.py", 26, 1, ["    @made.route()"])]
)
def test_the_model_after_edits_is_a_fresh_one(root: Path, changes: list[Change]) -> None:
    texts = dict(FILES)
    app = opened(root, texts)
    whole(app)
    for name, line, removed, lines in changes:
        module = app.files.module(str(root / name))
        assert module
        edit = (line, 0, line + removed, 0, "".join(f"{each}\n" for each in lines))
        texts[name] = _after(texts[name], edit)
        if module.edit(*edit):
            app.files.changed(module)
        assert module.document.text == texts[name]
        assert whole(app) == whole(opened(root, texts))


def _after(text: str, edit: tuple[int, int, int, int, str]) -> str:
    from tests.syntax.strategies import Edit

    return applied(text, Edit(*edit))


def test_typing_in_a_body_keeps_what_is_known(root: Path) -> None:
    app = opened(root, FILES)
    whole(app)
    module = app.entry
    assert module
    generation = app.files.generation
    line = ENTRY.split("\n").index("def hello(req): ...")
    assert not module.edit(line, len("def hello(req): "), line, len("def hello(req): ..."), "\n    return req")
    assert app.files.generation == generation
    first, *rest = app.indexed
    assert first.definition.span.end_line == 2
    assert [function.name for function in rest][:1] == ["take"]


def test_a_changed_constant_of_another_module_is_seen(root: Path) -> None:
    app = opened(root, FILES)
    [hello] = [function for function in app.indexed if function.name == "hello"]
    assert hello.uses[0].text("route") == "api/n"
    module = app.files.module(str(root / "consts.py"))
    assert module
    assert module.edit(0, 10, 0, 13, "v2")
    app.files.changed(module)
    [hello] = [function for function in app.indexed if function.name == "hello"]
    assert hello.uses[0].text("route") == "v2/n"


def test_a_changed_constant_concerns_those_alone_who_name_it(root: Path) -> None:
    app = opened(root, FILES)
    before = {function.name: function for function in app.indexed}
    entry = app.entry
    assert entry
    line = ENTRY.split("\n").index('QUEUE = "orders"')
    for edit in (
        (line, 9, line, 15, "parcels"),
        (0, 0, 0, 0, "import json\n"),
        (line + 1, 0, line + 1, 0, "LIMIT = 5\n"),
    ):
        assert entry.edit(*edit)
        app.files.changed(entry)
    after = {function.name: function for function in app.indexed}
    assert {name for name, function in after.items() if function is not before.get(name)} == {"take"}
    assert after["take"].uses[0].text("queue_name") == "parcels"


def test_a_new_import_that_reaches_a_module_concerns_all(root: Path) -> None:
    texts = {**FILES, "function_app.py": ENTRY.replace("from parts import bp, NAME\n", "NAME = 'x'\n")}
    app = opened(root, texts)
    assert "tick" not in {function.name for function in app.indexed}
    entry = app.entry
    assert entry
    assert entry.edit(1, 0, 2, 0, "from parts import bp, NAME\n")
    app.files.changed(entry)
    assert "tick" in {function.name for function in app.indexed}
