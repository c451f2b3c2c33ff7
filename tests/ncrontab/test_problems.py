"""What is said of a schedule that the host refuses, where, and what is offered instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pystein_lsp.ncrontab.parse import Invalid, parse
from pystein_lsp.ncrontab.surprises import surprises

from .strategies import Written, crons, near_misses, time_spans

# Text, the part of it that is marked, a piece of the message.
PROBLEMS = [
    ("0 0 0 * * 7", "7", "day-of-week 7 is out of range 0-6; use 0 for Sunday"),
    ("0 0 0 * * 5-7", "7", "out of range 0-6; end the range with 6 and add 0 for Sunday"),
    ("0 0 * * 7", "7", "use 0 for Sunday"),
    ("0 60 * * * *", "60", "minute 60 is out of range 0-59; use 0 for the full hour"),
    ("0 0 24 * * *", "24", "hour 24 is out of range 0-23; use 0 for midnight"),
    ("0 0 8-24 * * *", "24", "hour 24 is out of range 0-23"),
    ("0 0 0 0 * *", "0", "days count from 1"),
    ("0 0 0 1 0 *", "0", "months count from 1"),
    ("0 0 0 1 JAN,13 *", "13", "month 13 is out of range 1-12"),
    ("0 9999999999999 * * * *", "9999999999999", "out of range 0-59"),
    ("0 0 0 ? * MON", "?", "'?' is Quartz syntax; write '*' for any day"),
    ("0 12 * * ? *", "?", "the second comes first, and there is no year"),
    ("0 0 0 L * *", "L", "the last day"),
    ("0 0 0 L-3 * *", "L-3", "the last day"),
    ("0 0 0 15W * *", "15W", "nearest weekday"),
    ("0 0 0 * * 6L", "6L", "the last day"),
    ("0 0 0 * * MON#2", "MON#2", "days 1-7"),
    ("0 H/15 * * * *", "H", "Jenkins"),
    ("0 0 0 * * ? *", "*", "no year"),
    ("0 0 0 1 1 * 2024", "2024", "no year"),
    ("@daily", "@daily", "nickname"),
    ("  @reboot ", "@reboot", "nickname"),
    ("* * * *", "* * * *", "4 parts"),
    ("0\t0 0 * * *", "\t", "a tab"),
    ("0 0 0 * * *\n", "\n", "a line break"),
    ("0 0 0 * * MON\u2013FRI", "\u2013", "en dash"),
    ("0 0 0 * * MON, WED", ", ", "write no space beside ','"),
    ("0 0 0 * * MON - FRI", " - ", "write no space beside '-'"),
    ("0 1,,2 * * * *", "1,,2", "extra comma"),
    ("0 /5 * * * *", "/5", "write '*/5'"),
    ("0 */x * * * *", "/x", "step 'x' is not a whole number"),
    ("0 5- * * * *", "5-", "incomplete range"),
    ("0 1-2-3 * * * *", "1-2-3", "more than two ends"),
    ("0 1.5 * * * *", "1.5", "not a whole number"),
    ("0 5/2147483647 * * * *", "/2147483647", "too large"),
    ("0 0 MON * * *", "MON", "no names"),
    ("0 0 0 * * Foo", "Foo", "use 0-6 or SUN-SAT"),
    ("0 0 0 * 1,Foo *", "Foo", "use 1-12 or JAN-DEC"),
    ("24:00", "24:00", "hours go to 23"),
    ("00:00:60", "00:00:60", "seconds to 59"),
    ("5m", "5m", "neither a cron expression nor a time span"),
    ("every 5 minutes", "every 5 minutes", "3 parts"),
    ("cron(0 12 * * ? *)", "cron(0 12 * * ? *)", "AWS"),
    ("", "", "empty"),
    ("   ", "   ", "empty"),
    ("%CRON%", "%CRON%", "app setting"),
    ("0 */%MIN% * * * *", "%MIN%", "app setting"),
    ("%CRON", "%", "nothing closes"),
]

# Text, repair, whether it may be applied without asking.
REPAIRS = [
    ("0 0 0 * * ?", "0 0 0 * * *", True),
    ("0 0 12 ? * MON-FRI", "0 0 12 * * MON-FRI", True),
    ("0 0 12 ? * 1-5", "0 0 12 * * 1-5", False),
    ("0 0 12 * * ? *", "0 0 12 * * *", True),
    ("0 0 0 1/1 * ? *", "0 0 0 * * *", True),
    ("0 0/1 * 1/1 * ? *", "0 0/1 * * * *", True),
    ("0 0 12 ? * 2-6 *", "0 0 12 * * 1-5", False),
    ("0 0 0 1 1 * 2024", None, False),
    ("0 12 * * ? *", "0 0 12 * * *", False),
    ("cron(0 12 ? * 2-6 *)", "0 0 12 * * 1-5", False),
    ("0 0 0 * * 7", "0 0 0 * * 0", True),
    ("0 0 * * 7", "0 0 * * 0", True),
    ("0 0 0 * * 1-7", "0 0 0 * * *", True),
    ("0 0 0 * * 5-7", "0 0 0 * * 0,5-6", True),
    ("0 0 0 * * 1-7/2", "0 0 0 * * 0-1,3,5", True),
    ("0 0 0 * * 7-2", "0 0 0 * * 0-2", True),
    ("0 0 0 * * Sat-7", "0 0 0 * * 0,6", True),
    ("0 0 0 * * MON#2", "0 0 0 8-14 * MON", True),
    ("0 0 0 ? * MON#5", "0 0 0 29-31 * MON", True),
    ("0 0 0 * * 1#2", "0 0 0 8-14 * 1", False),
    ("0 0 0 L * *", None, False),
    ("0 0 0 15W * ?", None, False),
    ("@daily", "0 0 0 * * *", True),
    ("@Hourly", "0 0 * * * *", True),
    ("@yearly", "0 0 0 1 1 *", True),
    ("@monthly", "0 0 0 1 * *", True),
    ("@weekly", "0 0 0 * * 0", True),
    ("@reboot", None, False),
    ("daily", "0 0 0 * * *", False),
    ("5m", "0 */5 * * * *", False),
    ("every 5 minutes", "0 */5 * * * *", False),
    ("every minute", "0 * * * * *", False),
    ("minute", None, False),
    ("0 12 ? * MON *", "0 0 12 * * MON", False),
    ("@every 1h", "0 0 * * * *", False),
    ("rate(2 days)", "2.00:00:00", False),
    ("every 90 minutes", "01:30:00", False),
    ("30s", "*/30 * * * * *", False),
    ("0m", None, False),
    ("24:00", "1.00:00:00", False),
    ("00:00:60", "00:01:00", False),
    ("0\t*/5 * * * *", "0 */5 * * * *", True),
    ("\n0 */5 * * * *\n", "0 */5 * * * *", True),
    ("0 0 0 * * MON\u2013FRI", "0 0 0 * * MON-FRI", True),
    ("0 0 9 * * MON, WED", "0 0 9 * * MON,WED", False),
    ("0 1,,2 * * * *", "0 1,2 * * * *", False),
    ("0 /5 * * * *", "0 */5 * * * *", True),
    ("0 0 9 * * Weds", "0 0 9 * * Wed", True),
    ("0 0 24 * * *", "0 0 0 * * *", False),
    ("'0 0 0 * * *'", "0 0 0 * * *", True),
    ("0 60 * * * *", None, False),
    ("* * * *", None, False),
    ("hello", None, False),
    ("", None, False),
]

SURPRISES = [
    ("0 0 0 * * FRI-MON", "FRI-MON", "read as 'MON-FRI'"),
    ("0 0 0 * * FRI-MON", "FRI-MON", "write '5-6,0-1'"),
    ("0 0 22-2 * * *", "22-2", "write '22-23,0-2'"),
    ("0 0 22-2/2 * * *", "22-2/2", "it does not go around"),
    ("0 */90 * * * *", "*/90", "minute 0 only"),
    ("0 */45 * * * *", "*/45", "not every 45 minutes"),
    ("0 0 */5 * * *", "*/5", "not every 5 hours"),
    ("*/0 * * * * *", "*/0", "a step of 0 counts as 1"),
    ("0 0 0 * * S", "S", "read as Sunday"),
    ("0 0 0 1 JU *", "JU", "read as June"),
    ("0 0 0 13 * FRI", "13 * FRI", "must both match"),
    ("24:00:00", "24:00:00", "24 days"),
]

UNSURPRISING = [
    "0 */5 * * * *",
    "0 0 9 * * MON-FRI",
    "0 0 9 1-7 * MON",
    "0 0 0 1 JAN,Feb *",
    "5/10 * * * *",
    "01:00:00",
]


@pytest.mark.parametrize(("text", "marked", "message"), PROBLEMS)
def test_problem_marks_the_place_and_says_what_to_do(text: str, marked: str, message: str) -> None:
    result = parse(text)
    assert isinstance(result, Invalid)
    said = [(text[problem.offset : problem.offset + problem.length], problem.message) for problem in result.problems]
    assert any(part == marked and message in words for part, words in said), said


def test_every_problem_is_named() -> None:
    result = parse("0 60 24 ? 13 7")
    assert isinstance(result, Invalid)
    assert [(problem.offset, problem.length) for problem in result.problems] == [
        (2, 2),
        (5, 2),
        (8, 1),
        (10, 2),
        (13, 1),
    ]


@pytest.mark.parametrize(("text", "repaired", "sure"), REPAIRS)
def test_repair(text: str, repaired: str | None, sure: bool) -> None:
    result = parse(text)
    assert isinstance(result, Invalid)
    assert (result.repaired, result.sure) == (repaired, sure)


@given(near_misses())
def test_every_repaired_text_is_a_schedule(text: str) -> None:
    result = parse(text)
    if isinstance(result, Invalid) and result.repaired is not None:
        assert not isinstance(parse(result.repaired), Invalid)


@given(crons(), st.sampled_from([" *", " ?"]), st.sampled_from(["\t", "\n", "\u00a0", "  "]))
def test_a_quartz_expression_with_foreign_spaces_is_repaired(written: Written, year: str, space: str) -> None:
    if len(written.text.split(" ")) == 6:
        result = parse((written.text + year).replace(" ", space))
        assert isinstance(result, Invalid)
        if not any(character.isdigit() for character in written.text.split(" ")[5]):  # days counted from 1
            assert result.repaired is not None


@pytest.mark.parametrize(("text", "marked", "message"), SURPRISES)
def test_surprise(text: str, marked: str, message: str) -> None:
    schedule = parse(text)
    assert not isinstance(schedule, Invalid)
    (remark,) = surprises(schedule)
    assert text[remark.offset : remark.offset + remark.length] == marked
    assert message in remark.message


@pytest.mark.parametrize("text", UNSURPRISING)
def test_no_surprise(text: str) -> None:
    schedule = parse(text)
    assert not isinstance(schedule, Invalid)
    assert surprises(schedule) == ()


@given(st.one_of(crons().map(lambda written: written.text), time_spans()))
def test_surprises_lie_within_the_text(text: str) -> None:
    schedule = parse(text)
    if not isinstance(schedule, Invalid):
        for remark in surprises(schedule):
            assert 0 <= remark.offset < remark.offset + remark.length <= len(text)
