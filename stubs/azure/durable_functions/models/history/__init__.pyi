from .HistoryEvent import HistoryEvent as HistoryEvent
from .HistoryEventType import HistoryEventType as HistoryEventType

__all__ = ["HistoryEvent", "HistoryEventType"]
