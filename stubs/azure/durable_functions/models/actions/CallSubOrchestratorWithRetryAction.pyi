from typing import Any

from azure.durable_functions.models.actions.Action import Action
from azure.durable_functions.models.RetryOptions import RetryOptions

class CallSubOrchestratorWithRetryAction(Action):
    function_name: str
    retry_options: RetryOptions
    instance_id: str | None
    version: str | None

    def __init__(
        self,
        function_name: str,
        retry_options: RetryOptions,
        _input: Any | None = None,
        instance_id: str | None = None,
        version: str | None = None,
    ) -> None: ...
    @property
    def action_type(self) -> int: ...
    def to_json(self) -> dict[str, str | int]: ...
