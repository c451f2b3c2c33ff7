import datetime
from typing import Any

from azure.durable_functions.models.actions.Action import Action

class CreateTimerAction(Action):
    fire_at: datetime.datetime
    is_cancelled: bool

    def __init__(self, fire_at: datetime.datetime, is_cancelled: bool = False) -> None: ...
    def to_json(self) -> dict[str, Any]: ...
    @property
    def action_type(self) -> int: ...
