import datetime
from typing import Any

from azure.durable_functions.models.history.HistoryEventType import HistoryEventType

class HistoryEvent:
    Name: Any
    InstanceId: Any
    TaskScheduledId: Any
    Reason: Any
    Details: Any
    Input: Any

    def __init__(
        self, EventType: HistoryEventType, EventId: int, IsPlayed: bool, Timestamp: str, **kwargs: Any
    ) -> None: ...
    @property
    def event_type(self) -> HistoryEventType: ...
    @property
    def event_id(self) -> int: ...
    @property
    def is_played(self) -> bool: ...
    @property
    def is_processed(self) -> bool: ...
    @is_processed.setter
    def is_processed(self, value: bool) -> Any: ...
    @property
    def timestamp(self) -> datetime.datetime: ...
