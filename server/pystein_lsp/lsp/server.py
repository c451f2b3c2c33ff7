"""The server: pygls' with our protocol, our transports, and no popups."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from cattrs import Converter
from pygls.lsp.server import LanguageServer

from pystein_lsp import __version__
from pystein_lsp.lsp.capabilities import resolve
from pystein_lsp.lsp.offer import offer
from pystein_lsp.lsp.protocol import Protocol

if TYPE_CHECKING:
    from pystein_lsp.lsp.session import Session

_log = logging.getLogger(__name__)


class Server(LanguageServer):
    """A server for one client. Everything that knows functions is loaded once the client has its first answer."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__("pystein-lsp", __version__, protocol_cls=Protocol, converter_factory=Converter)
        self.protocol.initialize = self._initialize
        self._session: Session | None = None

    def _initialize(self, params: dict[str, Any]) -> tuple[dict[str, Any], Callable[[], None]]:
        """What we can do, and what is to be done before the next message is handled."""
        client = resolve(params)

        def load() -> None:
            from pystein_lsp.lsp.registry import register  # noqa: PLC0415 (see the class)
            from pystein_lsp.lsp.session import Session  # noqa: PLC0415

            self._session = Session(self.protocol, client, params)
            register(self._session)

        result = {"capabilities": offer(client), "serverInfo": {"name": self.name, "version": __version__}}
        return result, load

    async def close(self) -> None:
        """The client has left."""
        if self._session:
            await self._session.close()

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Failures are logged where they happen; a popup at every keystroke helps nobody."""


def serve(way: Callable[[Protocol], Awaitable[None]], writer: Any = None) -> int:
    """Serve one client; returns the exit status that the protocol asks for.

    Args:
        way: reads messages and gives them to the protocol until the client leaves.
        writer: where answers go; None where `way` finds that out.
    """

    async def run() -> int:
        server = Server()
        if writer is not None:
            server.protocol.set_writer(writer)
        await way(server.protocol)
        await server.close()
        return 0 if server.protocol.shutting_down else 1

    return asyncio.run(run())
