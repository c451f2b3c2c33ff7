import abc
from ..utils.json_utils import add_attrib as add_attrib
from .Action import Action as Action
from _typeshed import Incomplete
from abc import abstractmethod

class CompoundAction(Action, metaclass=abc.ABCMeta):
    compound_tasks: Incomplete
    def __init__(self, compound_tasks: list[Action]) -> None: ...
    @property
    @abstractmethod
    def action_type(self) -> int: ...
    def to_json(self) -> dict[str, str | int]: ...
