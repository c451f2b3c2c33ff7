"""An editor that never rests: random edits of an app of some 1,000 lines, and every request that editors make."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from tests.lsp.wire import Wire, edit

BLOCK = '''
@app.route(route="items{n}/{{id}}")
@app.queue_output(arg_name="out", queue_name="items{n}", connection="AzureWebJobsStorage")
def put_{n}(req: func.HttpRequest, out: func.Out[str]) -> str:
    """Puts item {n}."""
    out.set(req.route_params["id"])
    return "ok"


@app.queue_trigger(arg_name="msg", queue_name="items{n}", connection="AzureWebJobsStorage")
def take_{n}(msg: func.QueueMessage) -> None:
    logging.info("got %s", msg.get_body())


@app.timer_trigger(arg_name="timer", schedule="0 */{n} * * * *")
def tick_{n}(timer: func.TimerRequest) -> None:
    helper(timer.past_due)
'''
HEADER = """import logging
import azure.functions as func
from blueprint import bp, helper

app = func.FunctionApp()
app.register_functions(bp)
"""
BLUEPRINT = """import azure.functions as func

bp = func.Blueprint()


def helper(late: bool) -> None:
    '''Helps.'''


@bp.route(route="other")
def other(req: func.HttpRequest) -> str: ...
"""
FILES = {
    "function_app.py": HEADER + "".join(BLOCK.format(n=number) for number in range(1, 51)),
    "blueprint.py": BLUEPRINT,
    "host.json": '{"version": "2.0"}',
    "local.settings.json": '{"IsEncrypted": false, "Values": {"AzureWebJobsStorage": ""}}',
}
LINES = [
    "", "(", '"""', "    x = 1", "@app.", "@app.route(", '@app.route(route="x")', "def put_1(req): ...", "import os", "\\",
    '@app.timer_trigger(arg_name="timer", schedule="61 * * * * *")', "class A:", "    def f(self):", "größe = '😀'", "if True:",
    "from nowhere import nothing", "app = func.FunctionApp()", "async def f(", "#", "    return f'{x'", "app.register_functions(bp)",
]  # fmt: skip
POSITIONAL = (
    "completion", "hover", "signatureHelp", "definition", "references", "documentHighlight", "prepareRename",
    "prepareCallHierarchy",
)  # fmt: skip
WHOLE = ("codeLens", "documentSymbol", "documentLink", "foldingRange", "semanticTokens/full")
EDITS = 25  # of a round
RESTORED = 40  # edits after which the text is what it was at first


class Editing:
    """One session with the server, over its pipes."""

    def __init__(self, root: Path, seed: int = 0) -> None:
        root.mkdir(parents=True, exist_ok=True)
        for name, text in FILES.items():
            (root / name).write_text(text, "utf-8")
        self._root = root
        self._random = random.Random(seed)
        self.wire = Wire()
        self.wire.initialize(root)
        self._versions = dict.fromkeys(FILES, 0)
        self._lines: dict[str, list[str]] = {}
        self.edits = 0
        self.requests = 0
        for name in ("function_app.py", "blueprint.py"):
            self._open(name)

    def _uri(self, name: str) -> str:
        return (self._root / name).as_uri()

    def _open(self, name: str) -> None:
        self._lines[name] = FILES[name].split("\n")
        self._versions[name] += 1
        self.wire.open(self._uri(name), FILES[name], self._versions[name])

    def round(self) -> None:
        """Some edits, each followed by some requests; all are answered when it ends."""
        for _ in range(EDITS):
            self._edit("function_app.py" if self._random.random() < 0.8 else "blueprint.py")
            self._ask()
        self._reopen("blueprint.py")
        self.wire.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": self._uri("host.json"), "type": 2}]})
        self.wire.request("workspace/symbol", {"query": "take"})
        self.wire.seen.clear()

    def _reopen(self, name: str) -> None:
        self.wire.notify("textDocument/didClose", {"textDocument": {"uri": self._uri(name)}})
        self._open(name)

    def _edit(self, name: str) -> None:
        lines = self._lines[name]
        self.edits += 1
        self._versions[name] += 1
        if self.edits % RESTORED == 0:
            self._lines[name] = FILES[name].split("\n")
            self.wire.change(self._uri(name), self._versions[name], {"text": FILES[name]})
            return
        start = self._random.randrange(len(lines) - 1)
        end = min(start + self._random.choice([0, 0, 0, 1, 2]), len(lines) - 1)
        new = self._random.choice(LINES)
        lines[start:end] = [new]
        self.wire.change(self._uri(name), self._versions[name], edit(start, 0, end, 0, f"{new}\n"))

    def _ask(self) -> None:
        document: dict[str, Any] = {"textDocument": {"uri": self._uri("function_app.py")}}
        place = {
            "line": self._random.randrange(len(self._lines["function_app.py"])),
            "character": self._random.randrange(40),
        }
        span = {"start": place, "end": {"line": place["line"] + 5, "character": 0}}
        context = {"references": {"context": {"includeDeclaration": True}}}
        chosen = self._random.choice(POSITIONAL)
        asked = {
            self.wire.ask(f"textDocument/{chosen}", {**document, "position": place, **context.get(chosen, {})}),
            self.wire.ask(f"textDocument/{self._random.choice(WHOLE)}", document),
            self.wire.ask("textDocument/inlayHint", {**document, "range": span}),
            self.wire.ask("textDocument/codeAction", {**document, "range": span, "context": {"diagnostics": []}}),
        }
        self.requests += len(asked)
        while asked:  # they come in any order
            answer = self.wire.wait(lambda message: "method" not in message and message.get("id") in asked)
            asked.remove(answer["id"])

    @property
    def process(self) -> int:
        """The server."""
        return self.wire.process.pid

    def end(self) -> int:
        """Leave in order; the exit status."""
        with self.wire as wire:
            return wire.leave()
