"""Analysis executes nothing of the workspace, whatever it is asked; nor does anything else where it is not trusted."""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import LanguageClient

from tests.cli.conftest import Cli
from tests.lsp.conftest import Desk, Page
from tests.security import canary


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def marks(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = canary.plant(workspace)
    monkeypatch.chdir(workspace)  # as a shell or an editor starts us
    return found


@pytest.mark.parametrize("module", ["function_app", "native", "json", "setup"])
def test_the_canary_sings(workspace: Path, marks: Path, module: str) -> None:
    """The other tests prove nothing unless execution does leave marks."""
    if module == "native" and not list(workspace.glob("native.*")):
        pytest.skip("there is no compiler")
    subprocess.run([sys.executable, "-c", f"import {module}"], cwd=workspace, check=False, capture_output=True)
    assert canary.executed(marks)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--check"],
        ["--check", "--output-format", "sarif", "--no-cache"],
        ["--check", "--fix", "--unsafe-fixes"],
        ["--check", "--diff", "--unsafe-fixes"],
        ["list"],
        ["explain", "arg-name-mismatch"],
        ["migrate", "--diff", "."],
        ["stubs", "--output", "typings"],
        ["init", "new"],
        ["--check", "--stdin-filename", "function_app.py", "-"],
    ],
    ids=" ".join,
)
def test_commands_that_only_read(cli: Cli, workspace: Path, marks: Path, arguments: list[str]) -> None:
    source = (workspace / "function_app.py").read_bytes()
    done = cli(*arguments, cwd=workspace, stdin=source)
    assert done.status in (0, 1), done.err
    assert canary.executed(marks) == []


def positions(page: Page) -> Iterator[types.Position]:
    """The middle of every word of a document, and the place behind each opening bracket, quote and dot."""
    lines = page.text.split("\n")
    for number, line in enumerate(lines):
        for word in re.finditer(r"\w+", line):
            yield types.Position(number, (word.start() + word.end()) // 2)
        for mark in re.finditer(r"[(\".,@]", line):
            yield types.Position(number, mark.end())


async def rename(client: LanguageClient, asked: types.RenameParams) -> None:
    """Most places hold nothing that can be renamed."""
    with contextlib.suppress(JsonRpcException):
        await client.text_document_rename_async(asked)


async def ask_everything(desk: Desk, page: Page, offered: types.ServerCapabilities) -> None:
    """Every request that an editor can make about a document, at every place."""
    client, document = desk.client, page.identifier
    whole = types.Range(types.Position(0, 0), types.Position(len(page.text.split("\n")), 0))
    await client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
    await client.text_document_inlay_hint_async(types.InlayHintParams(document, whole))
    await client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(document))
    await client.text_document_document_link_async(types.DocumentLinkParams(document))
    await client.workspace_symbol_async(types.WorkspaceSymbolParams("h"))
    await client.text_document_folding_range_async(types.FoldingRangeParams(document))
    await client.text_document_semantic_tokens_range_async(types.SemanticTokensRangeParams(document, whole))
    if offered.diagnostic_provider:
        await client.text_document_diagnostic_async(types.DocumentDiagnosticParams(document))
    for lens in await client.text_document_code_lens_async(types.CodeLensParams(document)) or []:
        if offered.code_lens_provider and offered.code_lens_provider.resolve_provider:
            await client.code_lens_resolve_async(lens)
    actions = types.CodeActionParams(document, whole, types.CodeActionContext(diagnostics=[]))
    await client.text_document_code_action_async(actions)
    for place in positions(page):
        given: dict[str, Any] = {"text_document": document, "position": place}
        await client.text_document_hover_async(types.HoverParams(**given))
        await client.text_document_definition_async(types.DefinitionParams(**given))
        await client.text_document_document_highlight_async(types.DocumentHighlightParams(**given))
        await client.text_document_signature_help_async(types.SignatureHelpParams(**given))
        context = types.ReferenceContext(include_declaration=True)
        await client.text_document_references_async(types.ReferenceParams(**given, context=context))
        await client.text_document_prepare_rename_async(types.PrepareRenameParams(**given))
        await rename(client, types.RenameParams(**given, new_name="renamed"))
        for item in (
            await client.text_document_prepare_call_hierarchy_async(types.CallHierarchyPrepareParams(**given)) or []
        ):
            await client.call_hierarchy_incoming_calls_async(types.CallHierarchyIncomingCallsParams(item))
            await client.call_hierarchy_outgoing_calls_async(types.CallHierarchyOutgoingCallsParams(item))
        completions = await client.text_document_completion_async(types.CompletionParams(**given))
        assert isinstance(completions, types.CompletionList)
        if completions.items:
            await client.completion_item_resolve_async(completions.items[0])


@pytest.mark.parametrize("options", [None, {"trusted": False}, {"trusted": "yes"}], ids=["unsaid", "no", "nonsense"])
async def test_an_editor_that_asks_everything(
    idle: Desk, workspace: Path, marks: Path, options: dict[str, Any] | None
) -> None:
    idle.root = workspace
    offered = (await idle.start("vscode", options, workspace)).capabilities
    for name in ("function_app.py", "orders.py"):
        page = idle.open(name)
        assert await page.codes() == (["arg-name-mismatch"] if name == "function_app.py" else [])
        await ask_everything(idle, page, offered)
        page.replace("import azure.functions as func", "import azure.functions as func\nimport json")
        await ask_everything(idle, page, offered)
    assert canary.executed(marks) == []
    await idle.client.shutdown_session()


@pytest.mark.parametrize("command", ["pystein.run", "pystein.debug", "pystein.start"])
async def test_commands_without_trust(idle: Desk, workspace: Path, marks: Path, command: str) -> None:
    idle.root = workspace
    await idle.start("vscode", {"trusted": False}, workspace)
    page = idle.open("function_app.py")
    asked = types.ExecuteCommandParams(command, [{"uri": page.uri, "function": "hello"}])
    with pytest.raises(JsonRpcException, match="not trusted"):
        await idle.client.workspace_execute_command_async(asked)
    assert canary.executed(marks) == []
    await idle.client.shutdown_session()
