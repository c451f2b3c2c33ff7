"""What the client can do, resolved once into flags, so that no handler walks the tree of capabilities again."""

from __future__ import annotations

from typing import Any, NamedTuple


class Client(NamedTuple):
    """The client's abilities, as far as they change what we send."""

    encoding: str = "utf-16"
    """Unit of columns on the wire: `utf-8`, `utf-16` or `utf-32`."""
    name: str = ""
    pulls: bool = False
    """Whether it asks for diagnostics by itself."""
    refreshes_diagnostics: bool = False
    refreshes_lenses: bool = False
    refreshes_hints: bool = False
    token_edits: bool = False
    """Whether semantic tokens may be told as changes to those before."""
    related_information: bool = False
    tags: bool = False
    snippets: bool = False
    hover_markdown: bool = False
    completion_markdown: bool = False
    completion_markup: bool = False
    """Whether an item's documentation may be more than a string."""
    signature_markdown: bool = False
    label_details: bool = False
    resolves_documentation: bool = False
    literal_actions: bool = False
    """Whether it takes code actions, not commands alone."""
    document_changes: bool = False
    creates_files: bool = False
    """Whether an edit may bring a new file."""
    registers_watchers: bool = False
    progress: bool = False
    shows_documents: bool = False
    configuration: bool = False
    registers_configuration: bool = False
    symbol_tree: bool = False
    label_offsets: bool = False
    """Whether a parameter of a signature may be given by its place in the label."""
    active_parameter: bool = False
    link_tooltips: bool = False
    rename_prepare: bool = False

    @property
    def has_python(self) -> bool:
        """Whether a Python language server comes with it in all likelihood, so that ours need not explain Python too."""
        return self.suggests_again

    @property
    def suggests_again(self) -> bool:
        """Whether it knows VS Code's command to open the list of completions."""
        return self.name.startswith(("Visual Studio Code", "code-server", "VSCodium", "Cursor", "Windsurf"))


def resolve(params: dict[str, Any]) -> Client:
    """The flags of a client, from the parameters of initialize as they came: whatever is odd in them counts as absent."""
    offered = _Tree(params.get("capabilities"))
    document, workspace, window = offered.at("textDocument"), offered.at("workspace"), offered.at("window")
    item = document.at("completion.completionItem")
    signature = document.at("signatureHelp.signatureInformation")
    name = _Tree(params.get("clientInfo")).at("name").value
    return Client(
        encoding=_encoding(offered.at("general.positionEncodings")),
        name=name if isinstance(name, str) else "",
        pulls=document.at("diagnostic").exists,
        refreshes_diagnostics=workspace.at("diagnostics.refreshSupport").holds,
        refreshes_lenses=workspace.at("codeLens.refreshSupport").holds,
        refreshes_hints=workspace.at("inlayHint.refreshSupport").holds,
        token_edits=document.at("semanticTokens.requests.full.delta").holds,
        related_information=document.at("publishDiagnostics.relatedInformation").holds
        or document.at("diagnostic.relatedInformation").holds,
        tags=document.at("publishDiagnostics.tagSupport").exists or document.at("diagnostic.tagSupport").exists,
        snippets=item.at("snippetSupport").holds,
        hover_markdown=document.at("hover.contentFormat").has("markdown"),
        completion_markdown=item.at("documentationFormat").has("markdown"),
        completion_markup=item.at("documentationFormat").exists,
        signature_markdown=signature.at("documentationFormat").has("markdown"),
        label_details=item.at("labelDetailsSupport").holds,
        resolves_documentation=item.at("resolveSupport.properties").has("documentation"),
        literal_actions=document.at("codeAction.codeActionLiteralSupport").exists,
        document_changes=workspace.at("workspaceEdit.documentChanges").holds,
        creates_files=workspace.at("workspaceEdit.documentChanges").holds
        and workspace.at("workspaceEdit.resourceOperations").has("create"),
        registers_watchers=workspace.at("didChangeWatchedFiles.dynamicRegistration").holds,
        progress=window.at("workDoneProgress").holds,
        shows_documents=window.at("showDocument.support").holds,
        configuration=workspace.at("configuration").holds,
        registers_configuration=workspace.at("didChangeConfiguration.dynamicRegistration").holds,
        symbol_tree=document.at("documentSymbol.hierarchicalDocumentSymbolSupport").holds,
        label_offsets=signature.at("parameterInformation.labelOffsetSupport").holds,
        active_parameter=signature.at("activeParameterSupport").holds,
        link_tooltips=document.at("documentLink.tooltipSupport").holds,
        rename_prepare=document.at("rename.prepareSupport").holds,
    )


class _Tree(NamedTuple):
    """JSON that may be anything."""

    value: Any

    def at(self, path: str) -> _Tree:
        """What stands at a path; nothing where the path ends before."""
        found = self.value
        for part in path.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        return _Tree(found)

    @property
    def holds(self) -> bool:
        return self.value is True

    @property
    def exists(self) -> bool:
        return self.value is not None and self.value is not False

    def has(self, item: str) -> bool:
        return isinstance(self.value, list) and item in self.value


def _encoding(preferred: _Tree) -> str:
    """The first of the client's encodings that we know; UTF-16 is what every client knows."""
    wanted = preferred.value if isinstance(preferred.value, list) else []
    return next((each for each in wanted if each in ("utf-8", "utf-16", "utf-32")), "utf-16")
