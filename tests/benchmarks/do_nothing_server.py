"""A pygls server that does nothing: what any server on that framework takes to start, and to answer a keystroke.

It analyses nothing: at every change it looks for one word and publishes a diagnostic where that stands.
"""

from lsprotocol import types
from pygls.lsp.server import LanguageServer

MARK = "mark_to_find"
server = LanguageServer("nothing", "0")


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
def opened(params: types.DidOpenTextDocumentParams) -> None:
    publish(params.text_document.uri, params.text_document.version)


@server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
def changed(params: types.DidChangeTextDocumentParams) -> None:
    publish(params.text_document.uri, params.text_document.version)


def publish(uri: str, version: int) -> None:
    source = server.workspace.get_text_document(uri).source
    line = source.count("\n", 0, max(0, source.find(MARK)))
    span = types.Range(types.Position(line, 0), types.Position(line, 1))
    found = types.PublishDiagnosticsParams(uri, [types.Diagnostic(span, MARK, code=MARK)], version)
    server.text_document_publish_diagnostics(found)


server.start_io()
