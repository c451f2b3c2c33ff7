from typing import Any

from typing_extensions import Self

class PurgeHistoryResult:
    """What a purge removed."""

    def __init__(self, instancesDeleted: int, **kwargs: Any) -> None: ...
    @classmethod
    def from_json(cls, json_obj: dict[Any, Any]) -> Self: ...
    @property
    def instances_deleted(self) -> int:
        """Orchestrations whose history is gone."""
