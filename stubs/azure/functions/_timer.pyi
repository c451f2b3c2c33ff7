import sys
from typing import Any

if sys.version_info >= (3, 13):
    from azure.functions._abc import TimerRequest as AbstractTimerRequest

    class TimerRequest(AbstractTimerRequest):
        """What a timer hands to its function."""

        def __init__(self, *, past_due: bool = False) -> None: ...
        @property
        def past_due(self) -> bool: ...
        def to_dict(self) -> dict[str, Any]: ...
