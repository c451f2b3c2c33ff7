"""Refactorings: what they leave behind is checked as any app is, and loses no function."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from pystein_lsp.features.refactor import refactorings
from pystein_lsp.features.types import Action, TextEdit
from pystein_lsp.model.app import App, Context
from pystein_lsp.model.files import Files
from pystein_lsp.rules.diagnose import diagnose
from pystein_lsp.syntax.span import Span
from tests.features.conftest import HEAD, At, Here

BUNDLE = """{
  "version": "2.0",
  "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"}
}"""
HTTP = """\
@app.route(route="hello", auth_level="anonymous", methods=["GET"])
def hello(req: func.HttpRequest) -> str:
    return "hello"


@app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
def take(msg: func.QueueMessage) -> None:
    logging.info(msg.id)
"""


def offered(here: Here) -> dict[str, Action]:
    at = Span(here.line, here.column, here.line, here.column)
    return {action.title: action for action in refactorings(here.app, here.module, at)}


def applied(here: Here, action: Action) -> App:
    """The app with the edits of an action made, read anew."""
    by_path: dict[str, list[TextEdit]] = {}
    for edit in action.edits:
        by_path.setdefault(edit.path, []).append(edit)
    for path, edits in by_path.items():
        lines = Path(path).read_text("utf-8") if Path(path).exists() else ""
        for edit in sorted(edits, key=lambda each: each.span, reverse=True):
            start, end = (_offset(lines, *edit.span[:2]), _offset(lines, *edit.span[2:]))
            lines = lines[:start] + edit.text + lines[end:]
        Path(path).write_text(lines, "utf-8")
    return App(Files(), here.app.root, Context({}))


def _offset(text: str, line: int, column: int) -> int:
    return sum(len(each) + 1 for each in text.split("\n")[:line]) + column


def source(app: App) -> str:
    assert app.entry is not None
    return app.entry.document.text


def errors(app: App) -> list[str]:
    return [each.message for each in diagnose(app) if each.severity == "error"]


def test_a_text_becomes_a_member(at: At) -> None:
    here = at(HTTP.replace('"anonymous"', '"anony|mous"'), {"host.json": BUNDLE})
    app = applied(here, offered(here)["Use func.AuthLevel.ANONYMOUS"])
    assert "auth_level=func.AuthLevel.ANONYMOUS" in source(app)
    assert errors(app) == []


def test_each_method_of_a_list_becomes_a_member(at: At) -> None:
    here = at(HTTP.replace('"GET"', '"|GET"'))
    assert "methods=[func.HttpMethod.GET]" in source(applied(here, offered(here)["Use func.HttpMethod.GET"]))


def test_a_function_becomes_async_and_plain_again(at: At) -> None:
    here = at(HTTP.replace("def hello", "def he|llo"))
    app = applied(here, offered(here)["Make it async"])
    assert "async def hello(req" in source(app)
    here = at(HTTP.replace("def hello", "async def he|llo"))
    app = applied(here, offered(here)["Make it a plain function, which runs in a thread"])
    assert "\ndef hello(req" in source(app)


def test_what_awaits_stays_async(at: At) -> None:
    here = at(HTTP.replace("def hello", "async def he|llo").replace('return "hello"', "return await later()"))
    assert not [title for title in offered(here) if title.startswith("Make")]


@pytest.mark.parametrize("signature", ["msg: func.QueueMessage", "msg", "", "*, msg", "msg=None", "msg, **rest"])
def test_outputs_are_added_where_the_signature_is_plain(at: At, signature: str) -> None:
    here = at(HTTP.replace("def take(msg: func.QueueMessage)", f"def ta|ke({signature})"))
    found = [title for title in offered(here) if title.startswith("Add @")]
    assert bool(found) == (signature in ("msg: func.QueueMessage", "msg", ""))


def test_every_output_that_is_offered_is_sound(at: At) -> None:
    titles = [title for title in offered(at(HTTP.replace("def take", "def ta|ke"))) if title.startswith("Add @")]
    assert {"Add @queue_output", "Add @blob_output", "Add @service_bus_queue_output", "Add @cosmos_db_output"} <= set(
        titles
    )
    for title in titles:
        here = at(HTTP.replace("def take", "def ta|ke"), {"host.json": BUNDLE})
        app = applied(here, offered(here)[title])
        assert errors(app) == [], title
        assert "out: func.Out[str]) -> None" in source(app)
        (take,) = [each for each in app.indexed if each.name == "take"]
        assert [binding.name for binding in take.bindings] == ["msg", "out"]


def test_a_function_moves_into_a_blueprint(at: At) -> None:
    here = at(HTTP.replace("def take", "def ta|ke"), {"host.json": BUNDLE}, head="import logging\n" + HEAD)
    action = offered(here)["Move take into a blueprint"]
    app = applied(here, action)
    assert errors(app) == []
    assert sorted(each.name or "" for each in app.indexed) == ["hello", "take"]
    assert Path(app.root, "take_functions.py").read_text("utf-8") == textwrap.dedent(
        """\
        import logging
        import azure.functions as func

        bp = func.Blueprint()


        @bp.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
        def take(msg: func.QueueMessage) -> None:
            logging.info(msg.id)
        """
    )
    assert "app.register_functions(bp)" in source(app)
    assert "from take_functions import bp" in source(app)


def test_several_functions_move_together(at: At) -> None:
    here = at("|" + HTTP, {"host.json": BUNDLE}, head="import logging\n" + HEAD)
    everything = Span(0, 0, here.module.document.line_count, 0)
    (action,) = refactorings(here.app, here.module, everything)
    app = applied(here, action)
    assert action.title == "Move 2 functions into a blueprint"
    assert errors(app) == []
    assert sorted(each.name or "" for each in app.indexed) == ["hello", "take"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("logging.info(msg.id)", "helper(msg)\n\n\ndef helper(msg): ..."),
        ("logging.info(msg.id)", "logging.info(msg.id)\n\n\nprint(take)"),
        ("@app.queue_trigger", "@other\n@app.queue_trigger"),
    ],
)
def test_what_hangs_together_is_not_torn_apart(at: At, old: str, new: str) -> None:
    here = at(HTTP.replace(old, new).replace("def take", "def ta|ke"), head="import logging\n" + HEAD)
    assert not [title for title in offered(here) if title.startswith("Move")]


def test_bodies_are_left_to_python_s_tools(at: At) -> None:
    assert offered(at(HTTP.replace('return "hello"', 'return "hel|lo"'))) == {}
