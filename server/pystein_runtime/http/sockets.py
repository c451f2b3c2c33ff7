"""Loopback sockets. Imports no asyncio: ports are taken before that is loaded."""

from __future__ import annotations

import contextlib
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def bind(host: str, port: int) -> socket.socket:
    """A listening loopback socket; port 0: a free one.

    Raises:
        OSError: the port is taken or forbidden.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns the delay of small writes off only where the protocol is named: 40 ms for the second of two answers.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows: SO_REUSEADDR would let two servers share the port
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(1024)
        bound.setblocking(False)
    except BaseException:
        bound.close()
        raise
    return bound


def bind_preferred(ports: Sequence[int]) -> list[list[socket.socket]]:
    """Listening sockets on these ports of 127.0.0.1 (and ::1) if all of them are free, else on free ones.

    Raises:
        OSError: there are no free ports at all.
    """
    found: list[list[socket.socket]] = []
    for port in ports:
        if is_taken(port):
            break
        try:
            found.append(bind_both(port))
        except OSError:
            break
    else:
        return found
    for bound in found:
        for item in bound:
            item.close()
    return [bind_both(0) for _ in ports]


def is_taken(port: int) -> bool:
    """Whether anything listens on a port of this machine, whatever its address: binding alone does not always tell."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1.0)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def bind_both(port: int) -> list[socket.socket]:
    """Listening sockets on 127.0.0.1 and, where that is to be had, on ::1, which is what `localhost` may mean.

    Raises:
        OSError: the port is taken or forbidden on 127.0.0.1.
    """
    first = bind("127.0.0.1", port)
    sockets = [first]
    with contextlib.suppress(OSError):
        sockets.append(bind("::1", first.getsockname()[1]))
    return sockets
