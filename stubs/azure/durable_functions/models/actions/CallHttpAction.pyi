from ..DurableHttpRequest import DurableHttpRequest as DurableHttpRequest
from ..utils.json_utils import add_attrib as add_attrib, add_json_attrib as add_json_attrib
from .Action import Action as Action
from .ActionType import ActionType as ActionType
from _typeshed import Incomplete
from typing import Any

class CallHttpAction(Action):
    http_request: Incomplete
    def __init__(self, http_request: DurableHttpRequest) -> None: ...
    @property
    def action_type(self) -> int: ...
    def to_json(self) -> dict[str, Any]: ...
