from typing import Any

from azure.durable_functions.models.actions.Action import Action

class ContinueAsNewAction(Action):
    input_: Any

    def __init__(self, input_: Any = None) -> None: ...
    @property
    def action_type(self) -> int: ...
    def to_json(self) -> dict[str, int | str]: ...
