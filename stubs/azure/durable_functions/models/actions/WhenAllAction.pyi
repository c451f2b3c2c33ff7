from azure.durable_functions.models.actions.CompoundAction import CompoundAction

class WhenAllAction(CompoundAction):
    @property
    def action_type(self) -> int: ...
