"""Which line of the durable package a function was made with, and so how it is talked to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from . import json_protocol, protobuf_protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pystein_runtime.host.functions import Binding

    from .model import EntityTurn, Event, Instance, Operation, Turn
    from .replay import Execution


class Dialect(Protocol):
    """What a protocol's module has."""

    KEEPS_EVENTS: bool
    """Whether the package keeps external events that nobody waits for yet; if not, the hub does."""

    def orchestrator_input(
        self, instance: Instance, execution: Execution, new: Sequence[Event], texts: list[str], /
    ) -> str:
        """What an orchestrator function gets; `texts` are the new events as they are stored."""

    def read_orchestrator(self, text: str, /) -> Turn:
        """An orchestrator function's answer. Raises ValueError: it is none."""

    def read_failure(self, message: str, /) -> Turn:
        """The answer of an orchestrator function that raised an exception."""

    def without_state(self, text: str, /) -> str:
        """A text, such as a traceback, without what is only for the host."""

    def entity_input(self, entity: str, state: str | None, batch: Sequence[Operation], /) -> str:
        """What an entity function gets."""

    def read_entity(self, text: str, /) -> EntityTurn:
        """An entity function's answer. Raises ValueError: it is none."""


def of(binding: Binding) -> Dialect:
    """The protocol of a durable trigger or client; 2.x marks its bindings."""
    return protobuf_protocol if wants_grpc(binding) else json_protocol


def wants_grpc(binding: Binding) -> bool:
    """Whether the binding is one of azure-functions-durable 2.x (its `decorators/metadata.py`)."""
    return binding.text("durableRequiresGrpc").lower() == "true"
