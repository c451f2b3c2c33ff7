"""Refactorings as code actions: only those asked for, and a new file only for editors that can make one."""

from __future__ import annotations

import pytest
from lsprotocol import types

from tests.lsp.conftest import Desk, Page
from tests.lsp.test_run import APP

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def actions(page: Page, text: str, *only: str) -> list[types.CodeAction]:
    here = page.at(text, 5)
    context = types.CodeActionContext([], only=list(only) or None)
    params = types.CodeActionParams(page.identifier, types.Range(here, here), context)
    found = await page.desk.client.text_document_code_action_async(params)
    return [each for each in found or () if isinstance(each, types.CodeAction)]


async def test_a_kind_selects_and_its_children_with_it(desk: Desk) -> None:
    page = desk.open("function_app.py", APP)
    assert {str(each.kind) for each in await actions(page, "def take", "refactor.rewrite.output.queue_output")} == {
        "refactor.rewrite.output.queue_output"
    }
    titles = [each.title for each in await actions(page, "def take", "refactor")]
    assert "Make it async" in titles
    assert "Add @blob_output" in titles
    assert not [title for title in titles if title.startswith("▶")]


async def test_a_blueprint_gets_a_file_of_its_own(desk: Desk) -> None:
    desk.write("function_app.py", APP)
    page = desk.open("function_app.py")
    (action,) = await actions(page, "def take", "refactor.extract")
    assert action.title == "Move take into a blueprint"
    assert action.edit is not None
    create, new, old = action.edit.document_changes or ()
    assert isinstance(create, types.CreateFile)
    assert create.uri == (desk.root / "take_functions.py").as_uri()
    assert isinstance(new, types.TextDocumentEdit)
    assert new.text_document.uri == create.uri
    assert isinstance(old, types.TextDocumentEdit)
    assert old.text_document.version == page.version


async def test_only_editors_that_make_files_are_offered_one(any_desk: Desk) -> None:
    any_desk.write("function_app.py", APP)
    page = any_desk.open("function_app.py")
    edits = any_desk.client.capabilities.workspace and any_desk.client.capabilities.workspace.workspace_edit
    makes_files = bool(edits and edits.document_changes and "create" in (edits.resource_operations or ()))
    assert len(await actions(page, "def take", "refactor.extract")) == makes_files
