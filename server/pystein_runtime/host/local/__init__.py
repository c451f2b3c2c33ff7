"""The adapters over the local cloud's store, in process: one file per service, its `connect` makes it."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pystein_runtime.cloud.account import Endpoints
    from pystein_runtime.cloud.store import Store

POLL_SECONDS = 1.0  # other processes that write to the store are noticed after this at the latest


class Cloud(NamedTuple):
    """What local services are made of."""

    store: Store
    endpoints: Endpoints
    """Where the local cloud's storage listens."""
    holder: str
    """Names this host in what it takes, so that its successor can give that back at once."""


async def wait(store: Store, topic: str, seconds: float = POLL_SECONDS) -> None:
    """Wait for an announcement about a topic, or some seconds."""
    event = asyncio.Event()
    forget = store.watch(topic, event.set)
    try:
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(event.wait(), max(seconds, 0.001))
    finally:
        forget()
