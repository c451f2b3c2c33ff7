"""The rule invalid-cron."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.ncrontab.parse import Invalid, TimeSpan, is_setting_expression, parse, setting_names
from pystein_lsp.platform.expressions import Mistake, settings_in
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule, Related
from pystein_lsp.syntax.literals import part_of, quoted
from pystein_lsp.syntax.tree import Expression, Literal


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
        for use in function.uses:
            for name, value in use.bound.values.items() if use.bound else ():
                if use.bound and use.bound.signature.by_name[name].kind == "cron":
                    yield from _no_text(function, value)


def _no_text(function: Function, value: Expression) -> Iterator[Finding]:
    """`schedule=5`: the library hands it on, and the host reads it as if it were written as text."""
    if not isinstance(value, Literal) or isinstance(value.value, str):
        return
    location = function.location(value.span)
    schedule = parse(str(value.value)) if value.value is not None else None
    if isinstance(schedule, TimeSpan):
        message = (
            f"a schedule is text: the host reads {value.value!r} as a time span of {schedule.seconds / 86400:g} days;"
        )
        hint = "write the six fields of an NCRONTAB expression, or hh:mm:ss"
        yield Finding(f"{message} {hint}", location, function.name, severity="warning", effect="none")
    else:
        message = f"a schedule is text, and the host can read none in {value.value!r}; the timer never runs"
        yield Finding(message, location, function.name)


def _check(function: Function, literal: Literal, text: str, app: App) -> Iterator[Finding]:
    if any(isinstance(part, Mistake) for part in settings_in(text)):
        return  # unresolved-setting-expression says so
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
        found = [app.settings.get(name) for name, _ in setting_names(text)]
        places = [each.location for each in found if each and each.location]
        related = tuple(Related("the setting is here", place) for place in places)
        yield Finding(message, function.location(literal.span), function.name, related)
        return
    fixes: tuple[Fix, ...] = ()
    if schedule.repaired:
        new = quoted(function.block, literal.span, schedule.repaired)
        edit = Edit(function.location(literal.span), new)
        fixes = (Fix(f"Change the schedule to {schedule.repaired}", safe=False, edits=(edit,)),)
    for problem in schedule.problems:
        span = part_of(function.block, literal.span, text, problem.offset, problem.length)
        yield Finding(f"{problem.message}; the timer never runs", function.location(span), function.name, fixes=fixes)
