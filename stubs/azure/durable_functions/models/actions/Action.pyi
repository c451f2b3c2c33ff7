import abc
from abc import ABC, abstractmethod
from typing import Any

class Action(ABC, metaclass=abc.ABCMeta):
    @property
    @abstractmethod
    def action_type(self) -> int: ...
    @abstractmethod
    def to_json(self) -> dict[str, Any]: ...
