"""What a valid schedule does although its author, used to other crons, may expect something else."""

from __future__ import annotations

from itertools import chain

from pystein_lsp.ncrontab.reader import read_int, read_item, read_value, runs, write_field
from pystein_lsp.ncrontab.schedule import FIELDS, HOUR, Cron, Field, Problem, Schedule, TimeSpan, Token


def surprises(schedule: Schedule) -> tuple[Problem, ...]:
    """Return remarks in order of their place, none for most schedules."""
    if isinstance(schedule, TimeSpan):
        return _days_for_hours(schedule)
    return tuple(chain(*(_in_token(token) for token in schedule.tokens), _both_days(schedule)))


def _days_for_hours(span: TimeSpan) -> tuple[Problem, ...]:
    """`24:00:00` looks like hours, minutes and seconds, and would be with a lower first number."""
    text = span.text.strip()
    if text.count(":") != 2 or "." in text or (read_int(text.partition(":")[0]) or 0) < 24:
        return ()
    days, hours, minutes = (read_int(part) for part in text.split(":"))
    message = (
        f"'{text}' is read as {days} days, {hours} hours and {minutes} minutes, as hours only go to 23; "
        "write '1.00:00:00' for 24 hours"
    )
    return (Problem(message, span.text.find(text), len(text)),)


def _in_token(token: Token) -> list[Problem]:
    found = []
    offset = token.offset
    for item in token.text.split(","):
        message = _in_item(token.field, item)
        if message:
            found.append(Problem(message, offset, len(item)))
        offset += len(item) + 1
    return found


def _in_item(index: int, item: str) -> str | None:
    field = FIELDS[index]
    base, slash, step_text = item.partition("/")
    left, dash, right = base.partition("-")
    first, last = read_value(field, left), read_value(field, right)
    if dash and first is not None and last is not None and first > last:
        return f"'{base}' is read as '{right}-{left}', it does not go around" + (
            "" if slash else _around(field, first, last)
        )
    if slash:
        return _in_step(index, item, read_int(step_text) or 0)
    if not dash and (others := _names(field, left)[1:]):
        return f"'{left}' is read as {_names(field, left)[0]}, although {others[0]} begins with it too"
    return None


def _around(field: Field, first: int, last: int) -> str:
    ends = (tuple(range(first, field.high + 1)), tuple(range(field.low, last + 1)))
    return f"; if that is meant, write '{','.join(write_field(field, end) for end in ends)}'"


def _in_step(index: int, item: str, step: int) -> str | None:
    field = FIELDS[index]
    values = tuple(read_item(field, item) or ())
    if step < 1:
        return f"a step of {step} counts as 1"
    if len(values) == 1 and step > 1:
        return f"a step of {step} goes beyond the {field.name}s there are: this is {field.name} {values[0]} only"
    size = field.high - field.low + 1
    if index <= HOUR and item.startswith("*/") and size % step:
        unit = "minute" if field.name == "second" else "hour" if field.name == "minute" else "day"
        return f"this is not every {step} {field.name}s: each {unit} it begins with {field.name} 0 again"
    return None


def _both_days(cron: Cron) -> tuple[Problem, ...]:
    """Day and day-of-week must both match, where Unix takes either."""
    if len(cron.day) == 31 or len(cron.weekday) == 7:
        return ()
    if len(cron.day) == 7 and len(runs(cron.day)) == 1:
        return ()  # the nth weekday of a month, well written
    weekday = cron.tokens[-1]
    day = cron.tokens[-3]
    message = f"day '{day.text}' and {FIELDS[weekday.field].name} '{weekday.text}' must both match, not either of them"
    return (Problem(message, day.offset, weekday.offset + len(weekday.text) - day.offset),)


def _names(field: Field, text: str) -> list[str]:
    return [name.capitalize() for name in field.names if text and name.startswith(text.lower())]
