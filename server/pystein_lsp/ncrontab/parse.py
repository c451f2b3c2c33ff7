"""Entry point: what a schedule's text means, or why the host refuses it."""

from __future__ import annotations

import re
from functools import lru_cache

from pystein_lsp.ncrontab.reader import read
from pystein_lsp.ncrontab.schedule import FIELDS, Cron, Field, Invalid, Problem, Schedule, TimeSpan, Token

__all__ = [
    "FIELDS",
    "Cron",
    "Field",
    "Invalid",
    "Problem",
    "Schedule",
    "TimeSpan",
    "Token",
    "is_setting_expression",
    "parse",
    "setting_names",
]

_SETTING = "%([^%]+)%"


@lru_cache(maxsize=512)
def parse(text: str) -> Schedule | Invalid:
    """Read a schedule as the host does once `%SETTING%` names are replaced; that is the caller's task."""
    schedule = read(text)
    if schedule is not None:
        return schedule
    # Few schedules are refused, and what explains them costs more to import than all of reading.
    from pystein_lsp.ncrontab.diagnose import diagnose  # noqa: PLC0415
    from pystein_lsp.ncrontab.repair import repair  # noqa: PLC0415

    mended = repair(text)
    return Invalid(text, diagnose(text), mended.text if mended else None, bool(mended and mended.sure))


def is_setting_expression(text: str) -> bool:
    """Whether an app setting has to be looked up before the text can be read."""
    return re.search(_SETTING, text) is not None


def setting_names(text: str) -> list[tuple[str, int]]:
    """Return the names between percent signs, each with its offset."""
    return [(match[1], match.start(1)) for match in re.finditer(_SETTING, text)]
