"""Time spans as .NET's `TimeSpan.TryParse` reads them under the invariant culture.

The host tries this on every schedule that is no cron expression. The order in which the parser tries its layouts makes
`24:00:00` a span of 24 days: as hours, minutes and seconds the 24 does not fit, as days, hours and minutes it does.
Source: System.Globalization.TimeSpanParse in dotnet/runtime.
"""

from __future__ import annotations

import re

from pystein_lsp.ncrontab.schedule import TICKS_PER_SECOND, TimeSpan

# What lies between the numbers, and which units the numbers then are, in the order of trial.
_LAYOUTS = {
    (): ("d",),
    (":",): ("hm",),
    (":", ":"): ("hms", "dhm"),
    (".", ":"): ("dhm",),
    (":", ":."): ("hmf",),
    (":", ":", "."): ("hmsf",),
    (":", ":", ":"): ("dhms",),
    (".", ":", ":"): ("dhms",),
    (".", ":", ":."): ("dhmf",),
    (":", ":", ":."): ("dhmf",),
    (".", ":", ":", "."): ("dhmsf",),
    (":", ":", ":", "."): ("dhmsf",),
}
_HIGHEST = {"d": 10_675_199, "h": 23, "m": 59, "s": 59}
_TICKS = {
    "d": 86_400 * TICKS_PER_SECOND,
    "h": 3_600 * TICKS_PER_SECOND,
    "m": 60 * TICKS_PER_SECOND,
    "s": TICKS_PER_SECOND,
}
_POWERS = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
_MAX_TICKS = 2**63 - 1
_MAX_NUMBER = 0x0FFF_FFFF  # .NET's tokenizer gives up on larger ones


def read_time_span(text: str) -> TimeSpan | None:
    """Read a time span; None where .NET would not."""
    trimmed = text.strip()
    sign = -1 if trimmed.startswith("-") else 1
    head, *parts = re.split("([0-9]+)", trimmed[1:] if sign < 0 else trimmed)
    if head or not parts or parts.pop():
        return None  # it has to start with a number, but for the sign, and to end with one
    digits = parts[::2]
    numbers = [int(part.lstrip("0")[:10] or "0") for part in digits]
    if max(numbers) > _MAX_NUMBER:
        return None
    for layout in _LAYOUTS.get(tuple(parts[1::2]), ()):
        ticks = _ticks(layout, numbers, min(len(digits[-1]), 20))
        if ticks is not None:
            return TimeSpan(text, sign * ticks, write_time_span(sign * ticks))
    return None


def seconds_of(text: str) -> float | None:
    """Seconds of a time span; None where .NET would not read it."""
    span = read_time_span(text)
    return None if span is None else span.ticks / TICKS_PER_SECOND


def write_time_span(ticks: int) -> str:
    """Write a time span as .NET does."""
    seconds, fraction = divmod(abs(ticks), TICKS_PER_SECOND)
    days, seconds = divmod(seconds, 86_400)
    return "".join(
        (
            "-" if ticks < 0 else "",
            f"{days}." if days else "",
            f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}",
            f".{fraction:07}" if fraction else "",
        )
    )


def _ticks(layout: str, numbers: list[int], fraction_digits: int) -> int | None:
    total = 0
    for unit, number in zip(layout, numbers, strict=True):
        if unit == "f":
            fraction = _fraction(number, fraction_digits)
            if fraction is None:
                return None
            total += fraction
        elif number > _HIGHEST[unit]:
            return None
        else:
            total += number * _TICKS[unit]
    return total if total <= _MAX_TICKS else None


def _fraction(number: int, digits: int) -> int | None:
    """Ticks of a fraction of a second; more than seven digits are rounded, but only behind a leading zero."""
    surplus = digits - 7
    if surplus <= 0:
        return number * _POWERS[-surplus]
    if number >= 10 ** (digits - 1):
        return None
    unit = int(10 ** min(surplus, 12))
    return (2 * number + unit) // (2 * unit)
