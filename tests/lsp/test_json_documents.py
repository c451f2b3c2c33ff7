"""host.json and local.settings.json, open beside the app."""

from __future__ import annotations

import pytest
from lsprotocol import types

from tests.lsp.conftest import Desk
from tests.lsp.test_first_session import APP

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_keys_values_and_meanings_are_offered(any_desk: Desk) -> None:
    any_desk.write("function_app.py", APP)
    page = any_desk.open("host.json", '{"version": "2.0", "é": 1, "extensionBundle": {""}}', "json")
    labels = [item.label for item in await page.completions('{""}', 2)]
    assert labels == ["id", "version"]
    hover = await any_desk.client.text_document_hover_async(types.HoverParams(**page.here("extensionBundle", 3)))
    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    assert "bindings other than HTTP" in hover.contents.value


async def test_a_connection_that_is_missing_is_offered_as_a_setting(desk: Desk) -> None:
    desk.write("host.json", '{"version": "2.0"}')
    desk.write("function_app.py", APP.replace('connection="AzureWebJobsStorage"', 'connection="Shop"'))
    page = desk.open("local.settings.json", '{"Values": {}}', "json")
    assert "Shop" in [item.label for item in await page.completions('"Values": {')]


async def test_a_document_that_is_no_json_gets_an_empty_answer(desk: Desk) -> None:
    page = desk.open("host.json", "}{", "json")
    assert await page.completions("}{") == []
    assert await desk.client.text_document_hover_async(types.HoverParams(**page.here("}{"))) is None
