from collections.abc import Callable
from typing import Any

from azure.durable_functions.models.DurableEntityContext import DurableEntityContext
from typing_extensions import TypeAlias

_Function: TypeAlias = Callable[[DurableEntityContext], None]

class InternalEntityException(Exception): ...

class Entity:
    """Runs an entity function; apps with decorators never touch it."""

    fn: _Function
    def __init__(self, entity_func: _Function) -> None: ...
    def handle(self, context: DurableEntityContext, batch: list[dict[str, Any]]) -> str: ...
    @classmethod
    def create(cls, fn: _Function) -> Callable[[Any], str]: ...
