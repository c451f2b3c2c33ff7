"""The rule cron-every-second."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.ncrontab.schedule import Cron
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule
from pystein_lsp.rules.schedules import schedules
from pystein_lsp.syntax.literals import part_of, quoted


class CronEverySecond(FunctionRule):
    """A schedule that fires in every second of a minute that it names.

    ## What it does
    Reports `*` for seconds where the minute is fixed: `* 0 17 * * *` fires sixty times at five o'clock.

    ## Why it matters
    Whoever names the minute means once; the function runs sixty times, and is billed sixty times.

    ## Example
    ```python
    @app.timer_trigger(arg_name="timer", schedule="* 0 17 * * *")
    def daily(timer: func.TimerRequest): ...
    ```

    ## Use instead
    ```python
    @app.timer_trigger(arg_name="timer", schedule="0 0 17 * * *")
    def daily(timer: func.TimerRequest): ...
    ```

    ## Fix safety
    Writing `0` for the seconds is unsafe: it changes how often the function runs.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions
    """

    name = "cron-every-second"
    severity = "warning"
    wants = frozenset({"cron"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each schedule."""
        for literal, text, schedule in schedules(function):
            if not isinstance(schedule, Cron) or len(schedule.second) < 60 or len(schedule.minute) == 60:
                continue
            seconds, *others = schedule.tokens
            span = part_of(function.block, literal.span, text, seconds.offset, len(seconds.text))
            better = " ".join(["0", *(token.text for token in others)])
            edit = Edit(function.location(literal.span), quoted(function.block, literal.span, better))
            fix = Fix(f"Change the schedule to {better}", safe=False, edits=(edit,))
            message = f"'{seconds.text}' fires sixty times in each minute that the schedule names; write '0' for once"
            yield Finding(message, function.location(span), function.name, fixes=(fix,))
