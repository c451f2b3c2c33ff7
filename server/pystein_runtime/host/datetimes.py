"""Moments in .NET's custom formats, for `{datetime:yyyy-MM-dd}` and the like; invariant culture."""

from __future__ import annotations

import re
from datetime import datetime, timezone

PATH = "yyyy-MM-ddTHH-mm-ssK"
"""How a moment stands in a binding expression without a format (azure-webjobs-sdk, `BindingDataPathHelper`)."""

_STANDARD = {
    "d": "MM/dd/yyyy", "D": "dddd, dd MMMM yyyy", "f": "dddd, dd MMMM yyyy HH:mm",
    "F": "dddd, dd MMMM yyyy HH:mm:ss", "g": "MM/dd/yyyy HH:mm", "G": "MM/dd/yyyy HH:mm:ss", "M": "MMMM dd",
    "m": "MMMM dd", "o": "yyyy-MM-ddTHH:mm:ss.fffffffK", "O": "yyyy-MM-ddTHH:mm:ss.fffffffK",
    "r": "ddd, dd MMM yyyy HH:mm:ss 'GMT'", "R": "ddd, dd MMM yyyy HH:mm:ss 'GMT'", "s": "yyyy-MM-ddTHH:mm:ss",
    "t": "HH:mm", "T": "HH:mm:ss", "u": "yyyy-MM-dd HH:mm:ss'Z'", "y": "yyyy MMMM", "Y": "yyyy MMMM",
}  # fmt: skip
_TOKEN = re.compile(r"'([^']*)'|\"([^\"]*)\"|\\(.)|%?(y+|M+|d+|H+|h+|m+|s+|f{1,7}|F{1,7}|t+|K|z+)|(.)", re.DOTALL)
_MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]  # fmt: skip
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def format(moment: datetime, pattern: str) -> str:  # noqa: A001 - used as datetimes.format
    """A moment in a .NET format string, standard (one letter) or custom."""
    pattern = _STANDARD.get(pattern, pattern)
    out: list[str] = []
    for single, double, escaped, token, other in _TOKEN.findall(pattern):
        out.append(_field(moment, token) if token else single or double or escaped or other)
    return "".join(out)


def _field(moment: datetime, token: str) -> str:
    kind, width = token[0], len(token)
    if kind in "fF":
        digits = f"{moment.microsecond * 10:07}"[:width]
        return digits if kind == "f" else digits.rstrip("0")
    if kind == "y":
        return f"{moment.year % 100:0{width}}" if width < 3 else f"{moment.year:0{width}}"
    if kind in "Md" and width > 2:
        name = _MONTHS[moment.month - 1] if kind == "M" else _DAYS[moment.weekday()]
        return name if width > 3 else name[:3]
    if kind == "t":
        return ("AM" if moment.hour < 12 else "PM")[:width]
    if kind in "Kz":
        return _offset(moment, kind, width)
    number = {
        "M": moment.month, "d": moment.day, "H": moment.hour, "h": moment.hour % 12 or 12, "m": moment.minute,
        "s": moment.second,
    }[kind]  # fmt: skip
    return f"{number:0{min(width, 2)}}"


def _offset(moment: datetime, kind: str, width: int) -> str:
    offset = moment.utcoffset()
    if kind == "K" and (offset is None or not offset):
        return "Z" if offset is not None else ""
    minutes = int(offset.total_seconds() // 60) if offset is not None else 0
    sign, minutes = ("-" if minutes < 0 else "+"), abs(minutes)
    if kind == "z" and width < 3:
        return f"{sign}{minutes // 60:0{width}}"
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}"


def iso(seconds: float) -> str:
    """A moment in seconds since 1970 as the platform writes it in JSON: `2024-01-01T00:00:00.1234560+00:00`."""
    return utc(seconds).isoformat(timespec="microseconds").replace("+", "0+")


def utc(seconds: float) -> datetime:
    """A moment in seconds since 1970."""
    return datetime.fromtimestamp(seconds, timezone.utc)


def parse(text: str) -> datetime | None:
    """A moment from ISO 8601 text; None when it is none."""
    try:
        return datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
