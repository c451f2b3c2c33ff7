from typing import Any

from azure.durable_functions.models.actions.Action import Action

class CallSubOrchestratorAction(Action):
    function_name: str
    instance_id: str | None
    version: str | None

    def __init__(
        self, function_name: str, _input: Any | None = None, instance_id: str | None = None, version: str | None = None
    ) -> None: ...
    @property
    def action_type(self) -> int: ...
    def to_json(self) -> dict[str, str | int]: ...
