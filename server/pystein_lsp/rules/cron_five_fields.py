"""The rule cron-five-fields."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.ncrontab.schedule import Cron
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule
from pystein_lsp.rules.schedules import schedules
from pystein_lsp.syntax.literals import quoted


class CronFiveFields(FunctionRule):
    """A schedule with five fields.

    ## What it does
    Points out schedules without the field for seconds.

    ## Why it matters
    The host reads them (the second is 0), but deployments to the Consumption plan have refused them, and a reader used to
    six fields takes the first for seconds.

    ## Example
    ```python
    @app.timer_trigger(arg_name="timer", schedule="*/5 * * * *")
    def tick(timer: func.TimerRequest): ...
    ```

    ## Use instead
    ```python
    @app.timer_trigger(arg_name="timer", schedule="0 */5 * * * *")
    def tick(timer: func.TimerRequest): ...
    ```

    ## Fix safety
    Adding `0` for the seconds is safe: the schedule stays the same.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions
    """

    name = "cron-five-fields"
    severity = "hint"
    wants = frozenset({"cron"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each schedule."""
        for literal, text, schedule in schedules(function):
            if isinstance(schedule, Cron) and len(schedule.tokens) == 5:
                location = function.location(literal.span)
                edit = Edit(location, quoted(function.block, literal.span, f"0 {text.strip()}"))
                fix = Fix("Add the field for seconds", safe=True, edits=(edit,))
                message = "this schedule has no field for seconds; write '0' in front of it to say so"
                yield Finding(message, location, function.name, fixes=(fix,))
