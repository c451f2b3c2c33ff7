"""Where the endpoint listens. Imports no asyncio: the port must be known before the worker is started."""

from __future__ import annotations

import socket

STANDARD_PORT = 5672  # where SDKs look for an emulator when the connection string has no port
OURS = "PYSTEIN"
"""Among the ways of authentication that the endpoint offers: by it other hosts tell it from an emulator."""


def bind(port: int = STANDARD_PORT) -> socket.socket:
    """A socket on the standard port, on any other when somebody has that."""
    for candidate in (port, 0):
        bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named: see http/sockets.py
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind(("127.0.0.1", candidate))
            bound.listen(128)
        except OSError:
            bound.close()
            if candidate == 0:
                raise
        else:
            return bound
    raise AssertionError
