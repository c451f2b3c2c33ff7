"""The rule cron-never-fires."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.ncrontab.schedule import Cron, never_fires
from pystein_lsp.rules.rule import Finding, FunctionRule
from pystein_lsp.rules.schedules import schedules


class CronNeverFires(FunctionRule):
    """A schedule whose date does not exist.

    ## What it does
    Reports schedules that are valid and have no next time, such as the 30th of February.

    ## Why it matters
    The host takes the schedule and waits for ever.

    ## Example
    ```python
    @app.timer_trigger(arg_name="timer", schedule="0 0 0 30 2 *")
    def yearly(timer: func.TimerRequest): ...
    ```

    ## Use instead
    ```python
    @app.timer_trigger(arg_name="timer", schedule="0 0 0 28 2 *")
    def yearly(timer: func.TimerRequest): ...
    ```

    ## Fix safety
    There is no fix: which day was meant is a guess.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions
    """

    name = "cron-never-fires"
    severity = "warning"
    wants = frozenset({"cron"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each schedule."""
        for literal, _, schedule in schedules(function):
            if isinstance(schedule, Cron) and never_fires(schedule):
                message = "no date fits this schedule: the timer never fires; look at day and month"
                yield Finding(message, function.location(literal.span), function.name)
