"""What the author of a refused schedule most likely meant."""

from __future__ import annotations

import re
from typing import NamedTuple

from pystein_lsp.ncrontab.diagnose import glue
from pystein_lsp.ncrontab.lookalikes import plain
from pystein_lsp.ncrontab.reader import read, read_field, read_int, read_item, read_value, write_field
from pystein_lsp.ncrontab.schedule import DAY, FIELDS, HOUR, TICKS_PER_SECOND, WEEKDAY, Field
from pystein_lsp.ncrontab.timespan import write_time_span

_NICKNAMES = {
    "yearly": "0 0 0 1 1 *",
    "annually": "0 0 0 1 1 *",
    "monthly": "0 0 0 1 * *",
    "weekly": "0 0 0 * * 0",
    "daily": "0 0 0 * * *",
    "midnight": "0 0 0 * * *",
    "hourly": "0 0 * * * *",
}
# "5m", "every 5 minutes", "@every 5m", "rate(5 minutes)"
_PERIOD = re.compile(
    r"(?:@?(every)\s+|rate\(\s*)?(\d{1,6})?\s*(s|sec|m|min|h|d|second|minute|hour|day)s?\s*\)?", re.IGNORECASE
)
# Seconds of a unit, how many of them fill the next one, and the expression for every n of them.
_UNITS = {
    "s": (1, 60, "{} * * * * *"),
    "m": (60, 60, "0 {} * * * *"),
    "h": (3_600, 24, "0 0 {} * * *"),
    "d": (86_400, 1, "0 0 0 {} * *"),
}
_CLOCK = re.compile(r"(\d{1,6}):(\d{1,6})(?::(\d{1,6}))?")
_AWS = re.compile(r"cron\((.*)\)", re.IGNORECASE)
_NTH_WEEKDAY = re.compile(r"(\w+)#([1-5])")


class Repair(NamedTuple):
    """A valid schedule in place of a refused one."""

    text: str
    sure: bool
    """Whether nothing else can have been meant."""


def repair(text: str) -> Repair | None:
    """Return a schedule that the host accepts, where a guess is possible."""
    readable = plain(text).strip().strip("\"'`")
    guess = _nickname(readable) or _period(readable) or _clock(readable) or _expression(readable)
    return guess if guess and guess.text != text and read(guess.text) else None


def _nickname(text: str) -> Repair | None:
    found = _NICKNAMES.get(text.lower().removeprefix("@"))
    return Repair(found, sure=text.startswith("@")) if found else None


def _period(text: str) -> Repair | None:
    match = _PERIOD.fullmatch(text)
    if match is None or not (match[1] or match[2]):
        return None
    count = int(match[2] or 1)
    seconds, size, pattern = _UNITS[match[3][0].lower()]
    if count == 1:
        return Repair(pattern.format("*"), sure=False)
    if count and count < size and size % count == 0:
        return Repair(pattern.format(f"*/{count}"), sure=False)
    return Repair(write_time_span(count * seconds * TICKS_PER_SECOND), sure=False) if count else None


def _clock(text: str) -> Repair | None:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds = (int(group or 0) for group in match.groups())
    return Repair(write_time_span((hours * 3600 + minutes * 60 + seconds) * TICKS_PER_SECOND), sure=False)


def _expression(text: str) -> Repair | None:
    """Mend the fields of a cron expression, after taking off what other dialects add."""
    parts, sunday_is_one, sure = _dialect(text)
    if len(parts) not in {5, 6}:
        return None
    shift = 6 - len(parts)
    # Whoever writes `?` or `#` may count Sunday as 1, as Quartz does, or as 0, as Spring does.
    foreign = sunday_is_one or "?" in text or "#" in text
    numbered = any(character.isdigit() for character in parts[-1].partition("/")[0].partition("#")[0])
    sure = sure and not (foreign and numbered) and "24" not in parts[HOUR - shift].split(",")
    _spell_out_nth_weekday(parts)
    mended = [_field(index + shift, part, sunday_is_one=sunday_is_one) for index, part in enumerate(parts)]
    return Repair(" ".join(mended), sure)


def _dialect(text: str) -> tuple[list[str], bool, bool]:
    """The fields without what other dialects add, whether Sunday is 1 there, and whether nothing else can be meant."""
    wrapped = _AWS.fullmatch(text)
    body = wrapped[1] if wrapped else text
    parts = glue(body).split()
    if len(parts) == 6 and parts[5] in {"*", "?"} and (wrapped or "?" in {parts[2], parts[4]}):  # AWS: no second
        return ["0", *parts[:5]], True, False
    # Taking spaces or commas away may turn one valid reading into another one.
    sure = not wrapped and len(parts) == len(body.split()) and all("" not in part.split(",") for part in parts)
    if len(parts) == 7 and parts[6] in {"*", "?"}:  # Quartz: the year comes last, Sunday is 1
        return parts[:6], True, sure
    return parts, False, sure


def _spell_out_nth_weekday(parts: list[str]) -> None:
    """Replace `MON#2` by `MON` and the days 8-14: here day and day-of-week must both match."""
    match = _NTH_WEEKDAY.fullmatch(parts[-1])
    if match and parts[-3] in {"*", "?"}:
        last = 7 * int(match[2])
        parts[-1] = match[1]
        parts[-3] = f"{last - 6}-{min(last, 31)}"


def _field(index: int, text: str, *, sunday_is_one: bool) -> str:
    """Mend one field as far as possible; what remains wrong is found when the whole is read."""
    field = FIELDS[index]
    items = [item for item in text.split(",") if item]
    if index == WEEKDAY:
        return ",".join(_weekday(item, sunday_is_one=sunday_is_one) for item in items)
    return ",".join(_item(index, field, item) for item in items)


def _item(index: int, field: Field, item: str) -> str:
    if read_field(index, item) is not None:
        return "*" if index == DAY and item == "1/1" else item  # cronmaker.com writes 1/1 for every day
    base, slash, step = item.partition("/")
    if base in {"", "?"}:
        return f"*{slash}{step}"
    if index == HOUR and item == "24":
        return "0"
    return "-".join(_name(field, value) for value in base.split("-")) + slash + step


def _weekday(item: str, *, sunday_is_one: bool) -> str:
    """Mend a day of the week: names, and Sunday counted as 7, or as 1 with the other days behind it."""
    field = FIELDS[WEEKDAY]
    base, slash, step = item.partition("/")
    if base in {"", "?", "*"}:
        return f"*{slash}{step}"
    values = [_name(field, value) for value in base.split("-")]
    if sunday_is_one:
        values = [_one_less(value) for value in values]
    elif values[0] == "7":
        values[0] = "0"
    elif values[-1] == "7":
        return _until_sunday(values[0], slash + step)
    return "-".join(values) + slash + step


def _one_less(value: str) -> str:
    number = read_int(value)
    return value if number is None else str(number - 1)


def _until_sunday(first: str, step: str) -> str:
    """Rewrite a range that ends with Sunday as 7."""
    field = FIELDS[WEEKDAY]
    start = read_value(field, first)
    days = read_item(field._replace(high=7), f"{start}-7{step}")
    return write_field(field, tuple(sorted({day % 7 for day in days}))) if days else f"{first}-7{step}"


def _name(field: Field, value: str) -> str:
    """Shorten a name that is none, such as Weds, to its first three letters where they are one."""
    if read_value(field, value) is None and value.isalpha() and read_value(field, value[:3]) is not None:
        return value[:3]
    return value
