"""What a task hub needs of the app, and how it finds and runs its functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from pystein_runtime.host.triggers import Event as HostEvent
from pystein_runtime.worker.messages import Datum

from .model import DurableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pystein_runtime.host.functions import Function
    from pystein_runtime.host.host_config import HostConfig
    from pystein_runtime.host.invocation import Outcome

WORKER_GONE = "WorkerProcessExitException"
CRASHES = 3
"""After so many ends of the worker, a function is taken for their cause."""

_KINDS = {"orchestrationtrigger": "orchestration", "activitytrigger": "activity", "entitytrigger": "entity_name"}
_NOUNS = {
    "orchestrationtrigger": "orchestrator", "activitytrigger": "activity", "entitytrigger": "entity",
}  # fmt: skip


class App(Protocol):
    """The app, as its task hub knows it."""

    @property
    def config(self) -> HostConfig:
        """What host.json says."""

    async def run_silently(self, function: Function, event: HostEvent) -> Outcome:
        """Run a function without telling anybody."""

    def show(self, outcome: Outcome) -> None:
        """Tell what became of an invocation."""

    def report(self, message: str) -> None:
        """Tell the user what went wrong."""


class Functions(NamedTuple):
    """The app's durable functions of one kind, by name in lower case."""

    trigger: str
    by_name: Mapping[str, Function]

    def find(self, name: str) -> Function | None:
        """A function by its durable name, without regard to case, as the extension compares them."""
        return self.by_name.get(name.lower())

    def get(self, name: str) -> Function:
        """The same.

        Raises:
            DurableError: as `check`.
        """
        self.check(name)
        return self.by_name[name.lower()]

    def check(self, name: str) -> None:
        """Refuse a name that no function has.

        Raises:
            DurableError: with the extension's text (azure-functions-durable-extension, `ThrowIfFunctionDoesNotExist`).
        """
        if name.lower() in self.by_name:
            return
        noun = _NOUNS[self.trigger]
        article = "an" if noun[0] in "aeo" else "a"
        names = ", ".join(f"'{durable_name(function)}'" for function in self.by_name.values())
        known = f"The following are the known {noun} functions: {names}."
        raise DurableError(
            400,
            f"The function '{name}' doesn't exist, is disabled, or is not {article} {noun} function. Additional info:"
            f" {known if names else f'No {noun} functions are currently registered!'}",
        )


def durable_name(function: Function) -> str:
    """The name under which orchestrations know a function."""
    return function.trigger.text(_KINDS[function.trigger_type]) or function.name


def of_kind(functions: Iterable[Function], trigger: str) -> Functions:
    """The functions with a trigger that are not disabled."""
    return Functions(
        trigger,
        {
            durable_name(function).lower(): function
            for function in functions
            if function.trigger_type == trigger and not function.disabled
        },
    )


def to_event(text: str, reason: str) -> HostEvent:
    """The event of an orchestrator or an entity."""
    return HostEvent(Datum("string", text), {}, {}, reason)
