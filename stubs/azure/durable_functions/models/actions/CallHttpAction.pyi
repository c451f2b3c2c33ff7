from typing import Any

from azure.durable_functions.models.actions.Action import Action
from azure.durable_functions.models.DurableHttpRequest import DurableHttpRequest

class CallHttpAction(Action):
    http_request: DurableHttpRequest

    def __init__(self, http_request: DurableHttpRequest) -> None: ...
    @property
    def action_type(self) -> int: ...
    def to_json(self) -> dict[str, Any]: ...
