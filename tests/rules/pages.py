"""The examples of the rules' pages as apps."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pystein_lsp.rules.document import Page

HEAD = "import os\nimport azure.functions as func\napp = func.FunctionApp()\n\n"
TAKES_A_MESSAGE = (
    '@app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")\n'
    "def take_message(msg: func.QueueMessage): ...\n"
)
ASKS = '@app.route(route="ask")\n@app.text_completion_input(arg_name="answer", prompt="x")\ndef ask(req, answer: str) -> str: ...\n'
TICKS = '@app.timer_trigger(arg_name="timer", schedule="0 */5 * * * *")\ndef tick(timer: func.TimerRequest): ...\n'
HOST = '{"version": "2.0", "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"}}'
SETTINGS = '{"IsEncrypted": false, "Values": {"FUNCTIONS_WORKER_RUNTIME": "python", "StorageConnection": "x", "ORDERS_QUEUE": "x"}}'

BESIDE: dict[str, Mapping[str, str]] = {
    "broken-import": {"prices.py": "def price_of(): ...\n"},
    "missing-connection-setting": {"local.settings.json": SETTINGS},
    "unresolved-setting-expression": {"local.settings.json": SETTINGS},
    "missing-extension-bundle": {"function_app.py": HEAD + TAKES_A_MESSAGE},
    "wrong-extension-bundle": {"host.json": HOST, "function_app.py": HEAD + ASKS},
    "durable-missing-package": {
        "function_app.py": HEAD + '@app.activity_trigger(input_name="name")\ndef hello(name: str): ...\n'
    },
    "missing-requirement": {"function_app.py": HEAD + "import pandas\n" + TICKS},
    "unavailable-decorator": {
        "function_app.py": HEAD
        + '@app.mcp_tool_trigger(arg_name="context", tool_name="hello")\ndef hello(context: str) -> str: ...\n'
    },
}
"""What an example leaves out: by rule, files that stand beside it unless it brings its own."""

_WHOLE = {
    "mixed-models": {
        "Example": {
            "function_app.py": HEAD + TICKS,
            "Orders/function.json": '{"scriptFile": "__init__.py", "bindings": []}',
            "Orders/__init__.py": "def main(req): ...\n",
        },
        "Use instead": {"function_app.py": HEAD + TICKS},
    },
}
"""Examples in words."""

_REQUIREMENT = re.compile(r"`(azure-functions[^`]*)`(?:(?: alone)? beside| in requirements)")


def app_of(page: Page, heading: str) -> dict[str, str]:
    """The files of the app that a section shows."""
    if page.name in _WHOLE:
        return _WHOLE[page.name][heading]
    files = dict(BESIDE.get(page.name, {}))
    for code in page.code(heading):
        if code.language == "python":
            files["function_app.py"] = _module(code.text)
        elif code.language == "json":
            files["local.settings.json" if "IsEncrypted" in code.text else "host.json"] = code.text
        elif code.language == "text":
            files["requirements.txt"] = code.text
    if asked := _REQUIREMENT.search(page.sections[heading]):
        files["requirements.txt"] = asked[1] + "\n"
    return {"function_app.py": HEAD + TICKS, **files}


def _module(code: str) -> str:
    if code.rstrip().splitlines()[-1].startswith("@"):
        code += TICKS
    if code.startswith("import azure"):
        return code
    own_app = re.search(r"^app = ", code, re.MULTILINE)
    return (HEAD.replace("app = func.FunctionApp()\n", "") if own_app else HEAD) + code
