"""The rule invalid-cron."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.ncrontab.parse import Invalid, is_setting_expression, parse, setting_names
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule
from pystein_lsp.syntax.literals import part_of, quoted
from pystein_lsp.syntax.tree import Literal


class InvalidCron(FunctionRule):
    """A timer's schedule is no NCRONTAB expression.

    ## What it does
    Reports schedules that the host cannot read, at the field that is wrong: six fields `second minute hour day month
    day-of-week` (five without seconds), or a time span `hh:mm:ss`. A `%SETTING%` is looked up in the app settings.

    ## Why it matters
    The dialect is neither Unix cron nor Quartz: no `?`, `L`, `W`, `#`, `@daily` or year, and Sunday is 0, never 7. The host
    finds out when it starts the timer: the function is then in error and never runs.

    ## Example
    ```python
    @app.timer_trigger(arg_name="timer", schedule="0 0 2 ? * MON")
    def nightly(timer: func.TimerRequest): ...
    ```

    ## Use instead
    ```python
    @app.timer_trigger(arg_name="timer", schedule="0 0 2 * * MON")
    def nightly(timer: func.TimerRequest): ...
    ```

    ## Fix safety
    The suggested schedule is unsafe where it may mean something else.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions
    """

    name = "invalid-cron"
    severity = "error"
    effect = "function"
    wants = frozenset({"cron"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each schedule."""
        for _, _, literal, text in function.texts_of("cron"):
            yield from _check(function, literal, text, app)


def _check(function: Function, literal: Literal, text: str, app: App) -> Iterator[Finding]:
    resolved = text
    for name, _ in setting_names(text):
        setting = app.settings.get(name)
        if setting is None or setting.value is None:
            return
        resolved = resolved.replace(f"%{name}%", setting.value)
    schedule = parse(resolved)
    if not isinstance(schedule, Invalid):
        return
    if is_setting_expression(text):
        names = ", ".join(f"'{name}'" for name, _ in setting_names(text))
        message = f"with the setting {names} this is no schedule that the host can read: the timer never runs"
        yield Finding(message, function.location(literal.span), function.name)
        return
    fixes: tuple[Fix, ...] = ()
    if schedule.repaired:
        new = quoted(function.block, literal.span, schedule.repaired)
        edit = Edit(function.location(literal.span), new)
        fixes = (Fix(f"Change the schedule to {schedule.repaired}", safe=False, edits=(edit,)),)
    for problem in schedule.problems:
        span = part_of(function.block, literal.span, text, problem.offset, problem.length)
        yield Finding(f"{problem.message}; the timer never runs", function.location(span), function.name, fixes=fixes)
