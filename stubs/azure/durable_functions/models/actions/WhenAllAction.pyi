from .ActionType import ActionType as ActionType
from azure.durable_functions.models.actions.CompoundAction import CompoundAction as CompoundAction

class WhenAllAction(CompoundAction):
    @property
    def action_type(self) -> int: ...
