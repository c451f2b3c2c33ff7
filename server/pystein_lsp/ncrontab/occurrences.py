"""When a schedule fires next: in plain local time, and in a time zone with the host's habits when clocks change.

The host computes in its local time, which is UTC in Azure unless WEBSITE_TIME_ZONE or TZ say otherwise. When clocks are
put back it distinguishes two kinds of cron expressions by the first three fields (two of five), as normalised: with a
`*` or a range among them they are intervals, else points in time. Intervals go on through the repeated hour, points in
time fire in its first pass only. What falls into a skipped hour fires as much later as clocks were put forward.
Source: `CronSchedule` and `ConstantSchedule` of azure-webjobs-sdk-extensions.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import MAXYEAR, date, datetime, timedelta, timezone, tzinfo

from pystein_lsp.ncrontab.schedule import DAYS_OF_MONTH, Cron, Schedule, TimeSpan, never_fires


def next_occurrence(schedule: Schedule, after: datetime) -> datetime | None:
    """Return the first local time strictly after another, both naive; None if there is none until the year 9999.

    A time span of zero or less gives a time that is not after `after`: the host fires such a timer again and again.
    """
    if isinstance(schedule, TimeSpan):
        return _add(after, schedule)
    if after.day in schedule.day and after.month in schedule.month and _sunday_is_zero(after) in schedule.weekday:
        time = _time_after(schedule, after.hour, after.minute, after.second)
        if time is not None:
            hour, minute, second = time
            return after.replace(hour=hour, minute=minute, second=second, microsecond=0, fold=0)
    day = _day_after(schedule, after)
    if day is None:
        return None
    return after.replace(
        year=day.year,
        month=day.month,
        day=day.day,
        hour=schedule.hour[0],
        minute=schedule.minute[0],
        second=schedule.second[0],
        microsecond=0,
        fold=0,
    )


def occurrences(schedule: Schedule, after: datetime, count: int) -> list[datetime]:
    """Return the next `count` local times, all naive; fewer where the schedule ends before."""
    found: list[datetime] = []
    while len(found) < count:
        following = next_occurrence(schedule, found[-1] if found else after)
        if following is None:
            break
        found.append(following)
    return found


def next_due(schedule: Schedule, after: datetime, zone: tzinfo | None) -> datetime | None:
    """Return the next time at which the host fires, aware and in UTC; None if never.

    Args:
        schedule: What to compute.
        after: An aware time; the result is later (but for time spans of zero or less).
        zone: The host's time zone; None is the zone of this machine.

    """
    try:
        if isinstance(schedule, TimeSpan):
            return _add(after.astimezone(timezone.utc), schedule)
        return _next_due(schedule, after.astimezone(timezone.utc), zone)
    except OverflowError:  # within hours of the year 9999's end
        return None


def due_times(schedule: Schedule, after: datetime, zone: tzinfo | None, count: int) -> list[datetime]:
    """Return the next `count` times of `next_due`; fewer where the schedule ends before."""
    found: list[datetime] = []
    while len(found) < count:
        following = next_due(schedule, found[-1] if found else after, zone)
        if following is None:
            break
        found.append(following)
    return found


def is_interval(schedule: Cron) -> bool:
    """Whether the host treats it as an interval, not as points in time, when clocks are put back."""
    fields = schedule.normalised.split(" ")
    return any("*" in field or "-" in field for field in fields[: len(fields) - 3])


def fires_more_often_than_once_per_minute(schedule: Schedule) -> bool:
    """Whether the host switches `use_monitor` off: the schedule's state is then not kept over restarts.

    That is so for every time span below a minute, and for cron expressions with more than one second and all else `*`.
    """
    if isinstance(schedule, TimeSpan):
        return schedule.seconds < 60
    return len(schedule.second) > 1 and schedule.normalised.split(" ")[1:] == ["*"] * 5


def _add(after: datetime, span: TimeSpan) -> datetime | None:
    try:
        return after + timedelta(microseconds=span.ticks // 10)
    except OverflowError:
        return None


def _sunday_is_zero(day: date) -> int:
    return day.isoweekday() % 7


def _time_after(cron: Cron, hour: int, minute: int, second: int) -> tuple[int, int, int] | None:
    """Return the first matching time of day after another, None where the day has no more."""
    at_hour = bisect_left(cron.hour, hour)
    if at_hour == len(cron.hour):
        return None
    if cron.hour[at_hour] == hour:
        at_minute = bisect_left(cron.minute, minute)
        if at_minute < len(cron.minute) and cron.minute[at_minute] == minute:
            at_second = bisect_right(cron.second, second)
            if at_second < len(cron.second):
                return hour, minute, cron.second[at_second]
            at_minute += 1
        if at_minute < len(cron.minute):
            return hour, cron.minute[at_minute], cron.second[0]
        at_hour += 1
    return (cron.hour[at_hour], cron.minute[0], cron.second[0]) if at_hour < len(cron.hour) else None


def _day_after(cron: Cron, after: date) -> date | None:
    """Return the first matching day after another. Any that exists comes within 40 years, mostly it is near."""
    if never_fires(cron):
        return None
    year, month, day = after.year, after.month, after.day + 1
    while year <= MAXYEAR:
        for candidate in cron.month[bisect_left(cron.month, month) :]:
            found = _day_in(cron, year, candidate, day if candidate == month else 1)
            if found is not None:
                return found
        year, month, day = year + 1, 1, 1
    return None


def _day_in(cron: Cron, year: int, month: int, day: int) -> date | None:
    """Return the first matching day of one month, from a day on."""
    before_first = _sunday_is_zero(date(year, month, 1)) - 1
    length = 28 if month == 2 and not _is_leap(year) else DAYS_OF_MONTH[month]
    for candidate in cron.day[bisect_left(cron.day, day) :]:
        if candidate > length:
            break
        if (before_first + candidate) % 7 in cron.weekday:
            return date(year, month, candidate)
    return None


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _next_due(cron: Cron, after: datetime, zone: tzinfo | None) -> datetime | None:
    """Follow the host step by step, so that its oddities come out too.

    One: an interval whose next time is far from the repeated hour is shifted all the same, by the clocks' difference.
    Another: a point in time within the repeated hour is left out when it is computed from winter time.
    """
    now = after.astimezone(zone).replace(tzinfo=None)
    wall = next_occurrence(cron, now.replace(fold=0))
    if wall is None:
        return None
    repeated = _is_repeated(wall, zone)
    due = _instant(wall, zone, fold=int(repeated))
    if not repeated and not _is_repeated(now, zone):
        return due
    offset_now = now - after.replace(tzinfo=None)
    offset_then = due.astimezone(zone).replace(tzinfo=None) - due.replace(tzinfo=None)
    if offset_then != offset_now:
        # As a point in time only within the repeated hour: its first pass. As an interval also when leaving that hour.
        return due + (offset_then - offset_now) if repeated or is_interval(cron) else due
    if repeated and not is_interval(cron):
        return _after_repeated(cron, wall, zone)
    return due


def _after_repeated(cron: Cron, wall: datetime, zone: tzinfo | None) -> datetime | None:
    """Return the next time behind the second pass of an hour, where points in time do not fire."""
    following: datetime | None = wall
    while following is not None and _is_repeated(following, zone):
        following = next_occurrence(cron, following)
    return None if following is None else _instant(following, zone, fold=0)


def _instant(wall: datetime, zone: tzinfo | None, *, fold: int) -> datetime:
    """Return the time in UTC when clocks show `wall` (the second pass with fold 1); in a gap, as before the gap."""
    return wall.replace(tzinfo=zone, fold=fold).astimezone(timezone.utc)


def _is_repeated(wall: datetime, zone: tzinfo | None) -> bool:
    """Whether clocks show this time twice because they were put back."""
    return _instant(wall, zone, fold=0) < _instant(wall, zone, fold=1)
