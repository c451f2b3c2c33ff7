"""Results that are sent in parts as they come, where the client wants them so: a workspace may hold hundreds of apps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lsprotocol import types

from pystein_lsp.lsp.protocol import Protocol

_SIZE = 50
"""Items in a part: few enough to be shown at once, many enough not to drown the client in messages."""


class Parts:
    """The items of one answer, each of them JSON."""

    def __init__(
        self, protocol: Protocol, params: dict[str, Any], shape: Callable[[list[Any]], Any] = lambda items: items
    ):
        """Make one.

        Args:
            protocol: the client's connection.
            params: of the request; a `partialResultToken` in them asks for parts.
            shape: what an answer looks like that holds some items.
        """
        token = params.get("partialResultToken")
        self._protocol = protocol
        self._token = token if isinstance(token, (str, int)) else None
        self._shape = shape
        self._items: list[Any] = []
        self.any = False
        """Whether there has been an item."""
        self._sent = False

    def add(self, item: Any) -> None:
        """One more item."""
        self.any = True
        self._items.append(item)
        if self._token is not None and len(self._items) == _SIZE:
            self._send()

    def answer(self) -> Any:
        """The answer: all items, or none where they went in parts, as the protocol wants it."""
        if self._sent and self._items:
            self._send()
        return self._shape(self._items)

    def _send(self) -> None:
        value = self._shape(self._items)
        self._protocol.send({"method": types.PROGRESS, "params": {"token": self._token, "value": value}})
        self._items = []
        self._sent = True
