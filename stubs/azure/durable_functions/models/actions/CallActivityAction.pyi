from typing import Any

from azure.durable_functions.models.actions.Action import Action

class CallActivityAction(Action):
    function_name: str
    input_: Any

    def __init__(self, function_name: str, input_: Any = None) -> None: ...
    @property
    def action_type(self) -> int: ...
    def to_json(self) -> dict[str, str | int]: ...
