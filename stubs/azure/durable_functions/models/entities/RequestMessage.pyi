from typing import Any

from azure.durable_functions.models.utils.entity_utils import EntityId

class RequestMessage:
    id: str
    name: str | None
    signal: bool | None
    input: str | None
    arg: Any | None
    parent: str | None
    lockset: list[EntityId] | None
    pos: int | None

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
        **kwargs: Any,
    ) -> None: ...
    @classmethod
    def from_json(cls, json_str: str) -> RequestMessage: ...
