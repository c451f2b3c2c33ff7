"""Functions of moments: ISO 8601 text with seven digits of a second, ticks of 100 ns and milliseconds since 1970.

Source: Microsoft's reference of the query language, "Date and time functions".
"""

from __future__ import annotations

import calendar
import re
import time
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud.cosmos.sql.values import UNDEFINED, is_number

if TYPE_CHECKING:
    from collections.abc import Callable

_SECOND = 10_000_000  # ticks
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?(Z|[+-]\d{2}:\d{2})?)?", re.ASCII
)
_PARTS = {
    "year": "year", "yyyy": "year", "yy": "year", "month": "month", "mm": "month", "m": "month", "day": "day",
    "dd": "day", "d": "day", "hour": "hour", "hh": "hour", "minute": "minute", "mi": "minute", "n": "minute",
    "second": "second", "ss": "second", "s": "second", "millisecond": "millisecond", "ms": "millisecond",
    "microsecond": "microsecond", "mcs": "microsecond", "nanosecond": "nanosecond", "ns": "nanosecond",
    "week": "week", "wk": "week", "ww": "week", "weekday": "weekday", "dw": "weekday",
}  # fmt: skip
_TICKS = {
    "week": 7 * 86400 * _SECOND, "day": 86400 * _SECOND, "hour": 3600 * _SECOND, "minute": 60 * _SECOND, "second": _SECOND,
    "millisecond": _SECOND // 1000, "microsecond": 10,
}  # fmt: skip


def _ticks(text: Any) -> int:
    """Ticks since 1970 of a moment; ValueError or TypeError when it is none."""
    found = _ISO.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    moment = datetime(
        int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), tzinfo=timezone.utc
    )
    ticks = (moment - _EPOCH) // timedelta(seconds=1) * _SECOND + int((fraction or "0").ljust(7, "0"))
    if zone and zone != "Z":
        offset = (int(zone[1:3]) * 60 + int(zone[4:6])) * 60 * _SECOND
        ticks -= offset if zone[0] == "+" else -offset
    return ticks


def _text(ticks: int) -> str:
    seconds, fraction = divmod(ticks, _SECOND)
    return f"{_EPOCH + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%S}.{fraction:07}Z"


def _part(name: Any) -> str:
    return _PARTS[name.lower()] if isinstance(name, str) and name.lower() in _PARTS else _invalid()


def _invalid() -> str:
    raise ValueError


def _number(value: Any) -> int:
    if not is_number(value):
        raise TypeError
    return int(value)


def _add(part: Any, amount: Any, moment: Any) -> Any:
    name, count, ticks = _part(part), _number(amount), _ticks(moment)
    if name in {"year", "month"}:
        seconds, fraction = divmod(ticks, _SECOND)
        start = _EPOCH + timedelta(seconds=seconds)
        months = start.year * 12 + start.month - 1 + count * (12 if name == "year" else 1)
        year, month = divmod(months, 12)
        day = min(start.day, calendar.monthrange(year, month + 1)[1])
        moved = start.replace(year=year, month=month + 1, day=day)
        return _text((moved - _EPOCH) // timedelta(seconds=1) * _SECOND + fraction)
    return _text(ticks + (count // 100 if name == "nanosecond" else count * _TICKS[name]))


def _difference(part: Any, start: Any, end: Any) -> Any:
    """How many boundaries of the part are between two moments."""
    name, first, last = _part(part), _ticks(start), _ticks(end)
    if name in {"year", "month"}:
        one, other = (_EPOCH + timedelta(seconds=ticks // _SECOND) for ticks in (first, last))
        years = other.year - one.year
        return years if name == "year" else years * 12 + other.month - one.month
    if name == "nanosecond":
        return (last - first) * 100
    return last // _TICKS[name] - first // _TICKS[name]


def _part_of(part: Any, moment: Any) -> Any:
    name, ticks = _part(part), _ticks(moment)
    seconds, fraction = divmod(ticks, _SECOND)
    found = _EPOCH + timedelta(seconds=seconds)
    if name == "millisecond":
        return fraction // 10_000
    if name == "microsecond":
        return fraction // 10
    if name == "nanosecond":
        return fraction * 100
    if name == "weekday":
        return found.isoweekday() % 7 + 1
    if name == "week":
        return int(found.strftime("%U")) + 1
    return getattr(found, name)


def _bin(moment: Any, part: Any, size: Any = 1, origin: Any = "1970-01-01T00:00:00.0000000Z") -> Any:
    name, start = _part(part), _ticks(origin)
    width = _TICKS[name] * _number(size)
    return _text(start + (_ticks(moment) - start) // width * width)


def _from_parts(
    year: Any, month: Any, day: Any, hour: Any = 0, minute: Any = 0, second: Any = 0, fraction: Any = 0
) -> Any:
    if not 0 <= _number(fraction) < _SECOND:
        return UNDEFINED
    moment = datetime(*map(_number, (year, month, day, hour, minute, second)), tzinfo=timezone.utc)  # type: ignore[misc,arg-type] # six numbers
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{fraction:07}Z"


def _now() -> int:
    return time.time_ns() // 100


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "DATETIMEADD": _add,
    "DATETIMEBIN": _bin,
    "DATETIMEDIFF": _difference,
    "DATETIMEFROMPARTS": _from_parts,
    "DATETIMEPART": _part_of,
    "DATETIMETOTICKS": _ticks,
    "DATETIMETOTIMESTAMP": lambda moment: _ticks(moment) // 10_000,
    "GETCURRENTDATETIME": lambda: _text(_now()),
    "GETCURRENTDATETIMESTATIC": lambda: _text(_now()),
    "GETCURRENTTICKS": _now,
    "GETCURRENTTICKSSTATIC": _now,
    "GETCURRENTTIMESTAMP": lambda: _now() // 10_000,
    "GETCURRENTTIMESTAMPSTATIC": lambda: _now() // 10_000,
    "TICKSTODATETIME": lambda ticks: _text(_number(ticks)),
    "TIMESTAMPTODATETIME": lambda milliseconds: _text(_number(milliseconds) * 10_000),
}
