"""The next times of a schedule: verified cases, and a slow search day by day as the judge of all others."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pystein_lsp.ncrontab.occurrences import (
    fires_more_often_than_once_per_minute,
    is_interval,
    next_occurrence,
    occurrences,
)
from pystein_lsp.ncrontab.parse import Cron, Invalid, Schedule, parse
from pystein_lsp.ncrontab.schedule import never_fires

from .strategies import Written, crons

NEW_YEAR = "2024-01-01T00:00:00"  # a Monday

# Base, expression and what the real library gave next.
CASES = [
    (NEW_YEAR, "0 */5 * * * *", "2024-01-01T00:05:00 2024-01-01T00:10:00 2024-01-01T00:15:00"),
    (NEW_YEAR, "*/5 * * * *", "2024-01-01T00:05:00 2024-01-01T00:10:00 2024-01-01T00:15:00"),
    (NEW_YEAR, "* * * * *", "2024-01-01T00:01:00 2024-01-01T00:02:00 2024-01-01T00:03:00"),
    (NEW_YEAR, "0 0 0 13 * 5", "2024-09-13T00:00:00 2024-12-13T00:00:00 2025-06-13T00:00:00"),
    ("2024-03-01T00:00:00", "0 0 0 29 2 *", "2028-02-29T00:00:00 2032-02-29T00:00:00 2036-02-29T00:00:00"),
    (NEW_YEAR, "0 0 0 * * SUN", "2024-01-07T00:00:00 2024-01-14T00:00:00 2024-01-21T00:00:00"),
    (NEW_YEAR, "0 0 0 * * Th", "2024-01-04T00:00:00 2024-01-11T00:00:00 2024-01-18T00:00:00"),
    (NEW_YEAR, "0 0 0 * * FRI-MON", "2024-01-02T00:00:00 2024-01-03T00:00:00 2024-01-04T00:00:00"),
    (NEW_YEAR, "0 0 22-2 * * *", "2024-01-01T02:00:00 2024-01-01T03:00:00 2024-01-01T04:00:00"),
    (NEW_YEAR, "0 0 22-2/4 * * *", "2024-01-01T02:00:00 2024-01-01T06:00:00 2024-01-01T10:00:00"),
    (NEW_YEAR, "0 0 0 1 JAN *", "2025-01-01T00:00:00 2026-01-01T00:00:00 2027-01-01T00:00:00"),
    (NEW_YEAR, "0 0 0 1 Janu-Mar *", "2024-02-01T00:00:00 2024-03-01T00:00:00 2025-01-01T00:00:00"),
    (NEW_YEAR, "*/0 * * * * *", "2024-01-01T00:00:01 2024-01-01T00:00:02 2024-01-01T00:00:03"),
    (NEW_YEAR, "*/60 * * * * *", "2024-01-01T00:01:00 2024-01-01T00:02:00 2024-01-01T00:03:00"),
    (NEW_YEAR, "0 1,2,2,1 * * * *", "2024-01-01T00:01:00 2024-01-01T00:02:00 2024-01-01T01:01:00"),
    (NEW_YEAR, "0 0 0 1-31/10 * *", "2024-01-11T00:00:00 2024-01-21T00:00:00 2024-01-31T00:00:00"),
    (NEW_YEAR, "0 30 9-17 * * 1-5", "2024-01-01T09:30:00 2024-01-01T10:30:00 2024-01-01T11:30:00"),
    ("2024-01-01T00:00:50", "0-59/7 * * * * *", "2024-01-01T00:00:56 2024-01-01T00:01:00 2024-01-01T00:01:07"),
    (NEW_YEAR, "0 0 0 * 2 1-5/2", "2024-02-02T00:00:00 2024-02-05T00:00:00 2024-02-07T00:00:00"),
    (NEW_YEAR, "0 0 0 * FEB-NOV/3 *", "2024-02-01T00:00:00 2024-02-02T00:00:00 2024-02-03T00:00:00"),
    ("2021-02-24T09:50:35", "* 55 * * * *", "2021-02-24T09:55:00 2021-02-24T09:55:01 2021-02-24T09:55:02"),
    ("2021-02-24T09:50:35", "* * 10 * * *", "2021-02-24T10:00:00 2021-02-24T10:00:01 2021-02-24T10:00:02"),
    ("2021-02-24T09:50:35", "* 0-1 10 * * *", "2021-02-24T10:00:00 2021-02-24T10:00:01 2021-02-24T10:00:02"),
    ("2021-02-24T09:50:35", "*/10 * 10 * * *", "2021-02-24T10:00:00 2021-02-24T10:00:10 2021-02-24T10:00:20"),
    ("2021-02-24T09:30:55", "*/20 30 9 * * *", "2021-02-25T09:30:00 2021-02-25T09:30:20 2021-02-25T09:30:40"),
    ("2021-02-24T09:50:55", "5-7 10 * * * *", "2021-02-24T10:10:05 2021-02-24T10:10:06 2021-02-24T10:10:07"),
    ("2021-02-24T09:50:35", "*/30 0 0 1 * *", "2021-03-01T00:00:00 2021-03-01T00:00:30 2021-04-01T00:00:00"),
    ("2003-12-31T23:59:00", "* * * * *", "2004-01-01T00:00:00"),
    ("2003-02-28T23:59:00", "* * * * *", "2003-03-01T00:00:00"),
    ("2004-02-28T23:59:00", "* * * * *", "2004-02-29T00:00:00"),
    ("2000-01-31T00:00:00", "0 0 15,30,31 * *", "2000-02-15T00:00:00 2000-03-15T00:00:00 2000-03-30T00:00:00"),
    ("2000-01-01T12:00:00", "1 12 29 2 *", "2000-02-29T12:01:00 2004-02-29T12:01:00 2008-02-29T12:01:00"),
    ("2003-01-01T12:00:00", "45 16 1 * Mon", "2003-09-01T16:45:00 2003-12-01T16:45:00"),
    ("2096-03-01T00:00:00", "0 0 0 29 2 *", "2104-02-29T00:00:00"),
    ("2096-03-01T00:00:00", "0 0 0 29 2 MON", "2112-02-29T00:00:00"),
    ("2024-01-01T00:00:00.500", "* * * * * *", "2024-01-01T00:00:01"),
    (NEW_YEAR, "1.12:00:00", "2024-01-02T12:00:00 2024-01-04T00:00:00"),
]


def schedule_of(text: str) -> Schedule:
    schedule = parse(text)
    assert not isinstance(schedule, Invalid)
    return schedule


@pytest.mark.parametrize(("base", "text", "expected"), CASES)
def test_next_occurrences(base: str, text: str, expected: str) -> None:
    wanted = expected.split()
    found = occurrences(schedule_of(text), datetime.fromisoformat(base), len(wanted))
    assert [time.isoformat() for time in found] == wanted


@pytest.mark.parametrize("text", ["0 0 0 30 2 *", "0 0 0 31 2,4,6,9,11 *", "* * * 30-31 FEB *"])
def test_impossible_dates_never_come(text: str) -> None:
    schedule = schedule_of(text)
    assert never_fires(schedule)
    assert next_occurrence(schedule, datetime.fromisoformat(NEW_YEAR)) is None
    assert occurrences(schedule, datetime.fromisoformat(NEW_YEAR), 5) == []


def test_the_end_of_time() -> None:
    last_second = datetime.fromisoformat("9999-12-31T23:59:59")
    for text in ("* * * * * *", "00:00:01", "0 0 0 29 2 *"):
        assert next_occurrence(schedule_of(text), last_second) is None


@given(
    crons(),
    st.datetimes(min_value=datetime.fromisoformat("1999-01-01"), max_value=datetime.fromisoformat("2110-01-01")),
)
def test_next_occurrence_is_what_a_search_through_every_day_finds(written: Written, after: datetime) -> None:
    assert next_occurrence(schedule_of(written.text), after) == search(written.values, after)


def search(values: tuple[frozenset[int], ...], after: datetime) -> datetime | None:
    second, minute, hour, day, month, weekday = values
    times = sorted(product(hour, minute, second)) if len(hour) * len(minute) * len(second) < 5000 else None
    for offset in range(366 * 41):
        today = after.date() + timedelta(days=offset)
        if today.day in day and today.month in month and (today.weekday() + 1) % 7 in weekday:
            if times is None:  # so many that one comes before long
                found = by_the_second(values, today, after)
            else:
                found = next((at(today, time) for time in times if at(today, time) > after), None)
            if found:
                return found
    return None


def by_the_second(values: tuple[frozenset[int], ...], today: date, after: datetime) -> datetime | None:
    moment = max(at(today, (0, 0, 0)), after.replace(microsecond=0) + timedelta(seconds=1))
    while moment.date() == today:
        if moment.second in values[0] and moment.minute in values[1] and moment.hour in values[2]:
            return moment
        moment += timedelta(seconds=1)
    return None


def at(today: date, time: tuple[int, int, int]) -> datetime:
    return datetime.fromisoformat(f"{today.isoformat()}T{time[0]:02}:{time[1]:02}:{time[2]:02}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* * * * * *", True),
        ("*/10 * * * * *", True),
        ("0,30 * * * * *", True),
        ("30 * * * * *", False),
        ("* 0 * * * *", False),
        ("*/10 * * * * 1-5", False),
        ("* * * * *", False),
        ("00:00:59", True),
        ("00:01:00", False),
        ("00:00:00", True),
        ("-1", True),
    ],
)
def test_when_the_host_stops_monitoring(text: str, expected: bool) -> None:
    assert fires_more_often_than_once_per_minute(schedule_of(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* * * * * *", True),
        ("0 * * * * *", True),
        ("0 0 * * * *", True),
        ("0 0-15 * * * *", True),
        ("0 0 1-3 * * 0", True),
        ("*/30 0 0 * * *", False),
        ("0 0 0 * * *", False),
        ("0 0 0 1 1 *", False),
        ("* * * * *", True),
        ("0 * * * *", True),
        ("0-15 * * * *", True),
        ("0 1-3 * * 0", True),
        ("0 1 * * *", False),
        ("0 0 * * 1", False),
        ("0 0 1-5 * *", False),
    ],
)
def test_intervals_and_points_in_time(text: str, expected: bool) -> None:
    schedule = schedule_of(text)
    assert isinstance(schedule, Cron)
    assert is_interval(schedule) is expected
