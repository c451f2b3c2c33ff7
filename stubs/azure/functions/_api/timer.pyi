"""timer."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Trigger
from azure.functions._api.values import ArgName, Cron, DataTypeName
from azure.functions._abc import TimerRequest

F = TypeVar("F", bound=Callable[..., Any])

class TimerTriggers:
    def timer_trigger(
        self,
        arg_name: ArgName,
        schedule: Cron,
        run_on_startup: bool | None = None,
        use_monitor: bool | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("timerTrigger", takes=(TimerRequest,), since="1.13.3", bundle="host", see="functions-bindings-timer", also_tried=("timer", "cron", "cron_trigger"), aliases={"schedule": "1.10.0"})]:
        """TODO."""

    schedule = timer_trigger
