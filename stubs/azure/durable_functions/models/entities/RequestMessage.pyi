from ..utils.entity_utils import EntityId as EntityId
from _typeshed import Incomplete
from typing import Any

class RequestMessage:
    id: Incomplete
    name: Incomplete
    signal: Incomplete
    input: Incomplete
    arg: Incomplete
    parent: Incomplete
    lockset: Incomplete
    pos: Incomplete
    def __init__(
        self,
        id_: str,
        name: str | None = None,
        signal: bool | None = None,
        input_: str | None = None,
        arg: Any | None = None,
        parent: str | None = None,
        lockset: list[EntityId] | None = None,
        pos: int | None = None,
        **kwargs,
    ) -> None: ...
    @classmethod
    def from_json(cls, json_str: str) -> RequestMessage: ...
