"""However an app came about, line by line, in whichever of its files: what is said about it is what a fresh look says."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pystein_lsp.model.app import App, Context
from pystein_lsp.model.files import Files
from pystein_lsp.rules.diagnose import Diagnosis, Diagnostic, examine, indexes

ENTRY = """\
import azure.functions as func
import azure.durable_functions as df
from parts import bp, helper, NAME
from functools import wraps

QUEUE = "orders"
app = func.FunctionApp()


def keep(f):
    @wraps(f)
    def inner(*args):
        return f(*args)
    return inner


@app.queue_trigger(arg_name="msg", queue_name=QUEUE, connection="Orders")
@keep
def take(msg: func.QueueMessage) -> None: ...


@app.route(route=NAME)
def hello(req: func.HttpRequest): ...


app.register_functions(bp)
"""
PARTS = """\
import azure.functions as func
import logging

NAME = "hello"
bp = func.Blueprint()


def helper(f):
    return f


@bp.timer_trigger(schedule="0 0 * * * *", arg_name="timer")
def tick(timer: func.TimerRequest) -> None: ...
"""
HOST = '{"version": "2.0", "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"}}'

LINES = (
    *ENTRY.split("\n"),
    *PARTS.split("\n"),
    "import azure.functions as f",
    "from azure.functions import *",
    "from parts import *",
    "import parts",
    "from typing import List",
    "import typing as t",
    "import azure.functions as library",
    "import azurefunctions.extensions.http.fastapi",
    "@app.cosmos_db_trigger(arg_name='msg', container_name='c', database_name='d', connection='C')",
    "def read(msg: list[func.Document]): ...",
    "def read(msg: int, more: bytes) -> int: ...",
    "from __future__ import annotations",
    "from nowhere import bp",
    "from more import app",
    "QUEUE = 'Bad_Queue'",
    "NAME = QUEUE",
    "QUEUE = NAME",
    "app = func.Blueprint()",
    "other = func.FunctionApp()",
    "bp = helper(func.Blueprint())",
    "def make():",
    "    return func.Blueprint()",
    "bp = make()",
    "make()",
    "if QUEUE:",
    "    NAME = 'other'",
    "for NAME in ('a', 'b'):",
    "try: helper = keep",
    "except NameError: helper = None",
    "a, a = 1, 2",
    "class Blueprint(func.Blueprint): ...",
    "bp = Blueprint()",
    "def helper(f): return 1",
    "def keep(f): return None",
    "helper = keep",
    "x = func.Nothing",
    "x = missing",
    "print(QUEUE)",
    "x = = 1",
    "@app.function_name('hello')",
    "@app.route()",
    "@app.generic_output_binding(arg_name='$return', type='queue')",
    "@bp.route(route=QUEUE)",
    "@helper",
    "@parts.helper",
    "@missing",
    "def hello(req: List[str]) -> func.Out: ...",
    "def work(req, msg: f.QueueMessage): ...",
    "@app.orchestration_trigger(context_name='context')",
    "def run(context):",
    "    yield context.call_activity('tick')",
    "app.register_functions(bp)",
    "app.register_functions(parts.bp)",
    "# pystein: ignore[unknown-name]",
    "del bp",
    'text = """',
    "@app.queue_trigger(",
    ")",
)

Change = tuple[str, int, int, list[str]]
changes = st.lists(
    st.tuples(
        st.sampled_from(["function_app.py", "parts.py"]),
        st.integers(0, 30),
        st.integers(0, 4),
        st.lists(st.sampled_from(LINES), max_size=4),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes)
def test_what_is_said_after_edits_is_what_a_fresh_look_says(tmp_path: Path, changes: list[Change]) -> None:
    texts = {"function_app.py": ENTRY, "parts.py": PARTS, "host.json": HOST}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    app = _opened(tmp_path, texts)
    examine(app)
    for name, line, removed, lines in changes:
        module = app.files.module(str(tmp_path / name))
        assert module
        if module.edit(line, 0, line + removed, 0, "".join(f"{each}\n" for each in lines)):
            app.files.changed(module)
        texts[name] = module.document.text
        fresh = _opened(tmp_path, texts)
        assert _said(app) == _said(fresh)


def _opened(root: Path, texts: dict[str, str]) -> App:
    files = Files()
    for name, text in texts.items():
        if name.endswith(".py"):
            files.open(str(root / name), text)
    return App(files, str(root), Context({}))


def _said(app: App) -> object:
    diagnosis: Diagnosis = examine(app)
    verdict = indexes(app, diagnosis.shown, diagnosis.suppressed)
    return verdict, sorted(map(_shown, diagnosis.shown)), sorted(map(_shown, diagnosis.suppressed))


def _shown(diagnostic: Diagnostic) -> str:
    fixes = [
        (fix.title, [(edit.location.path, edit.location.absolute, edit.text) for edit in fix.edits])
        for fix in diagnostic.fixes
    ]
    related = [(each.message, each.location.path, each.location.absolute) for each in diagnostic.related]
    where = diagnostic.location.path, diagnostic.location.absolute
    return repr((diagnostic.code, diagnostic.severity, diagnostic.message, where, diagnostic.function, related, fixes))
