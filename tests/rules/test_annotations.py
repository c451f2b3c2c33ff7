"""invalid-annotation, invalid-return-annotation, invalid-return-binding: what is said, where, and what mends it."""

from __future__ import annotations

import pytest

from tests.conftest import Check

HEAD = "import typing\nimport azure.functions as func\napp = func.FunctionApp()\n"
QUEUE = '@app.queue_trigger("msg", "q", "C")\n'
OUT = '@app.queue_output("out", "q", "C")\n'
HTTP = '@app.route("r")\n'


@pytest.mark.parametrize(
    ("stack", "signature", "marked", "safe", "new"),
    [
        (
            QUEUE,
            "(msg: typing.Optional[func.QueueMessage])",
            "typing.Optional[func.QueueMessage]",
            True,
            "func.QueueMessage",
        ),
        (QUEUE, "(msg: func.QueueMessage | None)", "func.QueueMessage | None", True, "func.QueueMessage"),
        (QUEUE, "(msg: func.QueueMessage | None = None)", "func.QueueMessage | None", False, "func.QueueMessage"),
        (QUEUE, "(msg: dict)", "dict", False, "func.QueueMessage"),
        (QUEUE, "(msg: func.Out[func.QueueMessage])", "func.Out[func.QueueMessage]", False, "func.QueueMessage"),
        (QUEUE, "(msg: func.QueueMesage)", "func.QueueMesage", False, "func.QueueMessage"),
        (QUEUE + OUT, "(msg, out: str)", "str", True, "func.Out[str]"),
        (QUEUE + OUT, "(msg, out: dict)", "dict", False, "func.Out[str]"),
        (QUEUE + OUT, "(msg, out: func.Out)", "func.Out", False, "func.Out[str]"),
        (QUEUE + OUT, "(msg, out: func.Out[list[str]])", "func.Out[list[str]]", True, "typing.List"),
        (HTTP, "(req, context: dict)", "dict", True, "func.Context"),
    ],
)
def test_parameter(check: Check, stack: str, signature: str, marked: str, safe: bool, new: str) -> None:
    [found] = check(f"{HEAD}{stack}def f{signature}: ...\n", only="invalid-annotation")
    assert (found.text, found.severity, found.diagnostic.function) == (marked, "error", "f")
    [fix] = found.diagnostic.fixes
    assert (fix.safe, fix.edits[0].text) == (safe, new)


def test_typing_is_imported_where_it_is_not(check: Check) -> None:
    trigger = '@app.event_hub_message_trigger("events", "C", "h", cardinality="many")\n'
    function = "def f(events: list[func.EventHubEvent]): ...\n"
    [found] = check(
        f"import azure.functions as func\napp = func.FunctionApp()\n{trigger}{function}", only="invalid-annotation"
    )
    [fix] = found.diagnostic.fixes
    assert [edit.text for edit in fix.edits] == ["List", "from typing import List\n"]


@pytest.mark.parametrize(
    "signature",
    [
        "(msg)",
        "(msg: str)",
        "(msg: 'func.QueueMessage')",
        "(msg: typing.Annotated[func.QueueMessage, 1])",
        "(msg, context: func.Context)",
        "(msg) -> typing.Optional[dict]",
    ],
)
def test_is_silent(check: Check, signature: str) -> None:
    found = check(f"{HEAD}{QUEUE}def f{signature}: ...\n")
    assert [each for each in found if each.code.endswith(("-annotation", "-return-binding"))] == []


@pytest.mark.parametrize("before", ["from third import M\n", "M = make()\n", "from third import *\n"])
def test_says_nothing_of_what_it_cannot_know(check: Check, before: str) -> None:
    source = f"{HEAD}import third\nfrom third import make\n{before}{QUEUE}def f(msg: M): ...\n"
    assert check(source, only="invalid-annotation") == []


def test_sdk_types_and_http_extensions_judge_themselves(check: Check) -> None:
    source = HEAD + (
        "import azurefunctions.extensions.bindings.blob as blob\n"
        '@app.blob_trigger("client", "c/b", "C")\ndef f(client: blob.BlobClient): ...\n'
    )
    assert check(source, only="invalid-annotation") == []
    source = (
        HEAD
        + "from azurefunctions.extensions.http.fastapi import Request\n"
        + HTTP
        + "def g(req: Request) -> dict: ...\n"
    )
    assert check(source, only="invalid-return-annotation") == []


def test_a_class_that_only_checkers_see(check: Check) -> None:
    hidden = "if typing.TYPE_CHECKING:\n    from azure.functions import QueueMessage\n"
    source = f"from __future__ import annotations\n{HEAD}{hidden}{QUEUE}def f(msg: QueueMessage): ...\n"
    [found] = check(source, only="invalid-annotation")
    assert "QueueMessage, which does not exist when the app is loaded" in found.message


def test_a_request_as_text_loads_and_then_fails(check: Check) -> None:
    [found] = check(f"{HEAD}{HTTP}def f(req: str): ...\n", only="invalid-annotation")
    assert (found.severity, found.text) == ("warning", "str")


@pytest.mark.parametrize(
    ("returns", "new", "safe"),
    [
        ("dict", "func.HttpResponse", False),
        ("None", "func.HttpResponse", False),
        ("typing.Optional[func.HttpResponse]", "func.HttpResponse", True),
        ("str | None", "str", True),
        ("typing.Tuple[str, int]", "func.HttpResponse", False),
        ("func.Out[str]", "func.HttpResponse", False),
    ],
)
def test_return(check: Check, returns: str, new: str, safe: bool) -> None:
    [found] = check(f"{HEAD}{HTTP}def f(req) -> {returns}: ...\n", only="invalid-return-annotation")
    assert (found.text, found.severity) == (returns, "error")
    [fix] = found.diagnostic.fixes
    assert (fix.edits[0].text, fix.safe) == (new, safe)


def test_return_of_another_binding(check: Check) -> None:
    source = f'{HEAD}{QUEUE}@app.cosmos_db_output("$return", "C", "d", "c")\ndef f(msg) -> str: ...\n'
    [found] = check(source, only="invalid-return-annotation")
    assert "@cosmos_db_output takes no 'str'" in found.message


def test_a_trigger_is_no_return_value(check: Check) -> None:
    source = f'{HEAD}@app.queue_trigger("$return", "q", "C")\ndef f(): ...\n'
    [found] = check(source, only="invalid-return-binding")
    assert (found.text, found.severity) == ('"$return"', "error")


def test_python_310_takes_more(check: Check) -> None:
    activity = f'{HEAD}@app.activity_trigger("data")\ndef f(data: list[str]): ...\n'
    assert [each.severity for each in check(activity, only="invalid-annotation")] == ["error"]
    assert check(activity, {".python-version": "3.10.13\n"}, only="invalid-annotation") == []


@pytest.mark.parametrize(("future", "fixed"), [("", ["func.Out[str]"]), ("from __future__ import annotations\n", [])])
def test_an_output_in_round_brackets(check: Check, future: str, fixed: list[str]) -> None:
    source = (
        "import azure.functions as func\napp = func.FunctionApp()\n@app.route('r')\n@app.queue_output('o', 'q', 'C')\n"
    )
    found = check(future + source + "def f(req, o: func.Out(str)) -> str: ...\n", only="invalid-annotation")
    assert [each.diagnostic.fixes[0].edits[0].text for each in found] == fixed
