from _typeshed import Incomplete
from typing import Any

class ResponseMessage:
    result: Incomplete
    is_exception: Incomplete
    def __init__(self, result: str, is_exception: bool = False) -> None: ...
    @classmethod
    def from_dict(cls, d: dict[str, Any]) -> ResponseMessage: ...
