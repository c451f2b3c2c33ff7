"""A second opinion on `describe`: reads its English and says which times and days it names."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date

DAY = 86_400
UNITS = {"second": 1, "minute": 60, "hour": 3600}
SIZES = {"second": 60, "minute": 60, "hour": 24}
MONTHS = {calendar.month_name[number]: number for number in range(1, 13)}
WEEKDAYS = {calendar.day_name[number - 1]: number for number in range(7)}
NTH = {"first": 0, "second": 1, "third": 2, "fourth": 3}

_MONTH = "|".join(MONTHS)
_WEEKDAY = "|".join(WEEKDAYS)
_DATES = re.compile(rf" (?=every day|on |in (?:{_MONTH})|from (?:{_MONTH}|{_WEEKDAY}))")


def read_english(words: str) -> tuple[frozenset[int], Callable[[date], bool]]:
    """Return the seconds of the day at which it fires, and whether it does so on a day."""
    times, *dates = _DATES.split(words, maxsplit=1)
    return frozenset(_times(times)), _dates(dates[0] if dates else "")


def _list(text: str) -> list[str]:
    return re.split(", | and | or ", text)


def _clock(text: str) -> int:
    hour, minute, second = (int(part) for part in (text + ":00")[:8].split(":"))
    return hour * 3600 + minute * 60 + second


def _times(text: str) -> set[int]:
    if re.match(r"at \d", text):
        return {_clock(time) for time in _list(text.removeprefix("at "))}
    if match := re.fullmatch(r"every (?:(\d+) )?(second|minute|hour)s?(?: from ([\d:]+) to ([\d:]+))?", text):
        gap = int(match[1] or 1) * UNITS[match[2]]
        if match[3]:
            found = set(range(_clock(match[3]), _clock(match[4]) + 1, gap))
            assert _clock(match[4]) in found
            return found
        assert DAY % gap == 0
        return set(range(0, DAY, gap))
    if match := re.fullmatch(r"every (\d+) hours from ([\d:]+)", text):
        return set(range(_clock(match[2]), DAY, int(match[1]) * 3600))
    if match := re.fullmatch(r"every hour at minute (\d+)(?:, second (\d+))?", text):
        return set(range(int(match[1]) * 60 + int(match[2] or 0), DAY, 3600))
    if match := re.fullmatch(r"every minute at second (\d+)", text):
        return set(range(int(match[1]), DAY, 60))
    if match := re.fullmatch(r"every (\d+) minutes from minute (\d+)(?:, second (\d+))? of every hour", text):
        return set(range(int(match[2]) * 60 + int(match[3] or 0), DAY, int(match[1]) * 60))
    if match := re.fullmatch(r"every (\d+) seconds from second (\d+) of every minute", text):
        return set(range(int(match[2]), DAY, int(match[1])))
    return _nested(text)


def _nested(text: str) -> set[int]:
    values = {"second": {0}, "minute": set(range(60)), "hour": set(range(24))}
    for part in text.split(" of "):
        unit, found = _values(part.removeprefix("at "))
        values[unit] = found
    return {h * 3600 + m * 60 + s for h in values["hour"] for m in values["minute"] for s in values["second"]}


def _values(text: str) -> tuple[str, set[int]]:
    if match := re.fullmatch(
        r"every (?:(\d+)(?:st|nd|rd|th)? )?(second|minute|hour)s?(?: from (?:\2 )?(\d+) to (\d+))?", text
    ):
        last = int(match[4] or SIZES[match[2]] - 1)
        return match[2], set(range(int(match[3] or 0), last + 1, int(match[1] or 1)))
    match = re.fullmatch(r"(second|minute|hour)s? (.*)", text)
    assert match, text
    return match[1], _numbers(match[2])


def _numbers(text: str) -> set[int]:
    found: set[int] = set()
    for part in _list(text):
        first, _, last = part.partition(" to ")
        found |= set(range(int(first), int(last or first) + 1))
    return found


def _months(text: str) -> set[int]:
    if " to " in text:
        first, last = text.split(" to ")
        return set(range(MONTHS[first], MONTHS[last] + 1))
    return {MONTHS[name] for name in _list(text)}


def _weekdays(text: str) -> set[int]:
    if text in {"weekdays", "weekday"}:
        return {1, 2, 3, 4, 5}
    if text == "weekends":
        return {0, 6}
    if " to " in text:
        first, last = text.split(" to ")
        return set(range(WEEKDAYS[first], WEEKDAYS[last] + 1))
    return {WEEKDAYS[name.removesuffix("s")] for name in _list(text)}


def _dates(text: str) -> Callable[[date], bool]:
    days, months, weekdays = set(range(1, 32)), set(range(1, 13)), set(range(7))
    if match := re.fullmatch(r"(.*) when it is a (.*)", text):
        text, weekdays = match[1], _weekdays(match[2])
    if match := re.fullmatch(rf"(.*?) ?(?:in|of|of each month from|from) ((?:{_MONTH}).*)", text):
        text, months = match[1], _months(match[2])
    text = text.removesuffix(" of the month")
    if match := re.fullmatch(rf"on the (first|second|third|fourth) ({_WEEKDAY})", text):
        start = NTH[match[1]] * 7
        days, weekdays = set(range(start + 1, start + 8)), {WEEKDAYS[match[2]]}
    elif match := re.fullmatch(rf"on (\d+) ({_MONTH})", text):
        days, months = {int(match[1])}, {MONTHS[match[2]]}
    elif match := re.fullmatch(r"on days? (.*)", text):
        days = _numbers(match[1])
    elif match := re.fullmatch(r"on every (\d+).. day from (\d+) to (\d+)", text):
        days = set(range(int(match[2]), int(match[3]) + 1, int(match[1])))
    elif match := re.fullmatch(r"(?:on|from) (.*)", text):
        weekdays = _weekdays(match[1])
    else:
        assert text in {"", "every day"}, text
    return lambda day: day.day in days and day.month in months and day.isoweekday() % 7 in weekdays
