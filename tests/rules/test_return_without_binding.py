"""return-without-binding."""

from __future__ import annotations

import pytest
from azure.functions import meta

from pystein_lsp.rules.return_without_binding import GIVE_NOTHING_BACK
from tests.conftest import Check

HEAD = "import azure.functions as func\nimport somewhere\napp = func.FunctionApp()\n"
QUEUE = '@app.queue_trigger("msg", "orders", "AzureWebJobsStorage")\n'


@pytest.mark.parametrize("value", ['"done"', "[]", "{}", "f'{msg}'", 'func.HttpResponse("done")', "5", "'a' + msg"])
def test_a_value(check: Check, value: str) -> None:
    [found] = check(HEAD + QUEUE + f"def f(msg):\n    if msg:\n        return {value}\n")
    assert (found.code, found.text, found.severity) == ("return-without-binding", value, "warning")


@pytest.mark.parametrize(
    "body",
    [
        "return",
        "return None",
        "return somewhere.done(msg)",
        "return msg",
        "def inner():\n        return 1\n    inner()",
        'x = "return 1"',
    ],
)
def test_nothing_or_unknown(check: Check, body: str) -> None:
    assert check(HEAD + QUEUE + f"def f(msg):\n    {body}\n") == []


@pytest.mark.parametrize(
    "stack",
    [
        '@app.route()\n@app.table_output("msg", "C", "t")\ndef f(req, msg):',
        QUEUE + '@app.queue_output("$return", "done", "C")\ndef f(msg):',
        QUEUE + "@somewhere.wraps\ndef f(msg):",
        QUEUE + '@app.table_input("t", "C", "rows")\ndef f(msg, t):',
        '@app.activity_trigger("msg")\ndef f(msg: str):',
        '@app.mcp_tool()\n@app.blob_output("msg", "files/a", "C")\ndef f(msg: func.Out[str]) -> str:',
        '@app.generic_trigger("msg", "queueTrigger")\n@app.generic_output_binding("o", "twilioSms")\ndef f(msg, o):',
    ],
)
def test_values_that_a_binding_takes(check: Check, stack: str) -> None:
    assert check(HEAD + stack + "\n    return 'done'\n", only="return-without-binding") == []


def test_the_library_knows_the_same_types() -> None:
    silent = {
        name
        for name, converter in meta._ConverterMeta._bindings.items()
        if not getattr(converter, "has_implicit_output", bool)()
    }
    assert silent == GIVE_NOTHING_BACK
