"""Timers."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from azure.functions._abc import TimerRequest
from azure.functions._api.markers import Trigger
from azure.functions._api.values import ArgName, Cron, DataTypeName

_F = TypeVar("_F", bound=Callable[..., Any])

class TimerTriggers:
    def timer_trigger(
        self,
        arg_name: ArgName,
        schedule: Cron,
        run_on_startup: bool | None = None,
        use_monitor: bool | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "timerTrigger",
            takes=(TimerRequest,),
            since="1.13.3",
            bundle="host",
            see="functions-bindings-timer",
            also_tried=("timer", "cron", "cron_trigger"),
            aliases={"schedule": "1.10.0"},
        ),
    ]:
        """Run on a schedule.

        The parameter receives a `func.TimerRequest`, whose `past_due` says whether the run is late. `schedule` is an
        older name of the same decorator.

        Args:
            arg_name: Name of the function's parameter for the `func.TimerRequest`.
            schedule: NCRONTAB expression of six fields: second, minute, hour, day, month, day of the week (five
                fields: no seconds). On a dedicated plan also a time span, as `01:30:00`. UTC unless
                `WEBSITE_TIME_ZONE` is set. `%SETTING%` is resolved.
            run_on_startup: Whether to run when the host starts as well, which on a scaled app is often. Default
                False.
            use_monitor: Whether the schedule is kept in storage, so that a run missed during a restart is made up
                for. Default True; off for intervals below a minute.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.timer_trigger(arg_name="timer", schedule="0 */5 * * * *")
            def every_five_minutes(timer: func.TimerRequest) -> None:
                print("late" if timer.past_due else "on time")

        Binding type `timerTrigger`; azure-functions since 1.13.3 and in every 2.x; built into the host.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer
        """

    schedule = timer_trigger
