"""The timer trigger.

Rules and the shape of what is kept: azure-webjobs-sdk-extensions, `TimerListener`, `ScheduleMonitor`,
`StorageScheduleMonitor`.
"""

from __future__ import annotations

import asyncio
import json
from datetime import MAXYEAR, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from pystein_lsp.ncrontab import occurrences
from pystein_lsp.ncrontab.parse import parse
from pystein_lsp.ncrontab.schedule import Invalid
from pystein_runtime.cloud.steady import CLOCK
from pystein_runtime.host import datetimes
from pystein_runtime.host.bindings import BindingError
from pystein_runtime.host.settings import get
from pystein_runtime.worker.messages import Datum

from . import BY_HAND, Event

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from pystein_lsp.ncrontab.schedule import Schedule
    from pystein_runtime.host.functions import Function
    from pystein_runtime.host.settings import Settings

    from . import Listener, Listening

CONTAINER = "azure-webjobs-hosts"
_NAP_SECONDS = 30.0  # the longest sleep: a machine may have slept, or its clock be set, meanwhile
_NEVER = datetime.min.replace(tzinfo=timezone.utc)


class Status(NamedTuple):
    """When a timer fired and will fire, as kept between runs of the host."""

    last: datetime
    next: datetime | None
    updated: datetime

    def as_json(self) -> dict[str, str]:
        """The shape in which the platform keeps it and functions see it."""
        following = self.next or datetime.max.replace(tzinfo=timezone.utc)
        return {"Last": _text(self.last), "Next": _text(following), "LastUpdated": _text(self.updated)}


def create(functions: Sequence[Function], host: Listening) -> list[Listener]:
    """One listener for each function."""
    return [Timer(function, host) for function in functions]


def schedule_of(function: Function) -> Schedule:
    """The schedule of a timer function.

    Raises:
        BindingError: it is none.
    """
    text = function.trigger.text("schedule")
    schedule = parse(text)
    if isinstance(schedule, Invalid):
        raise BindingError(
            f"The schedule expression '{text}' was not recognized as a valid cron expression or timespan string."
        )
    return schedule


def zone_of(settings: Settings) -> tzinfo | None:
    """The host's time zone: WEBSITE_TIME_ZONE or TZ; None: this machine's.

    Raises:
        BindingError: there is no such zone.
    """
    name = get(settings, "WEBSITE_TIME_ZONE") or get(settings, "TZ")
    if not name:
        return None
    try:
        return ZoneInfo(name.lstrip(":"))
    except (KeyError, ValueError, OSError) as error:
        raise BindingError(
            f"The time zone '{name}' is not known here: use an IANA name such as Europe/Berlin."
        ) from error


class Timer:
    """Fires one function when it is due."""

    def __init__(self, function: Function, host: Listening) -> None:
        self.label = f"function '{function.name}'"
        self._function = function
        self._host = host
        self._task: asyncio.Task[None] | None = None
        self._running = False

    async def start(self) -> None:
        """Begin.

        Raises:
            BindingError: the schedule or the time zone is none.
        """
        schedule, zone = schedule_of(self._function), zone_of(self._host.settings)
        self._task = asyncio.get_running_loop().create_task(self._follow(schedule, zone))

    async def stop(self, seconds: float) -> None:
        """Fire no more; let a running function finish for some time."""
        if self._task is None:
            return
        if self._running:
            await asyncio.wait([self._task], timeout=seconds)
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _follow(self, schedule: Schedule, zone: tzinfo | None) -> None:
        status, past_due = await self._recall(schedule, zone)
        on_startup = self._function.trigger.properties.get("runOnStartup") is True
        if on_startup or past_due:
            status = await self._fire(schedule, zone, status, past_due=past_due)
        following = occurrences.next_due(schedule, _now(), zone)
        while following is not None:
            ahead = CLOCK.ahead
            if await _is_reached(following, ahead):
                status = await self._fire(schedule, zone, status, past_due=False)
            # Measured from the moment that was due: a clock that runs a little slow must not fire it twice. One that was
            # set back has made another moment the next.
            after = _now() if CLOCK.ahead > ahead else max(_now(), following)
            following = occurrences.next_due(schedule, after, zone)

    async def _fire(
        self, schedule: Schedule, zone: tzinfo | None, status: Status | None, *, past_due: bool
    ) -> Status | None:
        fired = _now()
        self._running = True
        try:
            await self._host.run(self._function, to_event(status, past_due=past_due, reason=_reason(fired)))
            if status is None:
                return None
            status = Status(fired, occurrences.next_due(schedule, _now(), zone), fired)
            await self._remember(status)
        finally:
            self._running = False
        return status

    # -- what is kept between runs of the host ------------------------------------------------------------

    @property
    def _path(self) -> str:
        return f"timers/{self._host.id}/Host.Functions.{self._function.name}.Listener/status"

    def _is_monitored(self, schedule: Schedule) -> bool:
        wanted = self._function.trigger.properties.get("useMonitor") is not False
        return wanted and not occurrences.fires_more_often_than_once_per_minute(schedule)

    async def _recall(self, schedule: Schedule, zone: tzinfo | None) -> tuple[Status | None, bool]:
        """What is kept, and whether an occurrence was missed while no host ran; None: nothing is kept of this timer."""
        if not self._is_monitored(schedule):
            return None, False
        now = _now()
        fresh = Status(_NEVER, occurrences.next_due(schedule, now, zone), now)
        try:
            found = await self._host.services.blobs("").get(CONTAINER, self._path)
            known = None if found is None else _parse(found[1])
        except Exception as error:
            self._host.report(f"The state of the timer '{self._function.name}' cannot be read: {error}")
            return None, False
        if known is None:
            await self._remember(fresh)
            return fresh, False
        base = known.updated if known.last == _NEVER else known.last
        expected = occurrences.next_due(schedule, base, zone)
        if expected != known.next:  # the schedule was changed: nothing was missed by the new one
            changed = Status(known.last, occurrences.next_due(schedule, now, zone), now)
            await self._remember(changed)
            return changed, False
        return known, known.next is not None and known.next < now

    async def _remember(self, status: Status) -> None:
        try:
            content = json.dumps(status.as_json()).encode()
            await self._host.services.blobs("").put(CONTAINER, self._path, content)
        except Exception as error:
            self._host.report(f"The state of the timer '{self._function.name}' cannot be kept: {error}")


async def _is_reached(moment: datetime, ahead: float) -> bool:
    """Wait for a moment; False: the clock was set back meanwhile."""
    while (remaining := (moment - _now()).total_seconds()) > 0:
        if CLOCK.ahead > ahead:
            return False
        await asyncio.sleep(min(remaining, _NAP_SECONDS))
    return True


def to_event(status: Status | None, *, past_due: bool, reason: str) -> Event:
    """The event of a timer."""
    info = {
        "Schedule": {"AdjustForDST": True},
        "ScheduleStatus": None if status is None else status.as_json(),
        "IsPastDue": past_due,
    }
    text = json.dumps(info)
    return Event(Datum("json", text), {"TimerTrigger": Datum("json", text)}, {}, reason)


def _parse(content: bytes) -> Status | None:
    try:
        value = json.loads(content)
        last, following, updated = (datetimes.parse(value[name]) for name in ("Last", "Next", "LastUpdated"))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if last is None or following is None or updated is None:
        return None
    return Status(last, None if following.year == MAXYEAR else following, updated)


def _text(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).isoformat() if moment != _NEVER else "0001-01-01T00:00:00+00:00"


def _reason(moment: datetime) -> str:
    return f"Timer fired at {moment.astimezone().isoformat()}"


def _now() -> datetime:
    """The machine's time: schedules go by it, also after it was set back."""
    return datetime.fromtimestamp(CLOCK.now() - CLOCK.ahead, timezone.utc)


def sample(_function: Function) -> Any:
    """An event to begin with."""
    return {"isPastDue": False}


async def from_data(function: Function, data: str, host: Listening) -> Event:
    """The event of `{"isPastDue": true}` or of nothing.

    Raises:
        BindingError: it is something else.
    """
    past_due = _is_past_due(function, data)
    now = _now()
    following = occurrences.next_due(schedule_of(function), now, zone_of(host.settings))
    return to_event(Status(now - timedelta(seconds=1), following, now), past_due=past_due, reason=BY_HAND)


def _is_past_due(function: Function, data: str) -> bool:
    try:
        value = json.loads(data) if data.strip() else {}
    except ValueError:
        value = None
    fields = {key.lower(): item for key, item in value.items()} if isinstance(value, dict) else None
    given = None if fields is None else fields.get("ispastdue", False)
    if not isinstance(given, bool):
        raise BindingError(f'{function.name} is a timer: give it nothing, or {{"isPastDue": true}}.')
    return given
