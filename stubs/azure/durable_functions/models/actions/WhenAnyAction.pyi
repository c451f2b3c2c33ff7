from azure.durable_functions.models.actions.CompoundAction import CompoundAction

class WhenAnyAction(CompoundAction):
    @property
    def action_type(self) -> int: ...
