"""Schedules in English: hand-chosen wordings, and a reader of that English that has to find the same times again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given

from pystein_lsp.ncrontab.common import COMMON
from pystein_lsp.ncrontab.parse import Cron, TimeSpan, parse
from pystein_lsp.ncrontab.schedule import never_fires
from pystein_lsp.ncrontab.words import describe

from .english import read_english
from .strategies import Written, crons, time_spans

WORDS = {
    "* * * * * *": "every second",
    "*/10 * * * * *": "every 10 seconds",
    "3/10 * * * * *": "every 10 seconds from second 3 of every minute",
    "*/7 * * * * *": "every 7 seconds from second 0 to 56 of every minute",
    "0 * * * * *": "every minute",
    "30 * * * * *": "every minute at second 30",
    "0,20 * * * * *": "at seconds 0 and 20 of every minute",
    "5-7 10 * * * *": "at seconds 5 to 7 of minute 10 of every hour",
    "* * * * *": "every minute",
    "0 */5 * * * *": "every 5 minutes",
    "0 2/5 * * * *": "every 5 minutes from minute 2 of every hour",
    "30 2/5 * * * *": "every 5 minutes from minute 2, second 30 of every hour",
    "0 */7 * * * *": "every 7 minutes from minute 0 to 56 of every hour",
    "0 */45 * * * *": "at minutes 0 and 45 of every hour",
    "0 1,2,7 * * * *": "at minutes 1, 2 and 7 of every hour",
    "0 0 * * * *": "every hour",
    "0 30 * * * *": "every hour at minute 30",
    "15 30 * * * *": "every hour at minute 30, second 15",
    "* 55 * * * *": "every second of minute 55 of every hour",
    "0 0 */2 * * *": "every 2 hours",
    "0 30 1/2 * * *": "every 2 hours from 01:30",
    "0 0 */5 * * *": "every 5 hours from 00:00 to 20:00",
    "0 0 */12 * * *": "at 00:00 and 12:00 every day",
    "0 0 9-17 * * *": "every hour from 09:00 to 17:00",
    "0 */15 9-17 * * 1-5": "every 15 minutes from 09:00 to 17:45 on weekdays",
    "0 * 10 * * *": "every minute from 10:00 to 10:59",
    "* * 10 * * *": "every second from 10:00:00 to 10:59:59",
    "0 */5 8,12,16 * * *": "every 5 minutes of hours 8, 12 and 16",
    "0 * 8,12 * * *": "every minute of hours 8 and 12",
    "*/20 * 9,11 * * *": "at seconds 0, 20 and 40 of every minute of hours 9 and 11",
    "0 10 0,2-5,9,11 * * *": "at minute 10 of hours 0, 2 to 5, 9 and 11",
    "* 7 */3 * * *": "every second of minute 7 of every 3rd hour from 0 to 21",
    "0 30 2 * * *": "at 02:30 every day",
    "5 30 2 * * *": "at 02:30:05 every day",
    "*/20 30 9 * * *": "at 09:30:00, 09:30:20 and 09:30:40 every day",
    "0 30 2 * * 1-5": "at 02:30 on weekdays",
    "0 0 8 * * SAT,SUN": "at 08:00 on weekends",
    "0 0 8 * * MON,THU": "at 08:00 on Mondays and Thursdays",
    "0 0 8 * * MON-THU": "at 08:00 from Monday to Thursday",
    "0 0 0 * * FRI-MON": "at 00:00 on weekdays",
    "0 0 0 13 * 5": "at 00:00 on day 13 when it is a Friday",
    "0 0 0 13 1 5": "at 00:00 on day 13 of January when it is a Friday",
    "0 0 0 1-7 * 1": "at 00:00 on the first Monday of the month",
    "0 0 0 22-28 3-5 0": "at 00:00 on the fourth Sunday of each month from March to May",
    "0 0 0 1-7 * 1-5": "at 00:00 on days 1 to 7 when it is a weekday",
    "0 0 0 29 2 *": "at 00:00 on 29 February",
    "0 0 0 31 * *": "at 00:00 on day 31 of the month",
    "0 0 0 1-31/10 * *": "at 00:00 on days 1, 11, 21 and 31 of the month",
    "0 0 0 */2 * *": "at 00:00 on every 2nd day from 1 to 31 of the month",
    "0 0 0 1 1,4,7,10 *": "at 00:00 on day 1 of January, April, July and October",
    "0 0 0 * 6-8 *": "at 00:00 every day from June to August",
    "0 */5 * * 1 *": "every 5 minutes in January",
    "0 0 8 * 12 MON": "at 08:00 on Mondays in December",
    "0 0 0 1-30 4 *": "at 00:00 every day in April",
    "0 0 0 30,31 2,4 *": "at 00:00 on 30 April",
    "0 0 0 30 2 *": "never, as there is no such date",
    "00:05:00": "every 5 minutes",
    "24:00:00": "every 24 days",
    "30": "every 30 days",
    "1": "every day",
    "01:00": "every hour",
    "00:00:01": "every second",
    "1.02:30": "every 1 day, 2 hours and 30 minutes",
    "00:05:00.5": "every 5 minutes and 0.5 seconds",
    "00:00:01.25": "every 1.25 seconds",
    "00:00:00": "again and again without a pause",
    "-1": "again and again without a pause",
}

FROM = date(2023, 1, 1)
DAYS = [FROM + timedelta(days=number) for number in range(5 * 365 + 2)]


@pytest.mark.parametrize(("text", "words"), [*WORDS.items(), *COMMON])
def test_words(text: str, words: str) -> None:
    schedule = parse(text)
    assert isinstance(schedule, Cron | TimeSpan)
    assert describe(schedule) == words


@given(crons())
@example(Written("0 0 */5 * * *", ()))
@example(Written("0 30 1,3,5,7,9,11,13,15,17,19,21,23 * * *", ()))
@example(Written("0 0 0 1-7/2 * MON,WED", ()))
def test_words_say_neither_more_nor_less_than_the_schedule(written: Written) -> None:
    schedule = parse(written.text)
    assert isinstance(schedule, Cron)
    words = describe(schedule)
    if never_fires(schedule):
        assert words.startswith("never")
        return
    times, fires_on = read_english(words)
    assert times == {h * 3600 + m * 60 + s for h in schedule.hour for m in schedule.minute for s in schedule.second}, (
        words
    )
    for day in DAYS:
        matches = day.day in schedule.day and day.month in schedule.month and day.isoweekday() % 7 in schedule.weekday
        assert fires_on(day) == matches, (words, day)


@given(time_spans())
def test_every_time_span_has_words(text: str) -> None:
    schedule = parse(text)
    if isinstance(schedule, TimeSpan):
        assert describe(schedule)


def test_ready_made_schedules_run_on_every_plan() -> None:
    assert len({ready.text for ready in COMMON}) == len({ready.words for ready in COMMON}) == len(COMMON)
    for ready in COMMON:
        schedule = parse(ready.text)
        assert isinstance(schedule, Cron)
        assert len(schedule.tokens) == 6
