"""Schedules that people ask for, with the words that our own reader finds for them."""

from __future__ import annotations

from pystein_lsp.model.app import App
from pystein_lsp.ncrontab.parse import Invalid, parse, setting_names
from pystein_lsp.ncrontab.words import describe

_EXPRESSIONS = (
    "0 */5 * * * *",
    "0 */15 * * * *",
    "0 0 * * * *",
    "0 0 */6 * * *",
    "0 30 9 * * *",
    "0 0 0 * * *",
    "0 0 9 * * 1-5",
    "0 0 8 * * 1",
    "0 0 0 1 * *",
    "0 0 0 1 1 *",
    "*/30 * * * * *",
)


def in_words(expression: str) -> str | None:
    """A schedule in words; None where it is none."""
    schedule = parse(expression)
    return None if isinstance(schedule, Invalid) else describe(schedule)


def resolved(written: str, app: App) -> str:
    """A schedule with the settings that it names put in; as it is written where one of them is not known."""
    for name, _ in setting_names(written):
        setting = app.settings.get(name)
        if setting is None or setting.value is None:
            return written
        written = written.replace(f"%{name}%", setting.value)
    return written


SCHEDULES = tuple((expression, in_words(expression) or "") for expression in _EXPRESSIONS)
"""Expressions with their words."""
