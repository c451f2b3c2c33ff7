"""Whatever stands in an app's files: the checker reports it, the host starts or says why not, and neither shows a traceback."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from host_driver import run
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pystein_lsp.cli.main import main

from .any_json import DEEP, Many, bodies

EXAMPLES = int(os.environ.get("PYSTEIN_EXAMPLES", "150"))
SOURCE = b"""import azure.functions as func
app = func.FunctionApp()

@app.route(route="x/{id:int?}")
@app.queue_output(arg_name="out", queue_name="%QUEUE%", connection="S")
def x(req: func.HttpRequest, out: func.Out[str]) -> str:
    return f"{req.params!r:>{10}}"

@app.timer_trigger(arg_name="t", schedule="0 */5 * * * *")
async def t(t: func.TimerRequest) -> None: ...
"""
HOST = {
    "version": "2.0", "functionTimeout": "00:05:00", "extensionBundle": {"id": "x", "version": "[4.*, 5.0.0)"},
    "logging": {"logLevel": {"default": "Information"}}, "functions": ["x"], "retry": {"strategy": "fixedDelay"},
    "extensions": {"http": {"routePrefix": "api", "customHeaders": {"a": "b"}}, "queues": {"batchSize": 16,
                   "visibilityTimeout": "00:00:30"}, "eventHubs": {"maxEventBatchSize": 10}, "durableTask": {"hubName": "h"}},
}  # fmt: skip
SETTINGS = {
    "IsEncrypted": False,
    "Values": {"S": "", "QUEUE": "work"},
    "Host": {"LocalHttpPort": 0, "CORS": "*"},
    "ConnectionStrings": {},
}
PIECES = [
    b"(", b")", b"[", b"]", b"{", b"}", b'"""', b"'''", b"\\", b"\0", b"\x0c", b"\r", b"\xff", b"\xef\xbb\xbf", b"@app.",
    b"\xf0\x9f\x98\x80", b"# -*- coding: utf-7 -*-\n", b"# coding: nonsense\n", b"# coding: rot13\n", b"def f(", b"lambda: ",
    b"f'{", b"match x:\n", b"type X = int\n", b"except* E:\n", b"\xe2\x80\xa8", b"9" * 5000, b"(" * 300, b"x." * 3000 + b"y",
    b"not " * 3000 + b"x", b"-" * 3000 + b"1", b"\t \t",
]  # fmt: skip
TOML = b'[tool.pystein-lsp]\nselect = ["x"]\nignore = []\nsettings = "local.settings.json"\n'


@st.composite
def changed(draw: st.DrawFn, text: bytes) -> bytes:
    """A text with pieces put in, taken out or doubled."""
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        length = draw(st.sampled_from([0, 0, 1, 5, 80]))
        text = text[:start] + draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6))) + text[start + length :]
    return text


def checked(root: Path, *options: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(["--check", "--no-cache", *options, str(root)])
    return status, out.getvalue(), err.getvalue()


def write(root: Path, files: dict[str, bytes]) -> None:
    contents = {"function_app.py": SOURCE, "host.json": json.dumps(HOST).encode()}
    contents |= {"local.settings.json": json.dumps(SETTINGS).encode()} | files
    root.mkdir(exist_ok=True)
    for name, content in contents.items():
        (root / name).write_bytes(content)


any_file = st.one_of(
    st.tuples(st.just("function_app.py"), st.one_of(changed(SOURCE), st.binary(max_size=300))),
    st.tuples(st.just("host.json"), bodies([HOST])),
    st.tuples(st.just("local.settings.json"), bodies([SETTINGS])),
    st.tuples(
        st.sampled_from(["pyproject.toml", "pystein-lsp.toml"]), st.one_of(changed(TOML), st.binary(max_size=80))
    ),
    st.tuples(
        st.just("requirements.txt"), st.one_of(changed(b"azure-functions==1.2\n-r other.txt\n"), st.binary(max_size=80))
    ),
)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_file)
@example(("host.json", DEEP))
@example(("local.settings.json", DEEP))
@example(("function_app.py", Many(b"(" * 100_000)))
@example(("function_app.py", Many(b"x = " + b"-" * 100_000 + b"1\n")))
@example(("function_app.py", Many(b"if x:\n" + b"".join(b" " * depth + b"if x:\n" for depth in range(1, 300)))))
@example(("pyproject.toml", Many(b"a = " + b"[" * 20_000)))
def test_the_checker(tmp_path: Path, file: tuple[str, bytes]) -> None:
    root = tmp_path / "app"
    shutil.rmtree(root, ignore_errors=True)
    write(root, dict([file]))
    before = {path: path.read_bytes() for path in root.iterdir()}
    status, out, err = checked(root, "--output-format", "json")
    assert status in {0, 1, 2}, (status, err)
    assert "Traceback" not in out + err
    assert (status == 2) == (err != ""), err
    if status != 2:
        assert json.loads(out)["version"] == 1
    assert {path: path.read_bytes() for path in root.iterdir()} == before


def corrupt(pick: random.Random) -> tuple[str, bytes]:
    """A file of an app with something wrong in it."""
    name, text = pick.choice(
        [
            ("host.json", json.dumps(HOST).encode()),
            ("local.settings.json", json.dumps(SETTINGS).encode()),
            ("function_app.py", SOURCE),
        ]
    )
    for _ in range(pick.randrange(1, 4)):
        start = pick.randrange(len(text))
        text = (
            text[:start]
            + pick.choice([*PIECES, b"", b"null", b'"', b"-1", b"[]"])
            + text[start + pick.choice([0, 1, 5]) :]
        )
    return name, text


def started(root: Path) -> Any:
    """How a run of the function ends, which needs all that a start needs."""
    return run("invoke", "x", "--app", str(root), "--output-format", "json")


@pytest.mark.parametrize("seed", range(12))
def test_the_host(tmp_path: Path, seed: int) -> None:
    name, content = corrupt(random.Random(seed))
    write(tmp_path / "app", {name: content})
    ran = started(tmp_path / "app")
    assert ran.status in {0, 1, 2}, ran
    assert "pystein_lsp/" not in ran.err, ran.err
    assert "pystein_runtime/" not in ran.err, ran.err
    if ran.status == 2:
        assert ran.err.startswith("pystein-lsp: "), ran.err
    else:
        assert ran.json["status"] == ("failed" if ran.status else "succeeded")


@pytest.mark.parametrize(
    "name", ["host.json", "local.settings.json", ".pystein/events/x.json", ".pystein/host.json", ".pystein/keys.json"]
)
@pytest.mark.parametrize(
    "content",
    [DEEP, b"\xff\xfe\x00", b"", b"null", b"[[]]", b'{"Values": 5, "version": []}'],
    ids=lambda item: repr(item)[:12],
)
def test_what_the_host_reads_may_hold_anything(tmp_path: Path, name: str, content: bytes) -> None:
    root = tmp_path / "app"
    write(root, {})
    (root / ".pystein" / "events").mkdir(parents=True)
    (root / name).write_bytes(content)
    ran = started(root)
    assert ran.status in {0, 1, 2}, ran
    assert "Traceback" not in ran.err, ran.err
    assert ran.status != 2 or Path(name).name in ran.err or "function is in error" in ran.err, ran.err
