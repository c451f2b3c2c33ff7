"""Say in English when a schedule fires.

What is said is true of every schedule: times and days are described by what they are as a set, not by how they are
written, so `0 */7 * * * *` is not "every 7 minutes" but "every 7 minutes from minute 0 to 56 of every hour".
"""

from __future__ import annotations

from pystein_lsp.ncrontab.reader import runs
from pystein_lsp.ncrontab.schedule import (
    DAYS_OF_MONTH,
    FIELDS,
    HOUR,
    MINUTE,
    MONTH,
    SECOND,
    TICKS_PER_SECOND,
    Cron,
    Schedule,
    TimeSpan,
)

_DAY = 86_400
_PERIODS = ((_DAY, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))
_WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_NTH = {1: "first", 8: "second", 15: "third", 22: "fourth"}
"""The nth of a weekday, by the first of the seven days among which it is."""


def describe(schedule: Schedule) -> str:
    """Return a description without a capital and a full stop: `every 5 minutes`, `at 02:30 on weekdays`."""
    if isinstance(schedule, TimeSpan):
        return _time_span(schedule)
    # 31 June is no reason to mention June, and the days 1 to 30 are all that it has.
    months = tuple(month for month in schedule.month if schedule.day[0] <= DAYS_OF_MONTH[month])
    if not months:
        return "never, as there is no such date"
    longest = max(DAYS_OF_MONTH[month] for month in months)
    days = tuple(day for day in schedule.day if day <= longest)
    time = _clock_times(schedule)
    date = _dates(
        days if len(days) < longest else (),
        months if len(schedule.month) < 12 else (),
        schedule.weekday if len(schedule.weekday) < 7 else (),
        every_day=time is not None,
    )
    return f"{time or _periodic(schedule)} {date}".rstrip()


def _time_span(span: TimeSpan) -> str:
    if span.ticks <= 0:
        return "again and again without a pause"
    seconds, fraction = divmod(span.ticks, TICKS_PER_SECOND)
    parts = []
    for size, unit in _PERIODS[:3]:
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(_plural(count, unit))
    if fraction:
        parts.append(f"{seconds}." + f"{fraction:07}".rstrip("0") + " seconds")
    elif seconds:
        parts.append(_plural(seconds, "second"))
    return "every " + (parts[0].removeprefix("1 ") if len(parts) == 1 else _join(parts))


# Times of day


def _clock_times(cron: Cron) -> str | None:
    """List the times of day where they are few; None where there is something shorter to say."""
    total = len(cron.second) * len(cron.minute) * len(cron.hour)
    gap = _gap(cron)
    if total > 6 or (gap is not None and total > (2 if gap * total == _DAY else 4)):
        return None
    times = [_clock(cron, h, m, s) for h in cron.hour for m in cron.minute for s in cron.second]
    return f"at {_join(times)}"


def _periodic(cron: Cron) -> str:
    gap = _gap(cron)
    if gap is None:
        return _nested(cron)
    hour, minute, second = cron.hour[0], cron.minute[0], cron.second[0]
    period = next(_plural(gap // size, unit) for size, unit in _PERIODS if gap % size == 0)
    text = f"every {period.removeprefix('1 ')}"
    if gap * len(cron.second) * len(cron.minute) * len(cron.hour) != _DAY:
        last = _clock(cron, cron.hour[-1], cron.minute[-1], cron.second[-1])
        return f"{text} from {_clock(cron, hour, minute, second)} to {last}"
    if not (hour or minute or second):
        return text
    if gap > 3_600:
        return f"{text} from {_clock(cron, hour, minute, second)}"
    if gap > 60:
        place = f"minute {minute}, second {second}" if second else f"minute {minute}"
        return f"{text} at {place}" if gap == 3_600 else f"{text} from {place} of every hour"
    return f"{text} at second {second}" if gap == 60 else f"{text} from second {second} of every minute"


def _gap(cron: Cron) -> int | None:
    """Return the seconds between neighbouring times of one day, None where they differ, 0 where there is one time."""
    gap = 0
    seamless = False  # whether the finer fields go on evenly when this one moves by one
    for field, values, unit in ((SECOND, cron.second, 1), (MINUTE, cron.minute, 60), (HOUR, cron.hour, 3_600)):
        size = FIELDS[field].high + 1
        if len(values) == 1:
            seamless = False
        elif gap:
            if not seamless or len(runs(values)) > 1:
                return None
            seamless = len(values) == size
        else:
            step = _step(values)
            if step is None:
                return None
            gap = step * unit
            seamless = step * len(values) == size
    return gap


def _nested(cron: Cron) -> str:
    """Describe field by field, the finest first."""
    of_hours = f" of {_those(HOUR, cron.hour)}"
    if cron.second == (0,):
        return _at(MINUTE, cron.minute) + of_hours
    every_minute = len(cron.minute) == 60
    of_minutes = f" of {_those(MINUTE, cron.minute)}"
    return _at(SECOND, cron.second) + of_minutes + ("" if every_minute and len(cron.hour) == 24 else of_hours)


def _at(field: int, values: tuple[int, ...]) -> str:
    """Say at which values of a field something happens: `every second`, `at minutes 1 and 7`."""
    name = FIELDS[field].name
    step = _step(values)
    if len(values) == FIELDS[field].high + 1:
        return f"every {name}"
    if step is None or step == 1 or len(values) < 4:
        return f"at {_those(field, values)}"
    if values[0] == 0 and values[-1] + step > FIELDS[field].high and (FIELDS[field].high + 1) % step == 0:
        return f"every {step} {name}s"
    return f"every {step} {name}s from {name} {values[0]} to {values[-1]}"


def _those(field: int, values: tuple[int, ...]) -> str:
    """Name values of a field: `every hour`, `hour 10`, `hours 8, 12 and 16`, `every 2nd hour from 0 to 22`."""
    name = FIELDS[field].name
    if len(values) == FIELDS[field].high + 1:
        return f"every {name}"
    if len(values) == 1:
        return f"{name} {values[0]}"
    step = _step(values)
    if step is not None and step > 1 and len(values) > 3:
        return f"every {_ordinal(step)} {name} from {values[0]} to {values[-1]}"
    return f"{name}s {_numbers(values)}"


def _clock(cron: Cron, hour: int, minute: int, second: int) -> str:
    return f"{hour:02}:{minute:02}" + ("" if cron.second == (0,) else f":{second:02}")


# Dates


def _dates(days: tuple[int, ...], months: tuple[int, ...], weekdays: tuple[int, ...], *, every_day: bool) -> str:
    """Describe the dates; an empty argument means that all are."""
    if days:
        return _days_of_month(days, months, weekdays)
    text = _on(weekdays) if weekdays else "every day" if every_day else ""
    if months:
        text += f" from {_month_range(months)}" if _is_range(months) else f" in {_names(MONTH, months)}"
    return text.strip()


def _on(weekdays: tuple[int, ...]) -> str:
    if weekdays == (1, 2, 3, 4, 5):
        return "on weekdays"
    if weekdays == (0, 6):
        return "on weekends"
    if _is_range(weekdays):
        return f"from {_WEEKDAYS[weekdays[0]]} to {_WEEKDAYS[weekdays[-1]]}"
    return f"on {_join([f'{_WEEKDAYS[day]}s' for day in weekdays])}"


def _days_of_month(days: tuple[int, ...], months: tuple[int, ...], weekdays: tuple[int, ...]) -> str:
    if not months:
        of_months = " of the month"
    else:
        of_months = (
            f" of each month from {_month_range(months)}" if _is_range(months) else f" of {_names(MONTH, months)}"
        )
    if len(weekdays) == 1 and days[0] in _NTH and days == tuple(range(days[0], days[0] + 7)):
        return f"on the {_NTH[days[0]]} {_WEEKDAYS[weekdays[0]]}{of_months}"
    if len(days) == 1:
        text = f"on day {days[0]}"
    elif (step := _step(days)) is not None and step > 1 and len(days) > 4:
        text = f"on every {_ordinal(step)} day from {days[0]} to {days[-1]}"
    else:
        text = f"on days {_numbers(days)}"
    if not weekdays:
        return f"on {days[0]} {_names(MONTH, months)}" if len(days) == len(months) == 1 else text + of_months
    kind = "weekday" if weekdays == (1, 2, 3, 4, 5) else _join([_WEEKDAYS[day] for day in weekdays], "or")
    return f"{text}{of_months if months else ''} when it is a {kind}"


def _is_range(values: tuple[int, ...]) -> bool:
    return len(values) > 2 and len(runs(values)) == 1


def _month_range(months: tuple[int, ...]) -> str:
    return f"{_names(MONTH, months[:1])} to {_names(MONTH, months[-1:])}"


def _names(field: int, values: tuple[int, ...]) -> str:
    return _join([FIELDS[field].names[value - FIELDS[field].low].capitalize() for value in values])


# Numbers and lists


def _step(values: tuple[int, ...]) -> int | None:
    """Return the distance of evenly spaced values, None if it varies or there is one value only."""
    if len(values) < 2:
        return None
    step = values[1] - values[0]
    return step if values == tuple(range(values[0], values[-1] + 1, step)) else None


def _numbers(values: tuple[int, ...]) -> str:
    parts: list[str] = []
    for first, last in runs(values):
        if last - first > 1:
            parts.append(f"{first} to {last}")
        else:
            parts += [str(value) for value in range(first, last + 1)]
    return _join(parts)


def _join(parts: list[str], conjunction: str = "and") -> str:
    return f" {conjunction} ".join(", ".join(parts).rsplit(", ", 1)) if len(parts) > 1 else parts[0]


def _plural(count: int, unit: str) -> str:
    return f"{count} {unit}" + ("" if count == 1 else "s")


def _ordinal(number: int) -> str:
    suffix = "th" if number in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
