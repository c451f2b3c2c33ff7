"""What someone sees in each editor, from opening an app to running a function of it."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from lsprotocol import types

from tests.lsp.conftest import Desk, applied, marked

pytestmark = pytest.mark.asyncio(loop_scope="module")

APP = """\
import azure.functions as func

app = func.FunctionApp()


@app.route(route="hello")
def hello(req: func.HttpRequest) -> str:
    name = req.params.get("name", "you")
    return f"hello {name}"


@app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
def take(message: func.QueueMessage) -> None: ...
"""


async def test_a_mistake_is_shown_as_soon_as_the_file_is_open(any_desk: Desk) -> None:
    any_desk.write("host.json", '{"version": "2.0"}')
    any_desk.write("function_app.py", APP)
    page = any_desk.open("function_app.py")
    (found,) = await page.diagnostics()
    assert found.code == "arg-name-mismatch"
    assert found.source == "pystein"
    assert found.severity == types.DiagnosticSeverity.Error
    assert found.code_description is not None
    assert found.code_description.href.endswith("/arg-name-mismatch.md")
    assert marked(page.text, found.range) == '"msg"'


async def test_it_goes_when_it_is_put_right_and_comes_back_when_it_is_not(any_desk: Desk) -> None:
    page = any_desk.open("function_app.py", APP)
    assert await page.codes() == ["arg-name-mismatch"]
    page.replace("def take(message:", "def take(msg:")
    assert await page.codes() == []
    page.replace("def take(msg:", "def take(m:")
    assert await page.codes() == ["arg-name-mismatch"]


async def test_the_fix_puts_it_right(any_desk: Desk) -> None:
    page = any_desk.open("function_app.py", APP)
    (found,) = await page.diagnostics()
    answer = await any_desk.client.text_document_code_action_async(
        types.CodeActionParams(page.identifier, found.range, types.CodeActionContext([found]))
    )
    fixes = [each for each in answer or () if isinstance(each, types.CodeAction) and each.kind == "quickfix"]
    assert [(fix.title, fix.is_preferred) for fix in fixes] == [
        ("Bind it to the parameter message", True),
        ("Rename the parameter to msg", None),
        ("Ignore arg-name-mismatch here", None),
    ]
    page.rewrite(applied(page.text, _edits(fixes[0], page.uri)))
    assert await page.codes() == []
    assert 'arg_name="message"' in page.text


def _edits(action: types.CodeAction, uri: str) -> list[types.TextEdit]:
    assert action.edit is not None
    if action.edit.changes:
        return list(action.edit.changes[uri])
    (document,) = action.edit.document_changes or ()
    assert isinstance(document, types.TextDocumentEdit)
    return [edit for edit in document.edits if isinstance(edit, types.TextEdit)]


async def test_related_information_points_at_the_other_end(desk: Desk) -> None:
    page = desk.open("function_app.py", APP)
    (found,) = await page.diagnostics()
    (related,) = found.related_information or ()
    assert related.location.uri == page.uri
    assert marked(page.text, related.location.range) == "message"


async def test_decorators_are_completed_with_their_documentation(any_desk: Desk) -> None:
    page = any_desk.open("function_app.py", APP + "\n\n@app.")
    items = await page.completions(APP + "\n\n@app.")
    labels = [item.label for item in items]
    assert {"route", "queue_trigger", "timer_trigger", "blob_output", "function_name"} <= set(labels)
    assert labels.index("queue_trigger") < labels.index("queue_output")
    item = next(item for item in items if item.label == "queue_trigger")
    assert item.detail == "trigger queueTrigger"
    assert item.label_details is None or item.label_details.description == item.detail
    if item.documentation is None:
        item = await any_desk.client.completion_item_resolve_async(item)
    written = item.documentation
    assert "storage queue" in (written.value if isinstance(written, types.MarkupContent) else written or "")


async def test_arguments_that_are_missing_are_completed_while_the_call_is_open(any_desk: Desk) -> None:
    start = '@app.queue_trigger(arg_name="msg", '
    page = any_desk.open("function_app.py", APP.replace("@app.route", f"{start}\n@app.route"))
    labels = [item.label for item in await page.completions(start)]
    assert labels[:2] == ["connection=", "queue_name="] or labels[:2] == ["queue_name=", "connection="]
    assert "arg_name=" not in labels


async def test_hover_says_what_a_decorator_an_argument_and_a_value_are(any_desk: Desk) -> None:
    page = any_desk.open(
        "function_app.py",
        APP + '\n\n@app.timer_trigger(arg_name="timer", schedule="0 */5 * * * *")\ndef tick(timer): ...\n',
    )

    async def hover(text: str) -> str:
        answer = await any_desk.client.text_document_hover_async(types.HoverParams(**page.here(text, 1)))
        assert answer is not None
        assert isinstance(answer.contents, types.MarkupContent)
        return answer.contents.value

    assert "queue_name: str" in await hover("queue_trigger")
    assert "required" in await hover("queue_name=")
    assert "every 5 minutes" in (await hover('"0 */5')).lower()
    assert "http://localhost:7071/api/hello" in await hover('"hello"')


async def test_every_function_has_a_lens_and_an_action_that_run_it(any_desk: Desk) -> None:
    page = any_desk.open("function_app.py", APP)
    lenses = await any_desk.client.text_document_code_lens_async(types.CodeLensParams(page.identifier))
    resolved = [await any_desk.client.code_lens_resolve_async(lens) for lens in lenses or ()]
    commands = [(lens.range.start.line, lens.command) for lens in resolved]
    assert [(line, command.title, command.command) for line, command in commands if command] == [
        (5, "▶ Run hello", "pystein.run"),
        (5, "Debug", "pystein.debug"),
        (5, "Edit event", "pystein.editEvent"),
        (5, "any method /api/hello", "pystein.openRoute"),
        (11, "▶ Run take", "pystein.run"),
        (11, "Debug", "pystein.debug"),
        (11, "Edit event", "pystein.editEvent"),
    ]
    here = page.at("def take")
    actions = await any_desk.client.text_document_code_action_async(
        types.CodeActionParams(page.identifier, types.Range(here, here), types.CodeActionContext([]))
    )
    (run,) = [each for each in actions or () if each.title.startswith("▶")]
    assert _command(run)["arguments"] == [{"uri": page.uri, "function": "take"}]


def _command(action: types.CodeAction | types.Command) -> Any:
    """An action's command; lsprotocol takes an action without edits for a command and leaves it as text."""
    if isinstance(action, types.Command):
        return ast.literal_eval(action.command)
    assert action.command is not None
    return {"arguments": action.command.arguments}


async def test_lenses_stay_while_a_line_is_half_typed(desk: Desk) -> None:
    page = desk.open("function_app.py", APP)
    before = await desk.client.text_document_code_lens_async(types.CodeLensParams(page.identifier))
    for half in ('@app.route(route="hel', "@app.", "@"):
        page.rewrite(APP.replace('@app.route(route="hello")', half))
        assert await desk.client.text_document_code_lens_async(types.CodeLensParams(page.identifier)) == before


async def test_a_rule_s_page_opens_and_the_server_says_what_it_knows(desk: Desk) -> None:
    desk.write("local.settings.json", '{"Values": {"Shop": "AccountKey=topsecret"}}')
    page = desk.open("function_app.py", APP)
    await page.diagnostics()
    open_rule = types.ExecuteCommandParams("pystein.openRule", [{"rule": "arg-name-mismatch"}])
    address = await desk.client.workspace_execute_command_async(open_rule)
    assert address.endswith("/arg-name-mismatch.md")
    asked = types.ExecuteCommandParams("pystein.debugInformation")
    told = str(await desk.client.workspace_execute_command_async(asked))
    assert str(desk.root) in told
    assert "Shop" in told
    assert "topsecret" not in told


async def test_what_a_position_names_is_found_and_renamed(any_desk: Desk) -> None:
    page = any_desk.open("function_app.py", APP.replace("take(message", "take(msg"))
    await page.diagnostics()
    client = any_desk.client
    definitions = await client.text_document_definition_async(types.DefinitionParams(**page.here('"msg"', 2)))
    assert [marked(page.text, each.range) for each in definitions or () if isinstance(each, types.Location)] == ["msg"]
    highlights = await client.text_document_document_highlight_async(
        types.DocumentHighlightParams(**page.here('"msg"', 2))
    )
    assert [marked(page.text, each.range) for each in highlights or ()] == ["msg", "msg"]
    edit = await client.text_document_rename_async(types.RenameParams(new_name="order", **page.here('"msg"', 2)))
    assert edit is not None
    page.rewrite(applied(page.text, _edits(types.CodeAction("", edit=edit), page.uri)))
    assert 'arg_name="order"' in page.text
    assert "def take(order: func" in page.text
    assert await page.codes() == []


async def test_outlines_signatures_hints_tokens_and_links(any_desk: Desk) -> None:
    page = any_desk.open("function_app.py", APP)
    await page.diagnostics()
    client = any_desk.client
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(page.identifier))
    assert [each.name.partition(" ")[0] for each in symbols or ()][:2] == ["app", "hello"]
    help_ = await client.text_document_signature_help_async(types.SignatureHelpParams(**page.here("queue_name=", 3)))
    assert help_ is not None
    assert help_.signatures[0].label.startswith("queue_trigger(arg_name: str")
    whole = types.Range(types.Position(0, 0), types.Position(100, 0))
    hints = await client.text_document_inlay_hint_async(types.InlayHintParams(page.identifier, whole))
    assert [each.label for each in hints or ()] == ["any method /api/hello"]
    tokens = await client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(page.identifier))
    assert tokens is not None
    links = await client.text_document_document_link_async(types.DocumentLinkParams(page.identifier))
    assert [each.target for each in links or ()] == ["http://localhost:7071/api/hello"]
