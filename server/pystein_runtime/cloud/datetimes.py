"""Moments as the storage services write and read them."""

from __future__ import annotations

from datetime import datetime, timezone
from email.utils import formatdate, parsedate_to_datetime


def http_date(seconds: float) -> str:
    """`Tue, 03 Feb 2026 04:05:06 GMT`."""
    return formatdate(seconds, usegmt=True)


def snapshot_time(seconds: float) -> str:
    """`2026-02-03T04:05:06.0780000Z`, the name of a snapshot."""
    moment = datetime.fromtimestamp(seconds, timezone.utc)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond:06}0Z"


def parse_http_date(text: str) -> float | None:
    """Seconds since 1970; None when the text is no date."""
    try:
        return parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError):
        return None


def parse_iso(text: str) -> float | None:
    """Seconds since 1970 of an ISO 8601 date or moment, UTC unless it says otherwise; None when the text is none."""
    whole, dot, rest = text.strip().replace("Z", "+00:00").partition(".")
    if dot:  # seven digits of a second are more than Python 3.10 reads
        digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
        whole += f".{digits[:6]:0<6}" + rest[len(digits) :]
    try:
        moment = datetime.fromisoformat(whole)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp()
