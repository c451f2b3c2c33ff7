from typing import Any

class ResponseMessage:
    result: str
    is_exception: bool

    def __init__(self, result: str, is_exception: bool = False) -> None: ...
    @classmethod
    def from_dict(cls, d: dict[str, Any]) -> ResponseMessage: ...
