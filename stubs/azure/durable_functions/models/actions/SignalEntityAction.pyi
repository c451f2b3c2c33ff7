from ..utils.df_serialization import df_dumps as df_dumps
from ..utils.entity_utils import EntityId as EntityId
from ..utils.json_utils import add_attrib as add_attrib
from .Action import Action as Action
from .ActionType import ActionType as ActionType
from typing import Any

class SignalEntityAction(Action):
    entity_id: EntityId
    instance_id: str
    operation: str
    input_: str
    def __init__(self, entity_id: EntityId, operation: str, input_=None) -> None: ...
    @property
    def action_type(self) -> int: ...
    def to_json(self) -> dict[str, Any]: ...
