import datetime
from ..utils.json_utils import add_attrib as add_attrib, add_datetime_attrib as add_datetime_attrib
from .Action import Action as Action
from .ActionType import ActionType as ActionType
from typing import Any

class CreateTimerAction(Action):
    fire_at: datetime.datetime
    is_cancelled: bool
    def __init__(self, fire_at: datetime.datetime, is_cancelled: bool = False) -> None: ...
    def to_json(self) -> dict[str, Any]: ...
    @property
    def action_type(self) -> int: ...
