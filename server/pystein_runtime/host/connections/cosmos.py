"""Connections of Cosmos DB: what a setting stands for, and what the worker gets in its place.

Imports no asyncio: the endpoint must be known before the worker is started.
"""

from __future__ import annotations

import os
import re
import socket
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from pystein_runtime.cloud.cosmos.account import KEY, PORT, connection_string, endpoint
from pystein_runtime.host.connections.emulators import ALWAYS_LOCAL
from pystein_runtime.host.settings import connection
from pystein_runtime.http import sockets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pystein_runtime.host.functions import Binding
    from pystein_runtime.host.settings import Connection, Settings

DEFAULT = "CosmosDB"
"""The connection of a binding that names none."""
_ENDPOINT = "accountendpoint"
_ANSWER_SECONDS = 1.0
_REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
_OURS = b"x-ms-gatewayversion: local"
_EMPTY = re.compile(r"cosmos.*connection|cosmos(db)?$")
"""Names of settings that, when they are empty, mean the local cloud."""


def parts(value: str) -> dict[str, str]:
    """The parts of a connection string, names in lower case."""
    pairs = (part.partition("=") for part in value.split(";"))
    return {name.strip().lower(): text.strip() for name, separator, text in pairs if separator}


def is_emulator(value: str) -> bool:
    """Whether a connection string or an endpoint means the local cloud: an emulator's on loopback, where none runs."""
    found = parts(value)
    port = _loopback_port(found.get(_ENDPOINT, value))
    return port is not None and found.get("accountkey", KEY) in {"", KEY} and not is_foreign(port)


def _loopback_port(url: str) -> int | None:
    """The port of a URL on this machine."""
    scheme, _, rest = url.partition("://")
    if scheme.lower() not in {"http", "https"}:
        return None
    authority = rest.partition("/")[0]
    host, _, port = authority.rpartition(":")
    if not port.isdecimal():
        host, port = authority, str(PORT)
    is_loopback = host.strip("[]").lower() in {"localhost", "::1"} or host.startswith("127.")
    return int(port) if is_loopback else None


def find(settings: Settings, name: str) -> Connection:
    """What a binding's connection stands for; absent and empty ones are the local cloud's."""
    found = connection(settings, name or DEFAULT, is_emulator)
    if found.kind == "identity" and is_emulator(found.properties.get(_ENDPOINT, "")):
        return found._replace(kind="development")
    return found


def name_of(binding: Binding) -> str:
    """The connection that a binding of today's or of the older names has."""
    return binding.text("connection") or binding.text("connectionStringSetting")


def is_local(settings: Settings, binding: Binding) -> bool:
    """Whether a binding means the local cloud."""
    return find(settings, name_of(binding)).kind in {"development", "missing"}


class Door:
    """The sockets that the local Cosmos DB listens on: taken when an app first needs it."""

    def __init__(self) -> None:
        self.sockets: list[socket.socket] = []

    def open(self) -> int:
        """Take the usual port, or a free one, unless there is one; gives it."""
        if not self.sockets:
            self.sockets = sockets.bind_preferred([PORT])[0]
        port: int = self.sockets[0].getsockname()[1]
        return port

    @property
    def url(self) -> str:
        """Where that is; empty when nothing has been taken."""
        return endpoint(self.sockets[0].getsockname()[1]) if self.sockets else ""

    def close(self) -> None:
        """Give the port back."""
        for bound in self.sockets:
            bound.close()
        self.sockets = []


def environment(variables: dict[str, str], settings: Mapping[str, str], door: Door) -> dict[str, str]:
    """The worker's environment with the true endpoint in place of an emulator's, so that its SDK clients find it."""
    for name, value in list(variables.items()):
        if _ENDPOINT in value.lower() and is_emulator(value):
            variables[name] = connection_string(door.open())
        elif _loopback_port(value) == PORT and name in settings and is_emulator(value):
            variables[name] = endpoint(door.open())
        elif not value and name in settings and _EMPTY.search(name.lower().replace("_", "")):
            variables[name] = connection_string(door.open())
    return variables


@lru_cache
def is_foreign(port: int) -> bool:
    """Whether an emulator of Cosmos DB that is not our own answers there, with or without TLS."""
    if os.environ.get(ALWAYS_LOCAL) == "always" or not sockets.is_taken(port):
        return False
    for encrypted in (False, True):
        answer = _ask(port, encrypted=encrypted).lower()
        if b"x-ms-" in answer:
            return _OURS not in answer
    return False


def _ask(port: int, *, encrypted: bool) -> bytes:
    answer = b""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), _ANSWER_SECONDS) as connection:
        if encrypted:  # an emulator's certificate is its own
            import ssl  # noqa: PLC0415 - seldom needed

            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            connection = context.wrap_socket(connection, server_hostname="localhost")  # noqa: PLW2901 - the same one
        connection.sendall(_REQUEST)
        while len(answer) < 4096 and (some := connection.recv(4096)):
            answer += some
    return answer
