"""What the client can do, resolved once into flags, so that no handler walks the tree of capabilities again."""

from __future__ import annotations

from typing import Any, NamedTuple

from lsprotocol import types


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
    refreshes_tokens: bool = False
    related_information: bool = False
    code_description: bool = False
    tags: bool = False
    versions: bool = False
    snippets: bool = False
    hover_markdown: bool = False
    completion_markdown: bool = False
    completion_markup: bool = False
    """Whether an item's documentation may be more than a string."""
    signature_markdown: bool = False
    label_details: bool = False
    resolves_documentation: bool = False
    resolves_actions: bool = False
    literal_actions: bool = False
    """Whether it takes code actions, not commands alone."""
    preferred_actions: bool = False
    document_changes: bool = False
    registers_watchers: bool = False
    relative_patterns: bool = False
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
    def suggests_again(self) -> bool:
        """Whether it knows VS Code's command to open the list of completions."""
        return self.name.startswith(("Visual Studio Code", "code-server", "VSCodium", "Cursor", "Windsurf"))


def resolve(params: types.InitializeParams, encoding: str) -> Client:
    """The flags of a client.

    Args:
        params: what it sent to initialize.
        encoding: the position encoding that was agreed on.
    """
    offered = params.capabilities
    return Client(
        encoding=encoding,
        name=params.client_info.name if params.client_info else "",
        pulls=_at(offered, "text_document.diagnostic") is not None,
        refreshes_diagnostics=_is(offered, "workspace.diagnostics.refresh_support"),
        refreshes_lenses=_is(offered, "workspace.code_lens.refresh_support"),
        refreshes_hints=_is(offered, "workspace.inlay_hint.refresh_support"),
        refreshes_tokens=_is(offered, "workspace.semantic_tokens.refresh_support"),
        related_information=_is(offered, "text_document.publish_diagnostics.related_information")
        or _is(offered, "text_document.diagnostic.related_information"),
        code_description=True,  # a client that does not know the field ignores it, and some know it without saying so
        tags=_at(offered, "text_document.publish_diagnostics.tag_support") is not None,
        versions=_is(offered, "text_document.publish_diagnostics.version_support"),
        snippets=_is(offered, "text_document.completion.completion_item.snippet_support"),
        hover_markdown=_has(offered, "text_document.hover.content_format", types.MarkupKind.Markdown),
        completion_markdown=_has(
            offered, "text_document.completion.completion_item.documentation_format", types.MarkupKind.Markdown
        ),
        completion_markup=bool(_at(offered, "text_document.completion.completion_item.documentation_format")),
        signature_markdown=_has(
            offered,
            "text_document.signature_help.signature_information.documentation_format",
            types.MarkupKind.Markdown,
        ),
        label_details=_is(offered, "text_document.completion.completion_item.label_details_support"),
        resolves_documentation=_has(
            offered, "text_document.completion.completion_item.resolve_support.properties", "documentation"
        ),
        resolves_actions=_has(offered, "text_document.code_action.resolve_support.properties", "edit")
        and _is(offered, "text_document.code_action.data_support"),
        literal_actions=_at(offered, "text_document.code_action.code_action_literal_support") is not None,
        preferred_actions=_is(offered, "text_document.code_action.is_preferred_support"),
        document_changes=_is(offered, "workspace.workspace_edit.document_changes"),
        registers_watchers=_is(offered, "workspace.did_change_watched_files.dynamic_registration"),
        relative_patterns=_is(offered, "workspace.did_change_watched_files.relative_pattern_support"),
        progress=_is(offered, "window.work_done_progress"),
        shows_documents=_is(offered, "window.show_document.support"),
        configuration=_is(offered, "workspace.configuration"),
        registers_configuration=_is(offered, "workspace.did_change_configuration.dynamic_registration"),
        symbol_tree=_is(offered, "text_document.document_symbol.hierarchical_document_symbol_support"),
        label_offsets=_is(
            offered, "text_document.signature_help.signature_information.parameter_information.label_offset_support"
        ),
        active_parameter=_is(offered, "text_document.signature_help.signature_information.active_parameter_support"),
        link_tooltips=_is(offered, "text_document.document_link.tooltip_support"),
        rename_prepare=_is(offered, "text_document.rename.prepare_support"),
    )


def _at(tree: Any, path: str) -> Any:
    for part in path.split("."):
        tree = getattr(tree, part, None)
        if tree is None:
            return None
    return tree


def _is(tree: Any, path: str) -> bool:
    return _at(tree, path) is True


def _has(tree: Any, path: str, item: object) -> bool:
    found = _at(tree, path)
    return isinstance(found, (list, tuple)) and item in found
