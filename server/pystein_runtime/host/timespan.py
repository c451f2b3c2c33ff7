"""Time spans as .NET writes them in host.json and in retry policies: `[-][d.]hh:mm:ss[.fff]`, `d` or `hh:mm`."""

from __future__ import annotations

import re

_SPAN = re.compile(r"\s*(-)?(?:(?:(\d+)\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?|(\d+))\s*")


def parse(text: str) -> float | None:
    """Seconds of a time span; None when the text is none."""
    match = _SPAN.fullmatch(text)
    if match is None:
        return None
    sign, days, hours, minutes, seconds, fraction, only_days = match.groups()
    if only_days is not None:
        total = int(only_days) * 86400.0
    elif int(hours) > 23 or int(minutes) > 59 or int(seconds or 0) > 59:
        return None
    else:
        total = int(days or 0) * 86400 + int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)
        total += float(f"0.{fraction}") if fraction else 0.0
    return -total if sign else total


def text(seconds: float) -> str:
    """The constant format of a time span, as JSON from the platform has it: `00:05:00`, `1.00:00:00.5000000`."""
    whole = int(abs(seconds))
    ticks = round((abs(seconds) - whole) * 10_000_000)
    days, rest = divmod(whole, 86400)
    clock = f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
    return ("-" if seconds < 0 else "") + (f"{days}." if days else "") + clock + (f".{ticks:07}" if ticks else "")
