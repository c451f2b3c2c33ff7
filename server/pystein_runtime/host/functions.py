"""The app's functions as the host runs them: bindings sorted by role, settings resolved, what is switched off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from . import expressions
from .settings import get

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pystein_runtime.worker.messages import Function as LoadedFunction

    from .host_config import HostConfig
    from .settings import Settings

_FUNCTION_NAME = re.compile(r"(?!host$)[a-z][a-z0-9_-]{0,127}", re.IGNORECASE)
_BINDING_NAME = re.compile(r"(?!.*__)[a-zA-Z_][a-zA-Z0-9_]{0,127}|\$return")
_UNRESOLVED = {"name", "type", "direction", "route"}
"""Binding properties in which the platform does not replace `%SETTING%`."""
RETRIABLE = {"timertrigger", "eventhubtrigger", "cosmosdbtrigger", "kafkatrigger"}
"""Triggers whose retry policy the platform honours (`SupportsRetryAttribute` of the WebJobs SDK); the others have
their service's own way of delivering again."""

HUB_TRIGGERS = {"orchestrationtrigger", "entitytrigger"}
"""Triggers whose functions answer to the task hub, which alone can make sense of it."""


class Binding(NamedTuple):
    """One binding of a function."""

    name: str
    type: str
    """As in function.json: `queueTrigger`."""
    out: bool
    properties: Mapping[str, Any]
    """The binding as function.json would have it, `%SETTING%` resolved."""

    def text(self, name: str) -> str:
        """A property as text; empty when it is not there."""
        value = self.properties.get(name)
        return "" if value is None else str(value)


class Function(NamedTuple):
    """A function that the host knows."""

    name: str
    id: str
    trigger: Binding
    inputs: tuple[Binding, ...]
    """Input bindings besides the trigger."""
    outputs: tuple[Binding, ...]
    """Output bindings, `$return` among them."""
    raw_bindings: tuple[Mapping[str, Any], ...]
    file: str
    line: int
    retry: Mapping[str, str] | None
    disabled: bool

    @property
    def trigger_type(self) -> str:
        """The trigger's type in lower case: `httptrigger`."""
        return self.trigger.type.lower()

    @property
    def result(self) -> Binding | None:
        """The `$return` binding."""
        return next((binding for binding in self.outputs if binding.name == "$return"), None)


class FunctionError(NamedTuple):
    """A function that the platform would refuse, and why."""

    function: str
    message: str


class FunctionSet(NamedTuple):
    """All functions of the app, by name in the order of the app."""

    functions: Mapping[str, Function]
    errors: tuple[FunctionError, ...] = ()

    def find(self, name: str) -> Function | None:
        """A function by name, without regard to case, as the admin API does."""
        found = self.functions.get(name)
        if found is None:
            found = next((item for item in self.functions.values() if item.name.lower() == name.lower()), None)
        return found

    def without(self, errors: Sequence[FunctionError]) -> FunctionSet:
        """The same with functions less that turned out to be in error."""
        if not errors:
            return self
        broken = {error.function for error in errors}
        left = {name: item for name, item in self.functions.items() if name not in broken}
        return FunctionSet(left, (*self.errors, *errors))


def build(
    loaded: Iterable[LoadedFunction], settings: Settings, config: HostConfig, only: Iterable[str] | None = None
) -> FunctionSet:
    """The functions of a loaded app; each is validated by itself, as azure-functions-host does.

    `only` (or the list in host.json) names the functions to run; the others are as if they did not exist.
    """
    names = _wanted(config, only)
    functions: dict[str, Function] = {}
    errors: list[FunctionError] = []
    for item in loaded:
        if names is not None and item.name.lower() not in names:
            continue
        try:
            functions[item.name] = _build(item, settings)
        except ValueError as error:
            errors.append(FunctionError(item.name, str(error)))
    return FunctionSet(functions, tuple(errors))


def left_out(loaded: Iterable[LoadedFunction], config: HostConfig, only: Iterable[str] | None = None) -> list[str]:
    """The functions that `build` leaves out."""
    names = _wanted(config, only)
    return [] if names is None else [item.name for item in loaded if item.name.lower() not in names]


def _wanted(config: HostConfig, only: Iterable[str] | None) -> set[str] | None:
    wanted = only if only is not None else config.functions
    return None if wanted is None else {name.lower() for name in wanted}


def is_durable(function: Function) -> bool:
    """Whether a function needs the app's task hub."""
    durable = function.trigger_type in HUB_TRIGGERS or function.trigger_type == "activitytrigger"
    return durable or any(binding.type.lower() == "durableclient" for binding in function.inputs)


def _build(loaded: LoadedFunction, settings: Settings) -> Function:
    if not _FUNCTION_NAME.fullmatch(loaded.name):
        raise ValueError(f"'{loaded.name}' is not a valid function name.")
    if not loaded.bindings:
        raise ValueError("At least one binding must be declared.")
    bindings = [_binding(raw, settings) for raw in loaded.bindings]
    names = [binding.name.lower() for binding in bindings]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"Multiple bindings with name '{name}' discovered. Binding names must be unique.")
    triggers = [binding for binding in bindings if not binding.out and binding.type.lower().endswith("trigger")]
    if not triggers:
        raise ValueError("No trigger binding specified. A function must have a trigger input binding.")
    return Function(
        name=loaded.name,
        id=loaded.id,
        trigger=triggers[0],
        inputs=tuple(binding for binding in bindings if not binding.out and binding is not triggers[0]),
        outputs=tuple(binding for binding in bindings if binding.out),
        raw_bindings=tuple(loaded.bindings),
        file=loaded.file,
        line=loaded.line,
        retry=loaded.retry,
        disabled=_is_disabled(loaded.name, settings),
    )


def _binding(raw: Mapping[str, Any], settings: Settings) -> Binding:
    name, kind, direction = str(raw.get("name", "")), str(raw.get("type", "")), str(raw.get("direction", "in")).lower()
    if not _BINDING_NAME.fullmatch(name):
        raise ValueError(f"The binding name {name} is invalid. Please assign a valid name to the binding.")
    if direction not in {"in", "out"}:
        raise ValueError(f"'{direction}' is not a valid binding direction.")
    if name == "$return" and direction != "out":
        raise ValueError("$return bindings must specify a direction of 'out'.")
    properties = {
        key: expressions.resolve_settings(value, lambda setting: get(settings, setting))
        if isinstance(value, str) and key not in _UNRESOLVED
        else value
        for key, value in raw.items()
    }
    return Binding(name, kind, direction == "out", properties)


def _is_disabled(name: str, settings: Settings) -> bool:
    return (get(settings, f"AzureWebJobs.{name}.Disabled") or "").lower() in {"true", "1"}
