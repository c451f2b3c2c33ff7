from abc import abstractmethod

from azure.durable_functions.models.actions.Action import Action

class CompoundAction(Action):
    compound_tasks: list[Action]

    def __init__(self, compound_tasks: list[Action]) -> None: ...
    @property
    @abstractmethod
    def action_type(self) -> int: ...
    def to_json(self) -> dict[str, str | int]: ...
