import sys
from collections.abc import Mapping
from typing import Any

from azure.functions.meta import Datum, InConverter

if sys.version_info >= (3, 13):
    from azure.functions._timer import TimerRequest as _Base
else:
    from azure.functions._abc import TimerRequest as _Base

class TimerRequest(_Base):
    """The request that the worker passes where `func.TimerRequest` is asked for."""

    def __init__(
        self,
        *,
        past_due: bool = False,
        schedule_status: dict[str, Any] | None = None,
        schedule: dict[str, Any] | None = None,
    ) -> None: ...
    @property
    def past_due(self) -> bool: ...
    @property
    def schedule_status(self) -> dict[str, Any]: ...
    @property
    def schedule(self) -> dict[str, Any]: ...

class TimerRequestConverter(InConverter, binding="timerTrigger", trigger=True):
    @classmethod
    def check_input_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def decode(cls, data: Datum, *, trigger_metadata: Mapping[str, Datum] | None) -> Any: ...
