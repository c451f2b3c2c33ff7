"""Emulators of other programs on this machine: a connection that means one which runs goes to it, not to the local cloud.

Asked only where a port is taken already, so that nothing of it costs anything elsewhere; not at all when the environment
has `PYSTEIN_LOCAL_CLOUD=always`. Imports no asyncio: it must be known before the worker is started.
"""

from __future__ import annotations

import os
import re
import socket
import time
from contextlib import ExitStack, suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from pystein_runtime.cloud.account import ACCOUNT, PORTS, Endpoints
from pystein_runtime.cloud.bus.amqp.sockets import OURS
from pystein_runtime.host.settings import is_development
from pystein_runtime.http import sockets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ALWAYS_LOCAL = "PYSTEIN_LOCAL_CLOUD"
ANSWER_SECONDS = 0.3  # what says nothing on loopback within this is no emulator
_REQUEST = f"GET /{ACCOUNT}?comp=list HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
_STORAGE = re.compile(rb"^server: *(?:azurite|windows-azure)", re.IGNORECASE | re.MULTILINE)
_SASL = b"AMQP\x03\x01\x00\x00"  # the header with which the service and its emulators begin
_ENDPOINTS = ("blobendpoint", "queueendpoint", "tableendpoint")


def open_storage(values: Mapping[str, str]) -> tuple[Endpoints, list[list[socket.socket]]]:
    """Take the ports of the local cloud's storage; none for a service whose emulator runs there.

    Args:
        values: the app's settings; the first emulator that they spell out says which ports are meant.
    """
    spelled = (ports_of(value) for value in values.values() if is_development(value))
    ports = next((found for found in spelled if any(found)), PORTS)
    wanted = [port or standard for port, standard in zip(ports, PORTS, strict=True)]
    foreign = storage_emulators(tuple(wanted))
    mine = iter(sockets.bind_preferred([port for port in wanted if port not in foreign]))
    bound = [[] if port in foreign else next(mine) for port in wanted]
    blob, queue, table = (
        found[0].getsockname()[1] if found else port for port, found in zip(wanted, bound, strict=True)
    )
    return Endpoints(blob, queue, table, foreign), bound


def storage_string(value: str, own: str) -> str:
    """The connection string that SDK clients get for one that means an emulator: its own where that emulator runs."""
    ports = ports_of(value)
    elsewhere = [port for port in ports if port is not None and port not in ports_of(own)]
    return value if elsewhere and storage_emulators(tuple(elsewhere)) else own


@lru_cache
def storage_emulators(ports: tuple[int, ...]) -> frozenset[int]:
    """The ports on which an emulator of Azure Storage answers: by the name that Azurite and its forerunner give."""
    return frozenset(port for port, answer in _answers(ports, _REQUEST) if _STORAGE.search(answer))


@lru_cache
def is_bus_emulator(port: int) -> bool:
    """Whether something that is not one of our own hosts speaks AMQP 1.0 there as the service does."""
    return any(
        answer.startswith(_SASL) and b"ANONYMOUS" in answer and OURS.encode() not in answer
        for _, answer in _answers([port], _SASL)
    )


def ports_of(value: str) -> tuple[int | None, int | None, int | None]:
    """The ports of blobs, queues and tables that a connection string spells out."""
    parts = (part.partition("=") for part in value.split(";"))
    found = {name.strip().lower(): text.strip() for name, separator, text in parts if separator}
    blob, queue, table = (_port(found.get(name, "")) for name in _ENDPOINTS)
    return blob, queue, table


def _port(url: str) -> int | None:
    port = url.partition("://")[2].partition("/")[0].rpartition(":")[2]
    return int(port) if port.isdecimal() else None


def _answers(ports: Iterable[int], request: bytes) -> list[tuple[int, bytes]]:
    """What is said on those of these ports that are taken, all asked at once."""
    found: list[tuple[int, bytes]] = []
    if os.environ.get(ALWAYS_LOCAL) == "always":
        return found
    with ExitStack() as stack:
        asked = []
        for port in filter(sockets.is_taken, ports):
            with suppress(OSError):
                connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), ANSWER_SECONDS))
                connection.sendall(request)
                asked.append((port, connection))
        end = time.monotonic() + ANSWER_SECONDS
        for port, connection in asked:
            answer = b""
            with suppress(OSError):
                while len(answer) < 4096:
                    connection.settimeout(max(end - time.monotonic(), 0.001))
                    some = connection.recv(4096)
                    if not some:
                        break
                    answer += some
            found.append((port, answer))
    return found
