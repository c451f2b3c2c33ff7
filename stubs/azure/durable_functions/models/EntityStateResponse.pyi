from typing import Any

class EntityStateResponse:
    """The state of an entity, as a client reads it."""

    def __init__(self, entity_exists: bool, entity_state: Any = None) -> None: ...
    @property
    def entity_exists(self) -> bool: ...
    @property
    def entity_state(self) -> Any: ...
