"""Orchestrations in tests: real orchestrators and entities, activities real or replaced, and a time that tests let pass.

A timer of three days takes milliseconds: while nothing runs, the clock of the app's task hub goes on to the next moment
at which there is something to do.
"""

from __future__ import annotations

import json
import math
import time
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from .results import LogRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pystein_runtime.durable.app import App
    from pystein_runtime.durable.hub import Hub
    from pystein_runtime.host.functions import Function
    from pystein_runtime.host.host_config import HostConfig
    from pystein_runtime.host.invocation import Outcome
    from pystein_runtime.host.triggers import Event
    from pystein_runtime.worker.messages import Log

    from .function_app import FunctionApp

_PATIENCE = 60.0  # seconds of real time that an orchestration may take


class Call(NamedTuple):
    """Something that an orchestration has called or waited for."""

    kind: str
    """`activity`, `orchestration`, `timer`, `event`, `entity`, `signal` or `http`."""
    name: str
    """Of the function, the event or the entity's operation."""
    input: Any
    result: Any
    error: str | None
    scheduled: datetime
    ended: datetime | None
    """None: it has not."""


class Orchestration(NamedTuple):
    """An instance as it is now."""

    instance_id: str
    name: str
    status: str
    """As the platform has it: `Running`, `Completed`, `Failed`, `Terminated`, `Suspended`, `Pending`."""
    output: Any
    """As JSON has it; of a failed one why it has failed."""
    custom_status: Any
    input: Any
    created: datetime
    updated: datetime
    calls: list[Call]
    """What it has called and waited for, in that order."""
    history: list[dict[str, Any]]
    """Its history as the platform shows it."""
    logs: list[LogRecord]
    """What its functions have logged."""

    @property
    def duration(self) -> timedelta:
        """From its beginning until its end, or now, in its own time."""
        return self.updated - self.created


class OrchestrationError(Exception):
    """An orchestration did not come to its end as it should; `orchestration` is how far it came."""

    def __init__(self, text: str, orchestration: Orchestration) -> None:
        calls = "".join(
            f"\n  {call.kind} {call.name}({json.dumps(call.input, ensure_ascii=False)})"
            f" -> {call.error or ('...' if call.ended is None else json.dumps(call.result, ensure_ascii=False))}"
            for call in orchestration.calls
        )
        super().__init__(text + (f"\nIt called:{calls}" if calls else ""))
        self.orchestration = orchestration


class Replacement:
    """A function of the test in place of an activity."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self.function = function
        self.inputs: list[Any] = []
        """What it was called with."""

    def __call__(self, given: Any) -> Any:
        """Run it."""
        self.inputs.append(given)
        return self.function(given)


class Durable:
    """The orchestrations of an app."""

    def __init__(self, app: FunctionApp) -> None:
        self._app = app
        self._background = app.cloud.background
        self._stage = _Stage(app._application)
        self._background.run(self._open())

    # -- what a test does -------------------------------------------------------------------------------------

    def replace(self, activity: str, function: Callable[[Any], Any]) -> Replacement:
        """Run a function of the test in place of an activity, from now on.

        Args:
            activity: its name, without regard to case.
            function: gets the input as JSON has it and gives the result; what it raises is the activity's failure.
        """
        known = self._activities()
        if activity.lower() not in {name.lower() for name in known}:
            said = f"The app's activities are {', '.join(known)}." if known else "The app has none."
            pytest.fail(f"There is no activity '{activity}'. {said}", pytrace=False)
        replacement = self._stage.replacements[activity.lower()] = Replacement(function)
        return replacement

    def run(
        self, orchestrator: str, data: Any = None, *, instance_id: str | None = None, version: str | None = None,
        events: Mapping[str, Any] | None = None, check: bool = True,
    ) -> Orchestration:  # fmt: skip
        """Run an orchestration to its end; time passes as it needs.

        Args:
            orchestrator: the function's name.
            data: the input.
            instance_id: None: a new one.
            version: of the orchestration.
            events: external events that have come when it begins: name and value.
            check: whether an orchestration that does not complete shall fail the test.

        Raises:
            OrchestrationError: it failed, and `check` is set; or it waits for something that will not happen.
        """
        instance_id = self.start(orchestrator, data, instance_id=instance_id, version=version, events=events)
        return self.finish(instance_id, check=check)

    def start(
        self, orchestrator: str, data: Any = None, *, instance_id: str | None = None, version: str | None = None,
        events: Mapping[str, Any] | None = None,
    ) -> str:  # fmt: skip
        """Begin an orchestration, go on until it waits for something, and give its id. No time passes."""
        return self._background.run(self._start(orchestrator, data, instance_id, version, events or {}))

    def raise_event(self, instance_id: str, name: str, data: Any = None) -> None:
        """Send an external event, and go on until there is something to wait for. No time passes."""
        from pystein_runtime.durable import operations  # noqa: PLC0415 - not before a test asks

        text = _json(data, f"the value of the event {name}")
        self._do(lambda hub: operations.raise_event(hub, instance_id, name, text))

    def terminate(self, instance_id: str, reason: str = "") -> None:
        """End an orchestration."""
        from pystein_runtime.durable import operations  # noqa: PLC0415 - not before a test asks

        self._do(lambda hub: operations.terminate(hub, instance_id, reason))

    def signal(self, entity: str, key: str, operation: str, data: Any = None) -> None:
        """Signal an entity, and wait until it has done what it was told. No time passes."""
        from pystein_runtime.durable import operations  # noqa: PLC0415 - not before a test asks

        text = _json(data, f"the input of {entity}.{operation}")
        self._do(lambda hub: operations.signal(hub, entity, key, operation, text))

    def sleep(self, time: timedelta) -> None:
        """Let time pass: what is due meanwhile happens, each at its moment."""
        self._background.run(self._sleep(time.total_seconds()))

    def finish(self, instance_id: str, *, check: bool = True) -> Orchestration:
        """Let time pass until an orchestration has come to its end.

        Raises:
            OrchestrationError: it failed, and `check` is set; or it waits for something that will not happen.
        """
        self._background.run(self._finish(instance_id))
        found = self.get(instance_id)
        if found.status in {"Pending", "Running", "Suspended"}:
            waits = [f"{call.kind} {call.name}" for call in found.calls if call.ended is None]
            text = f"{found.name} is {found.status} and waits for {', '.join(waits) or 'an external event'}."
            raise OrchestrationError(f"{text} Nothing is due that could let it go on.", found)
        if check and found.status != "Completed":
            raise OrchestrationError(f"{found.name} has ended as {found.status}: {found.output}", found)
        return found

    def get(self, instance_id: str) -> Orchestration:
        """An orchestration as it is now; the test fails where there is none with this id."""
        return self._background.run(self._get(instance_id))

    def entity(self, entity: str, key: str) -> Any:
        """The state of an entity; None: it has none."""
        return self._background.run(self._entity(entity, key))

    @property
    def now(self) -> datetime:
        """The time that orchestrations know."""
        return datetime.fromtimestamp(self._clock.now(), timezone.utc)

    def _activities(self) -> list[str]:
        from pystein_runtime.durable.app import durable_name  # noqa: PLC0415 - not before a test asks

        functions = self._app._application.functions.functions.values()
        return sorted(durable_name(each) for each in functions if each.trigger_type == "activitytrigger")

    # -- in the loop ------------------------------------------------------------------------------------------

    async def _open(self) -> None:
        from pystein_runtime.durable.clock import VirtualClock  # noqa: PLC0415 - not before a test asks

        task_hub = self._app._application.task_hub
        if task_hub is None:
            pytest.fail("The app has no durable functions.", pytrace=False)
        self._hub: Hub = task_hub.hub
        self._clock = VirtualClock()
        self._hub.clock = self._clock
        self._hub.app = self._stage
        self._hub.open(recover=False)

    async def _start(
        self, name: str, data: Any, id_: str | None, version: str | None, events: Mapping[str, Any]
    ) -> str:
        from pystein_runtime.durable import operations  # noqa: PLC0415 - not before a test asks
        from pystein_runtime.durable.model import DurableError  # noqa: PLC0415

        given = None if data is None else _json(data, f"the input of {name}")
        sent = {event: _json(value, f"the value of the event {event}") for event, value in events.items()}
        try:
            id_ = operations.start(self._hub, name, id_, given, version)
        except DurableError as error:
            pytest.fail(str(error), pytrace=False)
        self._hub.logs[id_] = self._stage.logs.setdefault(id_, [])
        for event, text in sent.items():
            operations.raise_event(self._hub, id_, event, text)
        await self._settle()
        return id_

    def _do(self, operation: Callable[[Hub], None]) -> None:
        async def work() -> None:
            from pystein_runtime.durable.model import DurableError  # noqa: PLC0415 - not before a test asks

            try:
                operation(self._hub)
            except DurableError as error:
                pytest.fail(str(error) or f"There is no such orchestration ({error.status}).", pytrace=False)
            await self._settle()

        self._background.run(work())

    async def _settle(self) -> None:
        """Wait until nothing goes on before more time passes."""
        import asyncio  # noqa: PLC0415 - not before a test asks

        still = self._clock.still()
        self._hub.rest()
        await asyncio.wait_for(still, _PATIENCE)

    async def _sleep(self, seconds: float) -> None:
        self._clock.allow(self._clock.now() + seconds)
        await self._settle()

    async def _finish(self, id_: str) -> None:
        import asyncio  # noqa: PLC0415 - not before a test asks

        loop = asyncio.get_running_loop()
        end = loop.create_task(self._hub.wait(id_, _PATIENCE))
        self._clock.allow(math.inf)
        still = loop.create_task(self._settle())
        try:
            await asyncio.wait((end, still), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._clock.stand()
            still.cancel()
            end.cancel()
        await self._settle()  # such as what it has signaled to entities last

    async def _get(self, id_: str) -> Orchestration:
        from pystein_runtime.durable import status, timeline  # noqa: PLC0415 - not before a test asks

        instance = self._hub.store.instance(id_)
        if instance is None:
            pytest.fail(f"There is no such orchestration: '{id_}'.", pytrace=False)
        episodes = self._hub.store.episodes(id_)
        shown = timeline.of(instance, episodes)
        return Orchestration(
            instance_id=id_,
            name=instance.name,
            status=instance.status,
            output=shown["output"],
            custom_status=shown["customStatus"],
            input=shown["input"],
            created=_moment(shown["created"]),
            updated=_moment(shown["updated"]),
            calls=[
                Call(
                    span["kind"], span["name"], span["input"], span.get("result"), span.get("error"),
                    _moment(span["scheduled"]), None if span["ended"] is None else _moment(span["ended"]),
                )
                for span in shown["spans"]
            ],
            history=status.history(episodes, show_output=True, show_input=True),
            logs=[
                LogRecord(log.level, log.message, log.category, log.exception) for log in self._stage.logs.get(id_, ())
            ],
        )  # fmt: skip

    async def _entity(self, name: str, key: str) -> Any:
        from pystein_runtime.durable.names import entity_id  # noqa: PLC0415 - not before a test asks

        state = self._hub.store.entity(entity_id(name, key))
        return None if state is None else json.loads(state)


class _Stage:
    """The app as its task hub knows it, with functions of the test in place of some activities."""

    def __init__(self, app: App) -> None:
        self._app = app
        self.replacements: dict[str, Replacement] = {}
        self.logs: dict[str, list[Log]] = {}

    @property
    def config(self) -> HostConfig:
        """What host.json says."""
        return self._app.config

    async def run_silently(self, function: Function, event: Event) -> Outcome:
        """Run a function, or what the test has put in its place."""
        from pystein_runtime.durable.app import durable_name  # noqa: PLC0415 - not before a test asks

        replacement = self.replacements.get(durable_name(function).lower())
        if replacement is None or function.trigger_type != "activitytrigger":
            return await self._app.run_silently(function, event)
        return _outcome(function, replacement, json.loads(event.datum.value))

    def show(self, outcome: Outcome) -> None:
        """Tell what became of an invocation."""
        self._app.show(outcome)

    def report(self, message: str) -> None:
        """Tell what went wrong."""
        self._app.report(message)


def _outcome(function: Function, replacement: Replacement, given: Any) -> Outcome:
    from pystein_runtime.host.invocation import Outcome, invocation_id  # noqa: PLC0415 - not before a test asks
    from pystein_runtime.worker.messages import Datum, Error  # noqa: PLC0415

    result, error = None, None
    try:
        result = Datum("json", json.dumps(replacement(given)))
    except Exception as raised:  # as it would be the activity's own
        error = Error(type(raised).__name__, str(raised), "")
    return Outcome(invocation_id(), function.name, error is None, result, {}, error, 0.0, time.time(), "(null)", [], [])


def _json(data: Any, what: str) -> str:
    try:
        return json.dumps(data)
    except (TypeError, ValueError) as error:
        pytest.fail(f"{what} is not JSON: {error}", pytrace=False)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


@pytest.fixture
def durable(function_app: FunctionApp) -> Durable:
    """The orchestrations of `function_app`, in virtual time."""
    return Durable(function_app)
