"""What belongs together: a binding and its parameter, a function and those who call it, a setting and its uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from pystein_lsp.features.occurrences import named_at, occurrences
from pystein_lsp.features.rename import renamed, renaming
from tests.features.conftest import At, Here

QUEUE = """\
@app.queue_trigger(arg_name="msg", queue_name="orders", connection="Cosmos")
@app.queue_output(arg_name="out", queue_name="done", connection="AzureWebJobsStorage")
def take(msg: func.QueueMessage, out):
    def inner(msg):
        return msg
    text = f"{msg.id} größer {msg}"
    out.set([msg for _ in text])
"""
DURABLE = """\
import azure.durable_functions as df

app = df.DFApp()


@app.orchestration_trigger(context_name="context")
def flow(context):
    yield context.call_activity("greet", "Tokyo")
    yield context.call_sub_orchestrator("flow")


@app.activity_trigger(input_name="city")
def greet(city: str): ...


@app.route()
@app.durable_client_input(client_name="client")
async def start(req, client):
    await client.start_new("flow")
"""


def found(here: Here) -> list[tuple[str, str, str]]:
    """File, text and role of everything that names the same."""
    named = named_at(here.app, here.module, here.line, here.column)
    assert named is not None
    return [
        (Path(each.path).name, _text(each.path, each.span.line, each.span.column, each.span.end_column), each.role)
        for each in occurrences(here.app, named)
    ]


def _text(path: str, line: int, start: int, end: int) -> str:
    return Path(path).read_text("utf-8").split("\n")[line][start:end]


def after_rename(here: Here, new: str) -> str:
    """The module after a rename."""
    named = named_at(here.app, here.module, here.line, here.column)
    assert named is not None
    edits = renamed(here.app, named, new)
    assert not isinstance(edits, str), edits
    lines = here.module.document.text.split("\n")
    for edit in sorted(
        (each for each in edits if each.path == here.module.path), key=lambda each: each.span, reverse=True
    ):
        line = lines[edit.span.line]
        lines[edit.span.line] = line[: edit.span.column] + edit.text + line[edit.span.end_column :]
    return "\n".join(lines)


@pytest.mark.parametrize("place", ['"msg"', "msg: func", "msg.id", "msg}", "msg for"])
def test_a_binding_its_parameter_and_the_body_belong_together(place: str, at: At) -> None:
    source = QUEUE.replace(place, place[:2] + "|" + place[2:], 1)
    texts = found(at(source))
    assert texts == [("function_app.py", "msg", "definition")] + [("function_app.py", "msg", "use")] * 4


def test_renaming_it_leaves_what_only_has_the_same_name(at: At) -> None:
    text = after_rename(at(QUEUE.replace('"msg"', '"m|sg"', 1)), "message")
    assert 'arg_name="message"' in text
    assert "def take(message: func.QueueMessage, out):" in text
    assert "def inner(msg):\n        return msg" in text
    assert 'f"{message.id} größer {message}"' in text
    assert "[message for _ in text]" in text


def test_an_implied_name_has_no_place_of_its_own(at: At) -> None:
    assert found(at("@app.route()\ndef f(r|eq):\n    return req\n")) == [
        ("function_app.py", "req", "definition"),
        ("function_app.py", "req", "use"),
    ]


@pytest.mark.parametrize("place", ['"greet"', "greet(city"])
def test_a_function_and_those_who_call_it_by_name(place: str, at: At) -> None:
    here = at(DURABLE.replace(place, place[:2] + "|" + place[2:], 1), head="")
    assert found(here) == [("function_app.py", "greet", "definition"), ("function_app.py", "greet", "use")]
    text = after_rename(here, "welcome")
    assert 'call_activity("welcome", "Tokyo")' in text
    assert "def welcome(city: str)" in text


def test_orchestrators_are_found_in_clients_and_other_orchestrators(at: At) -> None:
    here = at(DURABLE.replace("def flow", "def f|low"), head="")
    assert [role for _, _, role in found(here)] == ["definition", "use", "use"]


def test_a_function_that_code_uses_is_left_to_python_s_own_tools(at: At) -> None:
    here = at(DURABLE.replace("def greet", "def gr|eet") + "\n\nprint(greet('x'))\n", head="")
    named = named_at(here.app, here.module, here.line, here.column)
    assert named is not None
    assert "used in code (function_app.py, line 22)" in renaming(here.app, named).refused


def test_a_setting_is_found_in_the_settings_file_and_in_every_use(at: At) -> None:
    here = at(
        QUEUE.replace("Cosmos", "Cos|mos")
        + '\n@app.timer_trigger(arg_name="t", schedule="%Nightly%")\ndef tick(t): ...\n'
    )
    assert found(here) == [("local.settings.json", "Cosmos", "definition"), ("function_app.py", "Cosmos", "use")]


def test_an_identity_based_connection_is_the_part_before_the_suffix(at: At) -> None:
    here = at(QUEUE.replace("Cosmos", "B|us"))
    assert found(here) == [("local.settings.json", "Bus", "definition"), ("function_app.py", "Bus", "use")]


def test_a_setting_in_percent_signs_is_a_use(at: At) -> None:
    here = at('@app.timer_trigger(arg_name="t", schedule="%Ni|ghtly%")\ndef tick(t): ...\n')
    assert found(here) == [("local.settings.json", "Nightly", "definition"), ("function_app.py", "Nightly", "use")]


@pytest.mark.parametrize(
    ("source", "new"),
    [
        (QUEUE.replace('"msg"', '"m|sg"'), "not a name"),
        (QUEUE.replace("Cosmos", "C|osmos"), "a b"),
    ],
)
def test_a_name_that_cannot_be_is_refused(source: str, new: str, at: At) -> None:
    here = at(source)
    named = named_at(here.app, here.module, here.line, here.column)
    assert named is not None
    assert isinstance(renamed(here.app, named, new), str)


@pytest.mark.parametrize("source", ["x| = 1\n", "def f(a|): ...\n", "|", "'Cos|mos'\n"])
def test_elsewhere_nothing_is_named(source: str, at: At) -> None:
    here = at(source)
    assert named_at(here.app, here.module, here.line, here.column) is None


BLUEPRINT = """\
import azure.functions as func

bp = func.Blueprint()


@bp.route()
def other(req): ...
"""


@pytest.mark.parametrize("place", ["b|p)", "from more import bp\nimport azure.functions as func\n\na|pp"])
def test_apps_and_blueprints_are_found_where_they_are_made_used_and_registered(at: At, place: str) -> None:
    source = (
        "from more import bp\nimport azure.functions as func\n\napp = func.FunctionApp()\n\n\n@app.route()\n"
        "def hello(req): ...\n\n\napp.register_functions(bp)\n"
    )
    here = at(source.replace(place.replace("|", ""), place, 1), {"more.py": BLUEPRINT}, head="")
    expected = [("more.py", "bp", "definition"), ("function_app.py", "bp", "use"), ("more.py", "bp", "use")]
    if place.startswith("from"):
        expected = [("function_app.py", "app", "definition"), ("function_app.py", "app", "use")]
    assert found(here) == expected


CASES = DURABLE + '\n\n@app.route(route="x")\ndef Greet(req): ...\n'


def test_functions_that_differ_in_case_are_kept_apart(at: At) -> None:
    assert after_rename(at(CASES.replace("def greet", "def |greet"), head=""), "welcome") == CASES.replace(
        "greet", "welcome"
    )
    assert [text for _, text, _ in found(at(CASES.replace("Greet(", "Gre|et("), head=""))] == ["Greet"]


def test_a_function_below_a_decorator_of_others_is_found_by_its_own_name(at: At) -> None:
    wrapped = "from tools import traced\n" + DURABLE.replace("def greet", "@traced\ndef gr|eet")
    assert [role for _, _, role in found(at(wrapped, head=""))] == ["definition", "use"]
