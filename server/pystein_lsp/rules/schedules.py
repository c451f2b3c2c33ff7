"""Schedules that can be read: what the rules about cron share."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.functions import Function
from pystein_lsp.ncrontab.parse import Invalid, Schedule, parse
from pystein_lsp.syntax.tree import Literal


def schedules(function: Function) -> Iterator[tuple[Literal, str, Schedule]]:
    """The valid schedules that are written out in a function's decorators."""
    for _, _, literal, text in function.texts_of("cron"):
        schedule = parse(text) if "%" not in text else None
        if schedule is not None and not isinstance(schedule, Invalid):
            yield literal, text, schedule
