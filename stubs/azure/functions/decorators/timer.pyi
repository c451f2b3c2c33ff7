from _typeshed import Incomplete
from azure.functions.decorators.constants import TIMER_TRIGGER as TIMER_TRIGGER
from azure.functions.decorators.core import DataType as DataType, Trigger as Trigger

class TimerTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    schedule: Incomplete
    run_on_startup: Incomplete
    use_monitor: Incomplete
    def __init__(
        self,
        name: str,
        schedule: str,
        run_on_startup: bool | None = None,
        use_monitor: bool | None = None,
        data_type: DataType | None = None,
        **kwargs,
    ) -> None: ...
