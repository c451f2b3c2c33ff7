"""What reaches into ordinary Python: classes of annotations and imported constants, found by jedi in a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from lsprotocol import types

from pystein_lsp.config.configuration import DEFAULT
from pystein_lsp.lsp import ordinary_python
from pystein_lsp.lsp.ordinary_python import OrdinaryPython
from pystein_lsp.lsp.session import Place
from pystein_lsp.model.app import App, Context
from pystein_lsp.model.files import Files
from tests.lsp.conftest import PATIENCE, Desk, Page

APP = """\
import azure.functions as func
from names import QUEUE
from shapes import Order

app = func.FunctionApp()


@app.queue_trigger(arg_name="msg", queue_name=QUEUE, connection="AzureWebJobsStorage")
def take(msg: func.QueueMessage) -> Order:
    return Order()
"""


@pytest.fixture
def page(idle: Desk) -> Desk:
    idle.write("host.json", '{"version": "2.0"}')
    idle.write("names.py", 'QUEUE = "orders"\n')
    idle.write("function_app.py", APP)
    package = idle.root / f".venv/lib/python3.{sys.version_info.minor}/site-packages/shapes"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text('class Order:\n    """What a customer wants."""\n', "utf-8")
    return idle


async def place_of(page: Page, text: str) -> tuple[str, int] | None:
    """The file and the line of a definition."""
    params = types.DefinitionParams(**page.here(text, 1))
    found = await page.desk.client.text_document_definition_async(params)
    if not isinstance(found, (list, tuple)) or not found:
        return None
    assert isinstance(found[0], types.Location)
    return Path(found[0].uri).name, found[0].range.start.line


async def hover_of(page: Page, text: str) -> str:
    found = await page.desk.client.text_document_hover_async(types.HoverParams(**page.here(text, 1)))
    return "" if found is None else found.contents.value  # type: ignore[union-attr]


async def test_classes_and_constants_are_found_in_the_app_and_in_its_packages(page: Desk) -> None:
    await page.start("neovim")
    document = page.open("function_app.py")
    assert await place_of(document, "QUEUE, connection") == ("names.py", 0)
    assert await place_of(document, "Order:\n") == ("__init__.py", 0)
    library = await place_of(document, "QueueMessage)")
    assert library is not None
    assert library[0] == "_queue.py"
    assert "What a customer wants." in await hover_of(document, "Order:\n")
    assert '`QUEUE` is `"orders"`' in await hover_of(document, "QUEUE, connection")
    await page.client.shutdown_session()


async def test_bodies_are_left_to_a_python_server(page: Desk) -> None:
    await page.start("neovim")
    document = page.open("function_app.py")
    assert await place_of(document, "Order()") is None
    await page.client.shutdown_session()


async def test_where_another_server_explains_python_ours_does_not(page: Desk) -> None:
    await page.start("vscode", name="Visual Studio Code")
    document = page.open("function_app.py")
    assert await hover_of(document, "Order:\n") == ""
    assert await place_of(document, "Order:\n") == ("__init__.py", 0)
    await page.client.shutdown_session()


async def test_one_that_takes_too_long_costs_one_answer(page: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (page.root / "shapes.py").write_text("class Order: ...\n", "utf-8")
    app = App(Files(), str(page.root), Context({}))
    module = app.entry
    assert module is not None
    line = APP.split("\n").index("def take(msg: func.QueueMessage) -> Order:")
    place = Place(app, module, line, len("def take(msg: func.QueueMessage) -> O"), DEFAULT, loose=False)
    ordinary = OrdinaryPython()
    monkeypatch.setattr(ordinary_python, "_PATIENCE", 0.0001)
    assert await ordinary.ask(place, None) is None
    monkeypatch.setattr(ordinary_python, "_PATIENCE", PATIENCE)
    found = await ordinary.ask(place, None)
    await ordinary.close()
    assert found is not None
    assert [Path(each.path).name for each in found.places] == ["shapes.py"]


async def test_no_code_of_the_workspace_runs(page: Desk) -> None:
    (page.root / "shapes.py").write_text("open('ran', 'w')\nclass Order: ...\n", "utf-8")
    for name in ("json.py", "jedi.py", "sitecustomize.py"):
        (page.root / name).write_text("open('ran', 'w')\n", "utf-8")
    await page.start("neovim", {"trusted": False})
    document = page.open("function_app.py")
    assert await place_of(document, "Order:\n") == ("shapes.py", 1)
    assert not list(page.root.rglob("ran"))
    await page.client.shutdown_session()
