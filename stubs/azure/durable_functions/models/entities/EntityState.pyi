from typing import Any

from azure.durable_functions.models.entities.OperationResult import OperationResult
from azure.durable_functions.models.entities.Signal import Signal

class EntityState:
    entity_exists: bool
    state: str | None
    state_is_raw: bool

    def __init__(
        self,
        results: list[OperationResult],
        signals: list[Signal],
        entity_exists: bool = False,
        state: str | None = None,
        state_is_raw: bool = False,
    ) -> None: ...
    @property
    def results(self) -> list[OperationResult]: ...
    @property
    def signals(self) -> list[Signal]: ...
    def to_json(self) -> dict[str, Any]: ...
    def to_json_string(self) -> str: ...
