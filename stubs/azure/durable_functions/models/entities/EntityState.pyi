from ..utils.df_serialization import df_dumps as df_dumps
from .OperationResult import OperationResult as OperationResult
from .Signal import Signal as Signal
from _typeshed import Incomplete
from typing import Any

class EntityState:
    entity_exists: Incomplete
    state: Incomplete
    state_is_raw: Incomplete
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
