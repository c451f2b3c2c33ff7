"""What a schedule is once it is read, and what its fields may hold: plain frozen data."""

# No `from __future__ import annotations`: a NamedTuple's annotations that are strings are compiled one by one, 1 ms here.

from typing import NamedTuple

TICKS_PER_SECOND = 10_000_000
"""A .NET tick is 100 ns."""


class Field(NamedTuple):
    """One of the six fields of a cron expression."""

    name: str
    low: int
    high: int
    names: tuple[str, ...] = ()
    """Lower-case English names of the values from `low` on; any prefix of one stands for it."""


SECOND, MINUTE, HOUR, DAY, MONTH, WEEKDAY = range(6)
"""Indexes into FIELDS and into what is kept per field. In five-field expressions the second is 0."""

FIELDS = (
    Field("second", 0, 59),
    Field("minute", 0, 59),
    Field("hour", 0, 23),
    Field("day", 1, 31),
    Field(
        "month",
        1,
        12,
        (
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ),
    ),
    Field("day-of-week", 0, 6, ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")),
)


DAYS_OF_MONTH = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""By the month's number, in a leap year."""


class Token(NamedTuple):
    """One field as it is written."""

    text: str
    offset: int
    """Where it starts in the schedule's text, in characters."""
    field: int
    """Index into FIELDS."""


class Cron(NamedTuple):
    """A valid cron expression: the values per field, ascending; it fires where all six match."""

    text: str
    second: tuple[int, ...]
    minute: tuple[int, ...]
    hour: tuple[int, ...]
    day: tuple[int, ...]
    month: tuple[int, ...]
    weekday: tuple[int, ...]
    """0 is Sunday."""
    tokens: tuple[Token, ...]
    """Five or six, as written."""
    normalised: str
    """As the host formats it: as many fields as written, steps expanded, ranges joined, no names."""


class TimeSpan(NamedTuple):
    """A valid time span: fires when so much time has passed since it last fired (or since the host started).

    Zero and negative ones are valid too; the host then fires again as soon as the function has returned.
    """

    text: str
    ticks: int
    """Units of 100 ns."""
    normalised: str
    """As .NET writes it: `[-][d.]hh:mm:ss[.fffffff]`."""

    @property
    def seconds(self) -> float:
        """Its length in seconds."""
        return self.ticks / TICKS_PER_SECOND


class Problem(NamedTuple):
    """One reason why the host refuses a schedule, or why it does something else than it seems to say."""

    message: str
    """What is wrong and what to do, without a capital and a full stop, to be put after a colon."""
    offset: int
    length: int
    """The part of the schedule's text that it is about, in characters; 0 where the text is empty."""


class Invalid(NamedTuple):
    """A schedule that the host refuses: the function is not loaded."""

    text: str
    problems: tuple[Problem, ...]
    """In order of their place; never empty."""
    repaired: str | None = None
    """A valid schedule that means what the author most likely meant."""
    sure: bool = False
    """Whether the repaired text can only be what was meant, so that it may be applied without asking."""


Schedule = Cron | TimeSpan


def never_fires(schedule: Schedule) -> bool:
    """Whether no date can match, such as 30 February."""
    return isinstance(schedule, Cron) and all(schedule.day[0] > DAYS_OF_MONTH[month] for month in schedule.month)
