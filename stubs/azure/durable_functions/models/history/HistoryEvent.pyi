import datetime
from .HistoryEventType import HistoryEventType as HistoryEventType
from _typeshed import Incomplete

class HistoryEvent:
    Name: Incomplete
    InstanceId: Incomplete
    TaskScheduledId: Incomplete
    Reason: Incomplete
    Details: Incomplete
    Input: Incomplete
    def __init__(self, EventType: HistoryEventType, EventId: int, IsPlayed: bool, Timestamp: str, **kwargs) -> None: ...
    @property
    def event_type(self) -> HistoryEventType: ...
    @property
    def event_id(self) -> int: ...
    @property
    def is_played(self) -> bool: ...
    @property
    def is_processed(self) -> bool: ...
    @is_processed.setter
    def is_processed(self, value: bool): ...
    @property
    def timestamp(self) -> datetime.datetime: ...
