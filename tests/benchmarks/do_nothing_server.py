"""A pygls server that does nothing: what any server on that framework takes to start."""

from pygls.lsp.server import LanguageServer

LanguageServer("nothing", "0").start_io()
