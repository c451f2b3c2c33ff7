"""Schedules that people ask for, with the words that our own reader finds for them."""

from __future__ import annotations

from pystein_lsp.ncrontab.parse import Invalid, parse
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


SCHEDULES = tuple((expression, in_words(expression) or "") for expression in _EXPRESSIONS)
"""Expressions with their words."""
