"""When the host fires while clocks change.

The vectors for Los Angeles are those of the host's own tests; the others follow from the same steps.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pystein_lsp.ncrontab.occurrences import due_times, is_interval, next_due, next_occurrence
from pystein_lsp.ncrontab.parse import Cron, TimeSpan, parse

from .strategies import Written, crons

# Zone, expression, base with its offset, and the next times as clocks show them with their offsets.
VECTORS = [
    # spring: clocks go from 02:00 to 03:00
    (
        "America/Los_Angeles",
        "0 30 * * * *",
        "2018-03-11T00:00:00-08:00",
        "2018-03-11T00:30:00-08:00 2018-03-11T01:30:00-08:00 2018-03-11T03:30:00-07:00 2018-03-11T04:30:00-07:00",
    ),
    (
        "America/Los_Angeles",
        "0 30 1 * * *",
        "2018-03-10T00:00:00-08:00",
        "2018-03-10T01:30:00-08:00 2018-03-11T01:30:00-08:00 2018-03-12T01:30:00-07:00",
    ),
    (
        "America/New_York",
        "0 30 2 * * *",
        "2024-03-09T12:00:00-05:00",
        "2024-03-10T03:30:00-04:00 2024-03-11T02:30:00-04:00",
    ),
    (
        "Europe/Berlin",
        "0 15 2 * * *",
        "2024-03-30T12:00:00+01:00",
        "2024-03-31T03:15:00+02:00 2024-04-01T02:15:00+02:00",
    ),
    (
        "Europe/Berlin",
        "0 */20 * * * *",
        "2024-03-31T01:30:00+01:00",
        "2024-03-31T01:40:00+01:00 2024-03-31T03:00:00+02:00 2024-03-31T03:20:00+02:00",
    ),
    (
        "Australia/Lord_Howe",  # from 02:00 to 02:30
        "0 10 2 * * *",
        "2024-10-05T12:00:00+10:30",
        "2024-10-06T02:40:00+11:00 2024-10-07T02:10:00+11:00",
    ),
    # autumn: clocks go from 02:00 to 01:00
    (
        "America/Los_Angeles",
        "0 */20 * * * *",
        "2018-11-04T00:30:00-07:00",
        "2018-11-04T00:40:00-07:00 2018-11-04T01:00:00-07:00 2018-11-04T01:20:00-07:00 2018-11-04T01:40:00-07:00",
    ),
    (
        "America/Los_Angeles",
        "0 */20 * * * *",
        "2018-11-04T01:40:00-07:00",
        "2018-11-04T01:00:00-08:00 2018-11-04T01:20:00-08:00 2018-11-04T01:40:00-08:00 2018-11-04T02:00:00-08:00",
    ),
    (
        "America/Los_Angeles",
        "0 30 * * * *",
        "2018-11-04T00:00:00-07:00",
        "2018-11-04T00:30:00-07:00 2018-11-04T01:30:00-07:00 2018-11-04T01:30:00-08:00 2018-11-04T02:30:00-08:00",
    ),
    (
        "America/Los_Angeles",
        "0 30 1 * * *",
        "2018-11-03T00:00:00-07:00",
        "2018-11-03T01:30:00-07:00 2018-11-04T01:30:00-07:00 2018-11-05T01:30:00-08:00",
    ),
    (
        "America/New_York",
        "0 15,45 1 * * *",
        "2024-11-03T01:15:00-04:00",
        "2024-11-03T01:45:00-04:00 2024-11-04T01:15:00-05:00",
    ),
    (
        "Europe/Berlin",
        "0 30 2 * * *",
        "2024-10-26T12:00:00+02:00",
        "2024-10-27T02:30:00+02:00 2024-10-28T02:30:00+01:00",
    ),
    (
        "Europe/Berlin",
        "0 0 * * * *",
        "2024-10-27T01:00:00+02:00",
        "2024-10-27T02:00:00+02:00 2024-10-27T02:00:00+01:00 2024-10-27T03:00:00+01:00",
    ),
    (
        "Australia/Lord_Howe",  # from 02:00 to 01:30
        "0 45 1 * * *",
        "2024-04-06T12:00:00+11:00",
        "2024-04-07T01:45:00+11:00 2024-04-08T01:45:00+10:30",
    ),
    (
        "Australia/Lord_Howe",
        "0 */10 * * * *",
        "2024-04-07T01:40:00+11:00",
        "2024-04-07T01:50:00+11:00 2024-04-07T01:30:00+10:30 2024-04-07T01:40:00+10:30",
    ),
]

# Base, expression, how long until it fires.
INTERVALS = [
    ("2018-03-09T18:00:00-08:00", "0 0 18 * * 5", timedelta(hours=167)),
    ("2018-03-09T18:00:00-08:00", "7.00:00:00", timedelta(days=7)),
    ("2018-03-11T01:59:00-08:00", "0 59 * * * *", timedelta(hours=1)),
    ("2018-03-11T01:59:00-08:00", "00:05:00", timedelta(minutes=5)),
    ("2018-11-04T01:31:00-07:00", "0 30 * * * *", timedelta(minutes=59)),
    ("2018-11-04T01:59:00-07:00", "0 * * * * *", timedelta(minutes=1)),
    ("2018-11-04T01:30:00-07:00", "0 * * * * *", timedelta(minutes=1)),
    ("2018-11-04T01:45:00-07:00", "0 0,30 1-2 * * *", timedelta(minutes=15)),
    ("2018-11-04T01:45:00-08:00", "0 0,30 1-3 * * *", timedelta(minutes=15)),
    ("2018-11-04T01:30:00-07:00", "0 * 1-3 * * *", timedelta(minutes=1)),
    ("2018-11-04T00:59:00-07:00", "0 * * * * *", timedelta(minutes=1)),
    ("2018-11-04T01:31:00-08:00", "0 30 * * * *", timedelta(minutes=59)),
    ("2018-11-02T18:00:00-07:00", "0 0 18 * * 5", timedelta(hours=169)),
    ("2018-11-04T01:30:00-07:00", "0 30 1 * * *", timedelta(hours=25)),
    ("2018-11-04T00:30:00-07:00", "0 30 1 * * *", timedelta(hours=1)),
    ("2018-11-04T01:29:00-07:00", "0 30 1 * * *", timedelta(minutes=1)),
    ("2018-11-04T01:29:00-08:00", "0 30 1 * * *", timedelta(days=1, minutes=1)),
    ("2018-11-04T01:31:00-07:00", "0 30 1 * * *", timedelta(days=1, minutes=59)),
]

ZONES = ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]


@pytest.mark.parametrize(("zone", "text", "base", "expected"), VECTORS)
def test_around_a_change_of_clocks(zone: str, text: str, base: str, expected: str) -> None:
    schedule = parse(text)
    assert isinstance(schedule, Cron)
    wanted = expected.split()
    found = due_times(schedule, datetime.fromisoformat(base), ZoneInfo(zone), len(wanted))
    assert [time.astimezone(ZoneInfo(zone)).isoformat() for time in found] == wanted


@pytest.mark.parametrize(("base", "text", "wait"), INTERVALS)
def test_waiting_times_around_a_change_of_clocks(base: str, text: str, wait: timedelta) -> None:
    schedule = parse(text)
    assert isinstance(schedule, Cron | TimeSpan)
    start = datetime.fromisoformat(base)
    assert next_due(schedule, start, ZoneInfo("America/Los_Angeles")) == start + wait


def test_the_hosts_oddities() -> None:
    berlin, lord_howe = ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Lord_Howe")
    # Computed in winter, a yearly time in the repeated hour is taken for its second pass, and left out that year.
    yearly = parse("0 30 2 27 10 *")
    assert isinstance(yearly, Cron)
    found = next_due(yearly, datetime.fromisoformat("2024-01-01T00:00:00+01:00"), berlin)
    assert found == datetime.fromisoformat("2025-10-27T02:30:00+01:00")
    # Where clocks go back by half an hour, an hourly time behind it comes half an hour early.
    hourly = parse("0 45 * * * *")
    assert isinstance(hourly, Cron)
    found = next_due(hourly, datetime.fromisoformat("2024-04-07T01:45:00+11:00"), lord_howe)
    assert found == datetime.fromisoformat("2024-04-07T02:15:00+10:30")


@given(
    crons(),
    st.datetimes(datetime.fromisoformat("2015-01-01"), datetime.fromisoformat("2035-01-01")),
    st.sampled_from(ZONES),
)
def test_what_is_due_comes_later_and_at_a_matching_time(written: Written, moment: datetime, name: str) -> None:
    schedule = parse(written.text)
    assert isinstance(schedule, Cron)
    zone, after = ZoneInfo(name), moment.replace(tzinfo=timezone.utc)
    due = next_due(schedule, after, zone)
    if due is None:
        assert next_occurrence(schedule, moment) is None
        return
    assert due > after
    assert due.tzinfo is timezone.utc
    now, then = after.astimezone(zone), due.astimezone(zone)
    repeated = now.replace(fold=0).utcoffset() != now.replace(fold=1).utcoffset() or (
        then.replace(fold=0).utcoffset() != then.replace(fold=1).utcoffset()
    )
    same_offset = now.utcoffset() == then.utcoffset() and not repeated
    if same_offset or name in {"UTC", "Asia/Kathmandu"}:
        assert then.replace(tzinfo=None) == next_occurrence(schedule, now.replace(tzinfo=None, fold=0))


@settings(max_examples=30)
@given(crons(), st.sampled_from(["2024-03-31", "2024-10-27"]))
def test_a_night_of_change_in_steps(written: Written, night: str) -> None:
    """Points in time fire as often as on any day; nothing fires twice at the same instant."""
    schedule = parse(written.text)
    assert isinstance(schedule, Cron)
    berlin = ZoneInfo("Europe/Berlin")
    found = due_times(schedule, datetime.fromisoformat(f"{night}T00:00:00").replace(tzinfo=berlin), berlin, 40)
    assert found == sorted(set(found))
    if not is_interval(schedule):
        clocks = [time.astimezone(berlin).replace(tzinfo=None, fold=0) for time in found]
        assert len(set(clocks)) == len(clocks)


def test_far_ends_of_the_calendar_are_no_crash() -> None:
    for text in ("0 0 0 * * *", "00:00:01"):
        schedule = parse(text)
        assert isinstance(schedule, Cron | TimeSpan)
        for name in ZONES:
            for moment in ("9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+00:00"):
                next_due(schedule, datetime.fromisoformat(moment), ZoneInfo(name))


@pytest.mark.skipif(sys.platform == "win32", reason="TZ is the way to set a process's zone only elsewhere")
def test_without_a_zone_that_of_the_machine_counts() -> None:
    program = (
        "from datetime import datetime\n"
        "from pystein_lsp.ncrontab.occurrences import due_times\n"
        "from pystein_lsp.ncrontab.parse import parse\n"
        "for due in due_times(parse('0 30 2 * * *'), datetime.fromisoformat('2024-10-26T12:00:00+02:00'), None, 2):\n"
        "    print(due.isoformat())\n"
    )
    environment = {**os.environ, "TZ": "Europe/Berlin"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2024-10-27T00:30:00+00:00", "2024-10-28T01:30:00+00:00"]
