"""Schedules that people ask for, with the words that our own reader finds for them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pystein_lsp.model.app import App
from pystein_lsp.ncrontab.occurrences import due_times
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


class Forecast(NamedTuple):
    """What a schedule means, and when it is next due."""

    words: str
    zone: tzinfo
    times: tuple[str, ...]


def forecast(written: str, app: App, now: datetime, count: int) -> Forecast | None:
    """The next times of a schedule, as a person writes them; None where it is none, or names a setting that is not known."""
    schedule = parse(resolved(written, app))
    if isinstance(schedule, Invalid):
        return None
    name = app.settings.get("WEBSITE_TIME_ZONE")
    zone = _zone(name.value if name else None)
    times = due_times(schedule, now, zone, count)
    return Forecast(describe(schedule), zone, tuple(_shown(time.astimezone(zone), now) for time in times))


def _zone(name: str | None) -> tzinfo:
    """The zone that WEBSITE_TIME_ZONE names; without it, that of the platform's machines."""
    try:
        return ZoneInfo(name) if name else timezone.utc
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return timezone.utc


def _shown(time: datetime, now: datetime) -> str:
    return f"{time:%a %d %b %H:%M:%S}" if time - now < timedelta(days=300) else f"{time:%a %d %b %Y %H:%M:%S}"


SCHEDULES = tuple((expression, in_words(expression) or "") for expression in _EXPRESSIONS)
"""Expressions with their words."""
