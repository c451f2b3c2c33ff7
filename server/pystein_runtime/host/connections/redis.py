"""Which Redis a binding means: the local one where its connection is empty or absent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pystein_runtime.host.connections import local_servers
from pystein_runtime.host.settings import connection
from pystein_runtime.redis import clients, server
from pystein_runtime.redis.clients import RedisError

if TYPE_CHECKING:
    from pystein_runtime.host.functions import Binding
    from pystein_runtime.host.services import Services
    from pystein_runtime.host.settings import Connection, Settings


def _find(settings: Settings, binding: Binding) -> Connection:
    """A binding's connection; the usual address of this machine where nobody answers is the local Redis's, too."""
    return connection(
        settings,
        binding.text("connection"),
        lambda value: local_servers.is_vacant(value.partition(",")[0], local_servers.REDIS_PORT),
    )


def is_local(settings: Settings, binding: Binding) -> bool:
    """Whether a binding means the local Redis."""
    return _find(settings, binding).kind in {"development", "missing"}


def address(services: Services, binding: Binding) -> str:
    """The connection string of a binding; the local Redis is started when it is meant.

    Raises:
        RedisError: the connection cannot be used.
    """
    found = _find(services.settings, binding)
    if found.kind == "identity":
        raise RedisError(f"{found.name} must be a connection string: this version has no identities for Redis.")
    if found.kind == "string":
        return found.value
    return server.address(services.root / ".pystein" / "redis")


def client(services: Services, binding: Binding) -> Any:
    """A client of a binding's Redis, to be closed by who asked for it.

    Raises:
        RedisError: the package is not installed, or the connection cannot be used.
    """
    clients.connect("127.0.0.1")  # the package is there, before a server is started for it
    return clients.connect(address(services, binding))
