from typing import Any

from azure.durable_functions.models.actions.Action import Action
from azure.durable_functions.models.utils.entity_utils import EntityId

class SignalEntityAction(Action):
    entity_id: EntityId
    instance_id: str
    operation: str
    input_: str

    def __init__(self, entity_id: EntityId, operation: str, input_: Any = None) -> None: ...
    @property
    def action_type(self) -> int: ...
    def to_json(self) -> dict[str, Any]: ...
