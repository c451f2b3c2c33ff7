"""However a text came about, what is shown for it is what a fresh server shows, and what the checker prints."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pystein_lsp.cli.main import main
from tests.lsp.inside import Inside

APP = '''\
import azure.functions as func
from blueprint import bp

app = func.FunctionApp()
app.register_functions(bp)


@app.route(route="größe/{id}")
def hello(req: func.HttpRequest) -> str:
    """Says "hello": (unbalanced."""
    return f"hello {req.params.get('name')}"


@app.queue_trigger(arg_name="msg", queue_name="orders", connection="Storage")
@app.queue_output(arg_name="out", queue_name="done", connection="Störage")
def take(msg: func.QueueMessage, out: func.Out[str]) -> None:
    if msg:
        out.set("😀")


@app.timer_trigger(arg_name="timer", schedule="0 */5 * * * *")
def tick(timer: func.TimerRequest) -> None: ...
'''
BLUEPRINT = """\
import azure.functions as func

bp = func.Blueprint()


@bp.route(route="other")
def other(req: func.HttpRequest) -> str: ...
"""
FILES = {
    "host.json": '{"version": "2.0"}',
    "local.settings.json": '{"IsEncrypted": false, "Values": {"Storage": "UseDevelopmentStorage=true"}}',
    "blueprint.py": BLUEPRINT,
}
FRAGMENTS = [
    *(
        "",
        " ",
        "\n",
        "\r\n",
        "\r",
        "(",
        ")",
        "[",
        "]",
        '"',
        "'",
        '"""',
        "'''",
        "#",
        "\\",
        "\\\n",
        ":",
        ",",
        "=",
        "@",
        "@app.",
    ),
    *(
        "def ",
        "def f(",
        "async ",
        "class A:\n",
        "    ",
        "\t",
        "if x:\n",
        "else:\n",
        "return\n",
        "app = func.FunctionApp()\n",
    ),
    *("import os\n", "other", "hello", "😀", "ä", "\f", "\x0b", "\u2028", "func", "app", "from blueprint import *\n"),
    '@app.route(route="x")\ndef other(req): ...\n',
    '@app.timer_trigger(arg_name="timer", schedule="61 * * * * *")\n',
    'connection=""X""',
]


class Edit(NamedTuple):
    """A replacement; both ends as shares of the text's length."""

    start: int
    length: int
    text: str
    whole: bool = False


LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")

edits = st.lists(
    st.builds(
        Edit,
        st.integers(0, 10_000),
        st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 400)),
        st.one_of(
            st.sampled_from(FRAGMENTS),
            st.text(LETTERS, max_size=5),
        ),
        st.sampled_from([False] * 9 + [True]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(edits, st.sampled_from(["utf-8", "utf-16", "utf-32"]), st.booleans())
@example([Edit(300, 0, '"""')], "utf-16", True)
@example([Edit(0, 400, "")], "utf-8", False)
def test_edits_end_where_a_fresh_start_ends(made: list[Edit], encoding: str, together: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in FILES.items():
            (root / name).write_text(content, "utf-8")
        (root / "function_app.py").write_text(APP, "utf-8")
        edited, text = asyncio.run(_edited(root, made, encoding, together=together))
        (root / "function_app.py").write_bytes(text.encode())
        assert edited == asyncio.run(_fresh(root, text, encoding))
        assert _plain(edited, text, encoding) == _checked(root)


async def _edited(root: Path, made: list[Edit], encoding: str, *, together: bool) -> tuple[Any, str]:
    session, uri, text = await _opened(root, APP, encoding)
    version = 1
    changes = []
    for edit in made:
        change, text = change_of(text, edit, encoding)
        changes.append(change)
        if not together:
            version += 1
            session.change(uri, version, change)
            await asyncio.sleep(0)
    if together:
        session.change(uri, version + 1, *changes)
    return await session.shown(uri), text


async def _fresh(root: Path, text: str, encoding: str) -> Any:
    session, uri, _ = await _opened(root, text, encoding)
    return await session.shown(uri)


async def _opened(root: Path, text: str, encoding: str) -> tuple[Inside, str, str]:
    session = Inside()
    session.initialize(root, {"general": {"positionEncodings": [encoding]}})
    uri = (root / "function_app.py").as_uri()
    session.open(uri, text)
    return session, uri, text


def change_of(text: str, edit: Edit, encoding: str) -> tuple[dict[str, Any], str]:
    """An edit as the protocol has it, and the text after it; an editor's lines end as Python's do."""
    start = min(edit.start * len(text) // 10_000, len(text))
    end = min(start + edit.length, len(text))
    start, end = _outside_line_end(text, start), _outside_line_end(text, end)
    edit = edit._replace(text=_apart(text[:start], edit.text, text[end:]))
    new = text[:start] + edit.text + text[end:]
    if edit.whole:
        return {"text": new}, new
    places = {"start": _place(text, start, encoding), "end": _place(text, end, encoding)}
    return {"range": places, "text": edit.text}, new


def _apart(before: str, text: str, after: str) -> str:
    """A text that makes no line end together with what is around it: two that become one are not followed."""
    head = " " if before.endswith("\r") and (text or after).startswith("\n") else ""
    tail = " " if (text or before).endswith("\r") and after.startswith("\n") else ""
    return head + text + tail


def _outside_line_end(text: str, offset: int) -> int:
    return offset - 1 if text[offset - 1 : offset + 1] == "\r\n" else offset


def _place(text: str, offset: int, encoding: str) -> dict[str, int]:
    lines = text[:offset].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return {"line": len(lines) - 1, "character": _units(lines[-1], encoding)}


def _units(text: str, encoding: str) -> int:
    size = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
    return len(text.encode(encoding if size == 1 else f"{encoding}-le")) // size


def _checked(root: Path) -> list[Any]:
    """What the checker prints about the file."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        main(["--check", "--output-format", "json", "--exit-zero", str(root)])
    found = json.loads(output.getvalue())["diagnostics"]
    return sorted(
        [
            each["code"],
            each["severity"],
            each["message"],
            each["line"],
            each["column"],
            each["endLine"],
            each["endColumn"],
        ]
        for each in found
        if each["file"].endswith("function_app.py")
    )


def _plain(shown: list[dict[str, Any]], text: str, encoding: str) -> list[Any]:
    """What is shown, in the checker's terms."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def column(place: dict[str, int]) -> int:
        line = lines[place["line"]]
        beyond = max(0, place["character"] - _units(line, encoding))
        wanted = place["character"] - beyond
        return next(count for count in range(len(line) + 1) if _units(line[:count], encoding) == wanted) + beyond + 1

    severities = {1: "error", 2: "warning", 3: "information", 4: "hint"}
    return sorted(
        [
            each["code"],
            severities[each["severity"]],
            each["message"],
            each["range"]["start"]["line"] + 1,
            column(each["range"]["start"]),
            each["range"]["end"]["line"] + 1,
            column(each["range"]["end"]),
        ]
        for each in shown
    )
