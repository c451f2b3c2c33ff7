from typing import Any

from azure.durable_functions.models.actions.Action import Action
from azure.durable_functions.models.RetryOptions import RetryOptions

class CallActivityWithRetryAction(Action):
    function_name: str
    retry_options: RetryOptions
    input_: Any

    def __init__(self, function_name: str, retry_options: RetryOptions, input_: Any = None) -> None: ...
    @property
    def action_type(self) -> int: ...
    def to_json(self) -> dict[str, str | int]: ...
