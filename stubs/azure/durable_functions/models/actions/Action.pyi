from abc import ABC, abstractmethod
from typing import Any

class Action(ABC):
    @property
    @abstractmethod
    def action_type(self) -> int: ...
    @abstractmethod
    def to_json(self) -> dict[str, Any]: ...
