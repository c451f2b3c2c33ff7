"""Ready-made schedules to offer where one is to be written."""

from __future__ import annotations

from typing import NamedTuple


class ReadyMade(NamedTuple):
    """A schedule and what `describe` says of it."""

    text: str
    words: str


COMMON = (
    ReadyMade("0 */5 * * * *", "every 5 minutes"),
    ReadyMade("0 * * * * *", "every minute"),
    ReadyMade("0 */10 * * * *", "every 10 minutes"),
    ReadyMade("0 */15 * * * *", "every 15 minutes"),
    ReadyMade("0 */30 * * * *", "every 30 minutes"),
    ReadyMade("*/30 * * * * *", "every 30 seconds"),
    ReadyMade("0 0 * * * *", "every hour"),
    ReadyMade("0 30 * * * *", "every hour at minute 30"),
    ReadyMade("0 0 */2 * * *", "every 2 hours"),
    ReadyMade("0 0 */6 * * *", "every 6 hours"),
    ReadyMade("0 0 */12 * * *", "at 00:00 and 12:00 every day"),
    ReadyMade("0 0 0 * * *", "at 00:00 every day"),
    ReadyMade("0 30 9 * * *", "at 09:30 every day"),
    ReadyMade("0 0 8,18 * * *", "at 08:00 and 18:00 every day"),
    ReadyMade("0 0 9 * * 1-5", "at 09:00 on weekdays"),
    ReadyMade("0 0 9-17 * * 1-5", "every hour from 09:00 to 17:00 on weekdays"),
    ReadyMade("0 */15 9-17 * * 1-5", "every 15 minutes from 09:00 to 17:45 on weekdays"),
    ReadyMade("0 0 10 * * 0,6", "at 10:00 on weekends"),
    ReadyMade("0 0 9 * * 1", "at 09:00 on Mondays"),
    ReadyMade("0 0 18 * * 5", "at 18:00 on Fridays"),
    ReadyMade("0 0 0 1 * *", "at 00:00 on day 1 of the month"),
    ReadyMade("0 0 9 1-7 * 1", "at 09:00 on the first Monday of the month"),
    ReadyMade("0 0 0 1 1,4,7,10 *", "at 00:00 on day 1 of January, April, July and October"),
    ReadyMade("0 0 0 1 1 *", "at 00:00 on 1 January"),
)
"""In order of use; six fields all, as these run on every plan."""
