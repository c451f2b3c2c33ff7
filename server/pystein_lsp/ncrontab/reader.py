"""Read a schedule exactly as the host does: a cron expression of five or six fields, else a time span.

Some habits differ from other crons: reversed ranges are swapped, not wrapped; a step below 1 counts as 1; any prefix of
an English name stands for it, the first that fits; Sunday is 0 and never 7; only the space character separates.
Sources: `TimerSchedule` and `CronSchedule` of azure-webjobs-sdk-extensions, NCrontab.Signed 3.3.3.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pystein_lsp.ncrontab.schedule import FIELDS, Cron, Field, Schedule, Token
from pystein_lsp.ncrontab.timespan import read_time_span

_INT = "[\t-\r ]*([+-]?)0*([0-9]{1,10})[\t-\r ]*\0*"
_INT_MAX = 2**31 - 1


def read(text: str) -> Schedule | None:
    """Read a schedule; None where the host would refuse it."""
    return _read_cron(text) or read_time_span(text)


def split(text: str) -> list[Token]:
    """Cut a text at its spaces.

    The first part is the minute if there are five, else the second; a seventh and more have no place in FIELDS.
    """
    pieces = text.split(" ")
    shift = 1 if len(pieces) - pieces.count("") == 5 else 0
    tokens: list[Token] = []
    offset = 0
    for piece in pieces:
        if piece:
            tokens.append(Token(piece, offset, len(tokens) + shift))
        offset += len(piece) + 1
    return tokens


@lru_cache(maxsize=512)
def read_field(field: int, text: str) -> tuple[int, ...] | None:
    """Return the values of one field, ascending; None where NCrontab would refuse it."""
    values: set[int] = set()
    for item in text.split(","):
        found = read_item(FIELDS[field], item)
        if found is None:
            return None
        values.update(found)
    return tuple(sorted(values))


def read_item(field: Field, item: str) -> range | None:
    """Return the values of one member of a list: `*`, a value or a range, each with or without a step."""
    base, slash, step_text = item.partition("/")
    step = read_int(step_text) if slash else 1
    if step is None:
        return None
    first: int | None
    last: int | None
    if base == "*":
        first, last = field.low, field.high
    else:
        left, dash, right = base.partition("-")
        first = read_value(field, left)
        last = read_value(field, right) if dash else field.high if slash else first
    if first is None or last is None:
        return None
    first, last = min(first, last), max(first, last)
    # A huge step makes NCrontab's loop variable overflow, which ends in an exception.
    if first < field.low or last > field.high or first - field.low + step > _INT_MAX:
        return None
    return range(first, last + 1, max(step, 1))


def read_value(field: Field, text: str) -> int | None:
    """Return one number or name, in or out of range; None where it is neither."""
    if "0" <= text[:1] <= "9":
        return read_int(text)
    lowered = text.lower()
    for value, name in enumerate(field.names, field.low):
        if text and name.startswith(lowered):
            return value
    return None


def read_int(text: str) -> int | None:
    """Return an integer as .NET's `int.Parse` does: white space around it and a sign are welcome."""
    if len(text) < 10 and text.isdecimal() and text.isascii():
        return int(text)
    match = re.fullmatch(_INT, text)
    if match is None:
        return None
    value = int(match[2])
    if match[1] == "-":
        return -value if value <= _INT_MAX + 1 else None
    return value if value <= _INT_MAX else None


def write_field(field: Field, values: tuple[int, ...]) -> str:
    """Write ascending values as NCrontab does: `*` for all, neighbours joined to ranges, numbers only."""
    if len(values) == field.high - field.low + 1:
        return "*"
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs(values))


def runs(values: tuple[int, ...]) -> list[tuple[int, int]]:
    """Join neighbours: the first and last value of each run of consecutive ones."""
    found: list[tuple[int, int]] = []
    for value in values:
        if found and found[-1][1] == value - 1:
            found[-1] = found[-1][0], value
        else:
            found.append((value, value))
    return found


def _read_cron(text: str) -> Cron | None:
    tokens = split(text)
    if not 5 <= len(tokens) <= 6:
        return None
    values: list[tuple[int, ...]] = [] if len(tokens) == 6 else [(0,)]
    for token in tokens:
        found = read_field(token.field, token.text)
        if found is None:
            return None
        values.append(found)
    normalised = [write_field(FIELDS[token.field], values[token.field]) for token in tokens]
    second, minute, hour, day, month, weekday = values
    return Cron(text, second, minute, hour, day, month, weekday, tuple(tokens), " ".join(normalised))
