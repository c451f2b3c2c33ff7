"""Hypothesis strategies: schedules in all forms that NCRONTAB has, with the values they stand for."""

from __future__ import annotations

import calendar
from typing import Any, NamedTuple

from hypothesis import strategies as st

RANGES = ((0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (0, 6))
MONTHS = [calendar.month_name[number] for number in range(1, 13)]
WEEKDAYS = [calendar.day_name[number - 1] for number in range(7)]


FOREIGN_PARTS = (
    "* ? L W LW 15W L-3 MON#2 1#1 6L FRIL H H/5 */5 /5 5/ 1- -1 1--2 1-2-3 7 5-7 1-7/2 7/2 24 60 0 00 1,2 1,,2 ,1 1, "
    "MON-FRI FRI-MON Weds Sept 2024 +5 1.5 ** *5 %X% x \u00b2 \u0661 @daily"
)


class Written(NamedTuple):
    """A cron expression and what each of its six fields must stand for."""

    text: str
    values: tuple[frozenset[int], ...]


@st.composite
def value(draw: Any, field: int) -> tuple[str, int]:
    low, high = RANGES[field]
    number = draw(st.integers(low, high))
    names = {4: MONTHS, 5: WEEKDAYS}.get(field)
    if names and draw(st.booleans()):
        name = names[number - low]
        return draw(st.sampled_from([name, name.upper(), name.lower(), name[:3], name[:4]])), number
    return draw(st.sampled_from([str(number), f"{number:02}", f"{number:04}"])), number


@st.composite
def item(draw: Any, field: int) -> tuple[str, frozenset[int]]:
    low, high = RANGES[field]
    shape = draw(st.sampled_from(["*", "value", "range"]))
    text, first, last = "*", low, high
    if shape == "value":
        text, first = draw(value(field))
        last = first
    elif shape == "range":
        left, first = draw(value(field))
        right, last = draw(value(field))
        text = f"{left}-{right}"
        first, last = min(first, last), max(first, last)
    if not draw(st.booleans()):
        return text, frozenset(range(first, last + 1))
    step = draw(st.one_of(st.integers(1, high), st.sampled_from([-3, 0, 5, 10, 15, 20, 30, 100])))
    if shape == "value":
        last = high
    return f"{text}/{step}", frozenset(range(first, last + 1, max(step, 1)))


@st.composite
def field_text(draw: Any, field: int) -> tuple[str, frozenset[int]]:
    low, high = RANGES[field]
    kind = draw(st.integers(0, 3))
    if kind == 0:
        return "*", frozenset(range(low, high + 1))
    if kind == 1:
        return str(low), frozenset({low})
    items = draw(st.lists(item(field), min_size=1, max_size=3))
    return ",".join(text for text, _ in items), frozenset().union(*(values for _, values in items))


@st.composite
def crons(draw: Any) -> Written:
    fields = [draw(field_text(index)) for index in range(draw(st.sampled_from([0, 0, 1])), 6)]
    values = [values for _, values in fields]
    if len(fields) == 5:
        values.insert(0, frozenset({0}))
    return Written(" ".join(text for text, _ in fields), tuple(values))


def near_misses() -> st.SearchStrategy[str]:
    """Texts that people write in other dialects, and texts that nearly are schedules."""
    part = st.one_of(
        st.sampled_from(FOREIGN_PARTS.split(" ")),
        st.integers(-3, 100).map(str),
        st.text(alphabet="0123456789*/,-?LW#%@ \tSUNMONabc\u2013", max_size=5),
    )
    spaces = st.sampled_from([" ", " ", " ", "  ", "\t", "\n", ", "])
    dialects = st.sampled_from(
        [
            "@yearly",
            "@daily",
            "daily",
            "5m",
            "every 5 minutes",
            "@every 1h30m",
            "rate(5 minutes)",
            "cron(0 12 * * ? *)",
            "00:00:60",
            "24:00",
            "1.2",
            "'0 0 0 * * *'",
        ]
    )
    mixed = st.lists(st.tuples(part, spaces), max_size=9).map(
        lambda parts: "".join(text + space for text, space in parts)
    )
    return st.one_of(mixed, mixed, dialects, st.text(max_size=20), st.text(alphabet="0123456789:.-", max_size=12))


def time_spans() -> st.SearchStrategy[str]:
    number = st.integers(0, 70).map(str)
    return st.lists(st.tuples(number, st.sampled_from([":", ":", ".", ":."])), min_size=1, max_size=5).map(
        lambda parts: "".join(digits + separator for digits, separator in parts).rstrip(":.")
    )
