"""The rule cron-surprise."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.ncrontab.surprises import surprises
from pystein_lsp.rules.rule import Finding, FunctionRule
from pystein_lsp.rules.schedules import schedules
from pystein_lsp.syntax.literals import part_of


class CronSurprise(FunctionRule):
    """A schedule that does something else than it seems to.

    ## What it does
    Points out what the host reads otherwise than authors expect who know other crons: `24:00:00`, which is 24 days; a step that
    does not divide its unit, so that `*/45` is not every 45 minutes; a range that would have to go around, such as `FRI-MON`; a
    day and a day of the week, both of which must match; names that several begin with.

    ## Why it matters
    The host takes the schedule without a word, and the timer runs at other times than was meant.

    ## Example
    ```python
    @app.timer_trigger(arg_name="timer", schedule="0 */45 * * * *")
    def tick(timer: func.TimerRequest): ...
    ```

    ## Use instead
    ```python
    @app.timer_trigger(arg_name="timer", schedule="00:45:00")
    def tick(timer: func.TimerRequest): ...
    ```

    ## Fix safety
    There is no fix: what was meant is yours to say.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions
    """

    name = "cron-surprise"
    severity = "information"
    wants = frozenset({"cron"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each part of a schedule that is read otherwise."""
        for literal, text, schedule in schedules(function):
            for remark in surprises(schedule):
                span = part_of(function.block, literal.span, text, remark.offset, remark.length)
                yield Finding(remark.message, function.location(span), function.name)
