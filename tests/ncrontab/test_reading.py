"""What the host accepts, and as what: the cases were put to the real NCrontab.Signed 3.3.3 and .NET's TimeSpan."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pystein_lsp.ncrontab.parse import FIELDS, Cron, Invalid, TimeSpan, is_setting_expression, parse, setting_names

from .strategies import Written, crons, near_misses, time_spans

FIVES = "0,5,10,15,20,25,30,35,40,45,50,55"

CRONS = {
    "0 */5 * * * *": f"0 {FIVES} * * * *",
    "*/5 * * * *": f"{FIVES} * * * *",
    "* * * * *": "* * * * *",
    "0 0 0 13 * 5": "0 0 0 13 * 5",
    "0 0 0 29 2 *": "0 0 0 29 2 *",
    "0 0 0 30 2 *": "0 0 0 30 2 *",
    "0 0 0 * * SUN": "0 0 0 * * 0",
    "0 0 0 * * S": "0 0 0 * * 0",
    "0 0 0 * * Th": "0 0 0 * * 4",
    "0 0 0 * * FRI-MON": "0 0 0 * * 1-5",
    "0 0 0 * * SUN-SAT": "0 0 0 * * *",
    "0 0 0 * * SAT-SUN": "0 0 0 * * *",
    "0 0 0 * * 6-0": "0 0 0 * * *",
    "0 0 22-2 * * *": "0 0 2-22 * * *",
    "0 0 22-2/4 * * *": "0 0 2,6,10,14,18,22 * * *",
    "0 0 0 1 JAN *": "0 0 0 1 1 *",
    "0 0 0 1 J *": "0 0 0 1 1 *",
    "0 0 0 1 Janu-Mar *": "0 0 0 1 1-3 *",
    "0 0 0 1 M *": "0 0 0 1 3 *",
    "0 0 0 1 A *": "0 0 0 1 4 *",
    "0 0 0 1 Ju *": "0 0 0 1 6 *",
    "0 0 0 * * T": "0 0 0 * * 2",
    "*/0 * * * * *": "* * * * * *",
    "*/-5 * * * * *": "* * * * * *",
    "*/+5 * * * * *": f"{FIVES} * * * * *",
    "*/60 * * * * *": "0 * * * * *",
    "*/61 * * * * *": "0 * * * * *",
    "*/1000 * * * * *": "0 * * * * *",
    "0 */90 * * * *": "0 0 * * * *",
    "0 5/100 * * * *": "0 5 * * * *",
    "0 5-5 * * * *": "0 5 * * * *",
    "0 005 * * * *": "0 5 * * * *",
    "0 1,2,2,1 * * * *": "0 1-2 * * * *",
    "0 5,* * * * *": "0 * * * * *",
    "  0   */5  *  * * *  ": f"0 {FIVES} * * * *",
    "0 0 0 1-31/10 * *": "0 0 0 1,11,21,31 * *",
    "0 30 9-17 * * 1-5": "0 30 9-17 * * 1-5",
    "0-59/7 * * * * *": "0,7,14,21,28,35,42,49,56 * * * * *",
    "0 0 0 * 2 1-5/2": "0 0 0 * 2 1,3,5",
    "0 0 0 * FEB-NOV/3 *": "0 0 0 * 2,5,8,11 *",
    "* 55 * * * *": "* 55 * * * *",
    "* * 10 * * *": "* * 10 * * *",
    "* 0-1 10 * * *": "* 0-1 10 * * *",
    "*/10 * 10 * * *": "0,10,20,30,40,50 * 10 * * *",
    "*/20 30 9 * * *": "0,20,40 30 9 * * *",
    "5-7 10 * * * *": "5-7 10 * * * *",
    "*/30 0 0 1 * *": "0,30 0 0 1 * *",
    "10/30 * * * * *": "10,40 * * * * *",
    "0 0 4-23/1 * * *": "0 0 4-23 * * *",
    "33 10-40/15 * * * *": "33 10,25,40 * * * *",
    "55 * * * Mar,Jan,Aug Fri,Mon-Tue": "55 * * * 1,3,8 1-2,5",
    "20 * * january,FeB,Mar,april,May,JuNE,July,Augu,SEPT-October,Nov,DECEM *": "20 * * * *",
    # int.Parse allows white space and signs, but a value has to begin with a digit
    "0 */5\t * * * *": f"0 {FIVES} * * * *",
    "0 5\t * * * *": "0 5 * * * *",
    "0 */\t5 * * * *": f"0 {FIVES} * * * *",
    "*/2147483647 * * * * *": "0 * * * * *",
}

TIME_SPANS = {
    "00:05:00": ("00:05:00", 300),
    "24:00:00": ("24.00:00:00", 2_073_600),
    "23:59:59": ("23:59:59", 86_399),
    "1:00:00:00": ("1.00:00:00", 86_400),
    "30": ("30.00:00:00", 2_592_000),
    "0:5": ("00:05:00", 300),
    "00:05:00.5": ("00:05:00.5000000", 300.5),
    " 00:05:00 ": ("00:05:00", 300),
    "00:00:00": ("00:00:00", 0),
    "1.00:00": ("1.00:00:00", 86_400),
    "1.02:03:04": ("1.02:03:04", 93_784),
    "1.02:03:04.25": ("1.02:03:04.2500000", 93_784.25),
    "1:02:03:04.25": ("1.02:03:04.2500000", 93_784.25),
    "01:02:.5": ("01:02:00.5000000", 3720.5),
    "1.01:02:.5": ("1.01:02:00.5000000", 90_120.5),
    "1:01:02:.5": ("1.01:02:00.5000000", 90_120.5),
    "1:30:59.5": ("01:30:59.5000000", 5_459.5),
    "-00:05:00": ("-00:05:00", -300),
    "0000000001:00": ("01:00:00", 3_600),
    "00:00:00.0000001": ("00:00:00.0000001", 1e-7),
    "00:00:00.00000005": ("00:00:00.0000001", 1e-7),
    "00:00:00.00000004": ("00:00:00", 0),
    "00:00:00." + "0" * 5000 + "1": ("00:00:00", 0),
    "10675199.02:48:05": ("10675199.02:48:05", 922_337_203_685),
}

REFUSED = [
    "",
    "   ",
    "0 0 0 * * 7",
    "0 0 0 1 13 *",
    "0 0 0 32 * *",
    "0 60 * * * *",
    "0 0 0 L * *",
    "0 0 0 * * 1#2",
    "0 0 0 * * ?",
    "@daily",
    "0 ,5 * * * *",
    "0 1,,2 * * * *",
    "0 5, * * * *",
    "0 5- * * * *",
    "0 -5 * * * *",
    "0 1--5 * * * *",
    "0 1-2-3 * * * *",
    "0 / * * * *",
    "0 /5 * * * *",
    "0 5/ * * * *",
    "0 */5/5 * * * *",
    "0 5* * * * *",
    "0 1.5 * * * *",
    "0 +5 * * * *",
    "0 60/5 * * * *",
    "0 0 0 0-5 * *",
    "0 0 0 0/5 * *",
    "0 0 0 * * 7/2",
    "0 0 0 * * Weds",
    "0 0 0 * * * *",
    "* * * *",
    "0 0 0 * * 1-7",
    "0\t0 0 * * *",
    "0 0 0 * *\n*",
    "\n0 0 0 * * *",
    "0 */2147483648 * * * *",
    "0 5/2147483647 * * * *",
    "0 99999999999999999999 * * * *",
    "0 " + "9" * 5000 + " * * * *",
    "0 \u00b2 * * * *",
    "0 \u0661 * * * *",
    "10675199:00",
    "10675200",
    "10675199.02:48:06",
    "00:00:60",
    "1.12",
    "24:00",
    "1:2:3:4:5",
    "00:00:00.12345678",
    "268435456",
    "5m",
    "1: 00:00",
    "00:05:00.",
    ":05:00",
    "--1",
    "%CRON%",
]


@pytest.mark.parametrize(("text", "normalised"), CRONS.items())
def test_cron_is_read_as_by_the_host(text: str, normalised: str) -> None:
    schedule = parse(text)
    assert isinstance(schedule, Cron)
    assert schedule.normalised == normalised
    assert all(text.startswith(token.text, token.offset) for token in schedule.tokens)


@pytest.mark.parametrize(("text", "expected"), TIME_SPANS.items())
def test_time_span_is_read_as_by_dotnet(text: str, expected: tuple[str, float]) -> None:
    schedule = parse(text)
    assert isinstance(schedule, TimeSpan)
    assert schedule.normalised == expected[0]
    assert schedule.seconds == pytest.approx(expected[1])


@pytest.mark.parametrize("text", REFUSED)
def test_what_the_host_refuses(text: str) -> None:
    assert isinstance(parse(text), Invalid)


def test_tokens_have_their_offsets_and_fields() -> None:
    six, five = parse("  0 */5  1 * * MON"), parse("*/5 1 * * MON")
    assert isinstance(six, Cron)
    assert isinstance(five, Cron)
    assert [(token.text, token.offset, FIELDS[token.field].name) for token in six.tokens] == [
        ("0", 2, "second"),
        ("*/5", 4, "minute"),
        ("1", 9, "hour"),
        ("*", 11, "day"),
        ("*", 13, "month"),
        ("MON", 15, "day-of-week"),
    ]
    assert [FIELDS[token.field].name for token in five.tokens] == ["minute", "hour", "day", "month", "day-of-week"]


@given(crons())
def test_the_values_are_those_written(written: Written) -> None:
    schedule = parse(written.text)
    assert isinstance(schedule, Cron)
    assert schedule[1:7] == tuple(tuple(sorted(values)) for values in written.values)


@given(crons())
def test_normalised_text_means_the_same_and_is_final(written: Written) -> None:
    schedule = parse(written.text)
    assert isinstance(schedule, Cron)
    again = parse(schedule.normalised)
    assert isinstance(again, Cron)
    assert (again.normalised, again[1:7]) == (schedule.normalised, schedule[1:7])


@given(time_spans())
def test_normalised_time_span_means_the_same_and_is_final(text: str) -> None:
    schedule = parse(text)
    if isinstance(schedule, TimeSpan):
        again = parse(schedule.normalised)
        assert isinstance(again, TimeSpan)
        assert again[1:] == schedule[1:]


@given(st.one_of(near_misses(), st.text()))
def test_a_refusal_has_problems_within_the_text_and_a_repair_is_accepted(text: str) -> None:
    result = parse(text)
    if isinstance(result, Invalid):
        assert result.problems
        for problem in result.problems:
            assert problem.message
            assert 0 <= problem.offset <= problem.offset + problem.length <= len(text)
            assert problem.length or not text
        if result.repaired is not None:
            assert not isinstance(parse(result.repaired), Invalid)
            assert result.repaired != text
        else:
            assert not result.sure


def test_setting_expressions() -> None:
    assert is_setting_expression("%CRON%")
    assert is_setting_expression("0 */%MINUTES% * * * *")
    assert not is_setting_expression("%CRON")
    assert not is_setting_expression("%%")
    assert setting_names("%A% %B:C%") == [("A", 1), ("B:C", 5)]
