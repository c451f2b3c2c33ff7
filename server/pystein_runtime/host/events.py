"""What a function is run with by hand: given, remembered in `.pystein/events/<function>.json`, or made up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from pystein_runtime.cloud.folder import FOLDER, prepare_folder, write_whole
from pystein_runtime.worker.messages import Datum

from . import triggers
from .bindings import BindingError
from .http import by_hand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .functions import Function
    from .triggers import Event, Listening


_TAKE_BYTES = {"httptrigger", "blobtrigger", "queuetrigger", "servicebustrigger", "eventhubtrigger"}


class Given(NamedTuple):
    """What somebody wants a function to be run with; what is None was not said."""

    data: str | None = None
    """A payload: JSON or any text. For HTTP the body, or a request's description when `file` is set."""
    method: str | None = None
    route: Mapping[str, str] = {}
    query: Mapping[str, str] = {}
    headers: Mapping[str, str] = {}
    remember: bool = False
    """Whether this is what to run the function with when nothing is said the next time."""
    file: str | None = None
    """Where the data come from when they are what people edit: an events file, or a sample of it."""
    raw: bytes | None = None
    """A payload of bytes that are no UTF-8; the data are empty then."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said at all."""
        return self.data is None and self.method is None and not (self.route or self.query or self.headers)


def path_for(root: Path, function: str) -> Path:
    """Where a function's event is remembered."""
    return root / FOLDER / "events" / f"{function}.json"


def sample(function: Function, config_prefix: str) -> Any:
    """A made-up event in the form that people edit."""
    if function.trigger_type == "httptrigger":
        return by_hand.sample(function, config_prefix)
    module = triggers.module_for(function)
    return {} if module is None else module.sample(function)


def remembered(root: Path, function: Function) -> str | None:
    """The text of a function's events file, if there is one."""
    try:
        text = path_for(root, function.name).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise BindingError(f"{path_for(root, function.name)} cannot be read: {error}.") from error
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def remember(root: Path, function: Function, given: Given) -> None:
    """Keep an event for the next time."""
    _write(
        root, function, by_hand.describe(given) if function.trigger_type == "httptrigger" else _value(given.data or "")
    )


def _write(root: Path, function: Function, value: Any) -> None:
    path = path_for(root, function.name)
    try:
        prepare_folder(root / FOLDER)
        path.parent.mkdir(exist_ok=True)
        write_whole(path, json.dumps(value, indent=2, ensure_ascii=False) + "\n")
    except OSError as error:
        raise BindingError(f"{path} cannot be written: {error.strerror}.") from error


async def make(function: Function, given: Given, root: Path, host: Listening, base: str) -> Event:
    """The event to run a function with: the given one, the remembered one, or a sample.

    Raises:
        BindingError: it cannot be an event of this trigger.
    """
    if given.raw is None:
        return await _of_text(function, given, root, host, base)
    if given.remember:
        raise BindingError("Only text can be remembered: these bytes are no UTF-8.")
    if function.trigger_type not in _TAKE_BYTES:
        raise BindingError(f"{function.name} takes text: these bytes are no UTF-8.")
    return _with_bytes(await _of_text(function, given._replace(data=""), root, host, base), given.raw)


def _with_bytes(event: Event, raw: bytes) -> Event:
    kind, value = event.datum
    if kind == "http":
        return event._replace(datum=Datum("http", value._replace(body=Datum("bytes", raw))))
    if kind is not None and kind.startswith("collection_"):
        return event._replace(datum=Datum("collection_bytes", [raw]))
    return event._replace(datum=Datum("bytes", raw))


async def _of_text(function: Function, given: Given, root: Path, host: Listening, base: str) -> Event:
    if function.trigger_type == "httptrigger" and not (given.is_empty or given.route or given.file):
        given = given._replace(route=_route(root, function, host.config.route_prefix))
    if given.is_empty:
        text = remembered(root, function)
        if text is None:
            made_up = sample(function, host.config.route_prefix)
            text = json.dumps(made_up)
            if given.remember:
                _write(root, function, made_up)
        given = Given(data=text, file=str(path_for(root, function.name)))
    elif given.remember:
        remember(root, function, given)
    if function.trigger_type == "httptrigger":
        return by_hand.to_event(function, given, host.config.route_prefix, base)
    if given.method is not None or given.route or given.query or given.headers:
        raise BindingError(f"{function.name} is no HTTP function: it takes data only.")
    module = triggers.module_for(function)
    if module is None:
        from .triggers import other  # noqa: PLC0415 - seldom needed

        return other.from_data(function, given.data or "")
    event: Event = await module.from_data(function, given.data or "", host)
    return event


def _route(root: Path, function: Function, prefix: str) -> dict[str, str]:
    """The route values of a request that was given without any: those that are remembered, or else a sample's."""
    values = _value(remembered(root, function) or "")
    route = values.get("route") if isinstance(values, dict) else None
    made_up: dict[str, str] = by_hand.sample(function, prefix)["route"]
    known = {str(name): str(value) for name, value in route.items()} if isinstance(route, dict) else {}
    return {**made_up, **{name: value for name, value in known.items() if name in made_up}}


def _value(text: str) -> Any:
    """What is kept of a payload: JSON that people can edit, where that is read back as the very text that was given."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value if not isinstance(value, str) and json.dumps(value, ensure_ascii=False) == text else text
