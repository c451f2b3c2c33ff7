"""The classes behind the decorators: timer trigger."""

from typing import Any

from azure.functions.decorators.core import DataType, Trigger

class TimerTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    schedule: str
    run_on_startup: bool | None
    use_monitor: bool | None

    def __init__(
        self,
        name: str,
        schedule: str,
        run_on_startup: bool | None = None,
        use_monitor: bool | None = None,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...
