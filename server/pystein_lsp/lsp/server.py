"""The server: pygls' with our protocol, our transports, and no popups."""

from __future__ import annotations

import asyncio
import gc
import logging
from typing import Any

from pygls.lsp.server import LanguageServer

from pystein_lsp import __version__
from pystein_lsp.lsp import stdio
from pystein_lsp.lsp.protocol import Protocol
from pystein_lsp.lsp.registry import register
from pystein_lsp.lsp.session import Session

_log = logging.getLogger(__name__)


class Server(LanguageServer):
    """A server for one client."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__("pystein-lsp", __version__, protocol_cls=Protocol)
        self.session = Session(self.protocol)
        register(self.session)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Failures are logged where they happen; a popup at every keystroke helps nobody."""


def serve_stdio(source: int, sink: int) -> int:
    """Serve the client at the standard streams; returns the exit status that the protocol asks for."""

    async def run() -> int:
        server = Server()
        server.protocol.set_writer(stdio.Sink(sink))
        gc.collect()
        gc.freeze()
        await stdio.serve(server.protocol, source)
        return 0 if server.protocol.shutting_down else 1

    return asyncio.run(run())
