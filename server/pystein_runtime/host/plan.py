"""How an app is run: what is known before its code is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pystein_runtime.cloud.account import PORTS, Endpoints

if TYPE_CHECKING:
    import socket
    from collections.abc import Sequence
    from pathlib import Path

    from pystein_runtime.cloud.store import Store
    from pystein_runtime.host.connections.bus import Door
    from pystein_runtime.host.connections.cosmos import Door as CosmosDoor

    from .debugging import Debugging
    from .host_config import HostConfig
    from .interpreter import Interpreter
    from .settings import Settings
    from .spawn import Spawned


class Plan(NamedTuple):
    """An app and how to run it."""

    root: Path
    settings: Settings
    config: HostConfig
    interpreter: Interpreter
    address: str = "localhost:7071"
    """Host name and port under which functions are reached."""
    storage: Endpoints = Endpoints(*PORTS)
    """Where the local cloud's storage listens."""
    bus: Door | None = None
    """Where the local cloud's Service Bus and Event Hubs listen, for an app that needs them."""
    cosmos: CosmosDoor | None = None
    """Where the local cloud's Cosmos DB listens, for an app that needs it."""
    debugging: Debugging | None = None
    """Where debuggers connect to; None: the app is not debugged."""
    only: Sequence[str] | None = None
    """The functions to run, None: all."""
    state: Path | None = None
    """The folder in whose `.pystein` everything is kept; None: the app's own."""


class Booted(NamedTuple):
    """A worker that is booting, where it and SDK clients will connect, and the app's store."""

    spawned: Spawned
    worker: socket.socket
    storage: list[list[socket.socket]]
    store: Store
