"""textDocument/completion and completionItem/resolve."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from pystein_lsp.catalogue import catalogue
from pystein_lsp.features.completion import complete
from pystein_lsp.features.json_files import complete_json
from pystein_lsp.features.types import DocumentationKey, Item
from pystein_lsp.lsp.session import Session, markup

_KINDS = {
    "method": types.CompletionItemKind.Method,
    "property": types.CompletionItemKind.Property,
    "variable": types.CompletionItemKind.Variable,
    "enum": types.CompletionItemKind.EnumMember,
    "value": types.CompletionItemKind.Value,
    "function": types.CompletionItemKind.Function,
    "event": types.CompletionItemKind.Event,
    "keyword": types.CompletionItemKind.Keyword,
}
_AGAIN = types.Command(title="", command="editor.action.triggerSuggest")
"""VS Code's own command; other clients would not know it."""


def completion(session: Session, params: types.CompletionParams) -> types.CompletionList:
    """What can be written at a position."""
    place = session.place(params.text_document.uri, params.position)
    if place:
        path, items = place.module.path, complete(place.app, place.module, place.line, place.column)
    elif spot := session.spot(params.text_document.uri, params.position):
        path, items = spot.path, complete_json(*spot)
    else:
        path, items = "", []
    return types.CompletionList(is_incomplete=False, items=[_item(session, path, item) for item in items])


def resolve(session: Session, item: types.CompletionItem) -> types.CompletionItem:
    """An item's documentation, which is read only for the item that is looked at."""
    data = item.data
    if isinstance(data, list) and len(data) == 2 and all(isinstance(part, str) for part in data):
        item.documentation = _documentation(session, catalogue().docs(*data))
    return item


def _item(session: Session, path: str, item: Item) -> types.CompletionItem:
    snippet = item.snippet if session.client.snippets else None
    shape = types.CompletionItem(
        label=item.label,
        kind=_KINDS[item.kind],
        detail=item.detail or None,
        sort_text=f"{item.rank:03}",
        filter_text=item.filter,
        insert_text_format=types.InsertTextFormat.Snippet if snippet else None,
        text_edit=types.TextEdit(session.convert.range(path, item.span), snippet or item.text),
        preselect=item.preselect or None,
        tags=[types.CompletionItemTag.Deprecated] if item.deprecated else None,
    )
    if item.detail and session.client.label_details:
        shape.label_details = types.CompletionItemLabelDetails(description=item.detail)
    if item.again and session.client.suggests_again:
        shape.command = _AGAIN
    key: Any = item.documentation
    if isinstance(key, DocumentationKey):
        if session.client.resolves_documentation:
            shape.data = list(key)
        else:
            shape.documentation = _documentation(session, catalogue().docs(*key))
    elif key:
        shape.documentation = _documentation(session, key)
    return shape


def _documentation(session: Session, text: str) -> types.MarkupContent | str:
    if not session.client.completion_markup:
        return text
    return markup(text, markdown=session.client.completion_markdown)
