"""pystein.writeStubs puts the stubs where type checkers look."""

from __future__ import annotations

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.lsp.conftest import Desk

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_stubs_are_written(desk: Desk) -> None:
    folder = desk.root / "app"
    folder.mkdir()
    params = types.ExecuteCommandParams("pystein.writeStubs", [{"uri": folder.as_uri()}])
    answer = await desk.client.workspace_execute_command_async(params)
    assert answer["files"] > 100
    assert "def queue_trigger" in "".join(path.read_text("utf-8") for path in (folder / "typings").rglob("*.pyi"))
    assert (folder / "typings" / "azure" / "__init__.pyi").is_file()


@pytest.mark.parametrize("argument", [None, [], [{}], [{"uri": 1}], [{"uri": "file:///nowhere"}]])
async def test_what_is_no_folder_is_refused(desk: Desk, argument: list[object] | None) -> None:
    with pytest.raises(JsonRpcException, match=r"pystein\.writeStubs takes"):
        await desk.client.workspace_execute_command_async(types.ExecuteCommandParams("pystein.writeStubs", argument))
