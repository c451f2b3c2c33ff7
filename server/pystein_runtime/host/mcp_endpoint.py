"""The MCP endpoint of a host: `/runtime/webhooks/mcp`, with what the app's functions offer and host.json says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pystein_runtime.http import security
from pystein_runtime.http.messages import Response
from pystein_runtime.mcp.server import Identity, Server
from pystein_runtime.mcp.transports import Transports

from .triggers import mcp

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pystein_runtime.http.messages import Request

    from .functions import Function, FunctionError
    from .keys import Keys
    from .triggers import Listening

PATH = "/runtime/webhooks/mcp"
SYSTEM_KEY = "mcp_extension"


class McpEndpoint:
    """Lives as long as the host: clients stay connected when the app is reloaded."""

    path = PATH

    def __init__(self, host: Listening) -> None:
        self._host = host
        self._server = Server(host.report)
        self._transports = Transports(self._server)
        self._anonymous = False

    def update(self, functions: Iterable[Function]) -> list[FunctionError]:
        """From now on these functions are offered; gives those that the platform would refuse."""
        options = self._host.config.extensions.get("mcp")
        options = options if isinstance(options, dict) else {}
        self._server.identity = Identity(
            str(options.get("servername") or Identity().name),
            str(options.get("serverversion") or Identity().version),
            str(options["instructions"]) if options.get("instructions") else None,
        )
        self._transports.absolute_endpoint = _inner(options, "messageoptions", "useabsoluteuriforendpoint") is True
        self._anonymous = str(_inner(options, "system", "webhookauthorizationlevel")).lower() == "anonymous"
        built = mcp.build(functions, self._host)
        self._server.catalog = built.catalog
        return built.errors

    @property
    def offers(self) -> bool:
        """Whether there is a tool, a resource or a prompt: all may have been refused."""
        return any(self._server.catalog)

    def serves(self, request: Request) -> bool:
        """Whether a request is the endpoint's; one of a browser that asks for leave is not."""
        path = request.path.lower()
        return (path == PATH or path.startswith(f"{PATH}/")) and request.method != "OPTIONS"

    async def answer(self, request: Request, keys: Keys | None, *, trusted_origin: bool) -> Response:
        """Answer a request below PATH; other web sites are refused unless the app's CORS settings name them."""
        refusal = None if trusted_origin else security.check_admin(request)
        if refusal is not None:
            return refusal
        if keys is not None and not self._anonymous and not keys.allows_extension(request, SYSTEM_KEY):
            return Response(401)
        return await self._transports.handle(request, request.path[len(PATH) :])

    def close(self) -> None:
        """End the event streams."""
        self._transports.close()


def _inner(options: dict[str, Any], section: str, name: str) -> Any:
    inner = options.get(section)
    return inner.get(name) if isinstance(inner, dict) else None
