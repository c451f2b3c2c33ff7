"""Faster replays of durable orchestrations.

An orchestrator is replayed from its beginning at every turn, so what the durable package (1.x) does for one event it does again and
again. Three of these things are replaced by equal ones: it parses every timestamp with dateutil, which takes most of the
time; it makes a JSON codec for custom objects for every input and result, which are plain texts mostly; and it reads an
environment variable for each of them.
"""

from __future__ import annotations

import json
import os
import re
import sys
from datetime import datetime
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", re.ASCII)
_REMEMBERED = 32768  # moments: the histories of some orchestrations that take thousands of steps; 10 MB at most
_HISTORY = "azure.durable_functions.models.history.HistoryEvent"
_CODEC = "azure.functions._durable_functions"
_PLAIN = frozenset({str, int, float, bool, type(None)})


def replay_faster() -> None:
    """Give the durable package, where the app has imported it, what it does most in equal forms that take less time."""
    if _HISTORY not in sys.modules:
        return
    read_timestamps_faster()
    codec = sys.modules.get(_CODEC)
    if codec is None:
        return
    if getattr(codec, "json", None) is json:
        codec.json = plain_first()  # type: ignore[attr-defined] # it has one
    is_strict, variable = getattr(codec, "_is_strict_mode", None), getattr(codec, "_STRICT_ENV_VAR", None)
    if is_strict is not None and variable is not None:
        codec._is_strict_mode = remembered(is_strict, variable)  # type: ignore[attr-defined] # the same


def plain_first() -> ModuleType:
    """The module `json`, which asks for no help with custom objects where there can be none."""
    module = ModuleType("json")
    module.__dict__.update(json.__dict__)

    def loads(text: Any, *, object_hook: Any = None, **more: Any) -> Any:
        if type(text) is str and "{" not in text and not more:
            return json.loads(text)
        return json.loads(text, object_hook=object_hook, **more)

    def dumps(value: Any, *, default: Any = None, **more: Any) -> str:
        if type(value) in _PLAIN and not more:
            return json.dumps(value)
        return json.dumps(value, default=default, **more)

    module.__dict__.update(loads=loads, dumps=dumps)
    return module


def remembered(original: Callable[[], bool], variable: str) -> Callable[[], bool]:
    """What depends on an environment variable alone, worked out again only when that has changed."""
    data = getattr(os.environ, "_data", None)
    if data is None:  # os.environ itself spends its time in translating names and values
        return original
    key = os.environ.encodekey(variable)
    known: dict[Any, bool] = {}

    def read() -> bool:
        value = data.get(key)
        if value not in known:
            known[value] = original()
        return known[value]

    return read


def read_timestamps_faster() -> None:
    """Give the durable package, where the app has imported it, an equal parser that is thirty times as fast."""
    history = sys.modules.get(_HISTORY)
    original = getattr(history, "dt_parse", None)
    if history is not None and original is not None:
        history.dt_parse = faster(original)  # type: ignore[attr-defined] # it has one


def faster(original: Callable[[Any], datetime]) -> Callable[[Any], datetime]:
    """A parser that takes the short way for 2024-01-02T03:04:05.6789Z, from Python 3.11 on, and remembers."""
    utc = original("2024-01-02T03:04:05.6789Z").tzinfo  # dateutil's own, or its local zone where that is called UTC

    @lru_cache(_REMEMBERED)
    def parse_text(text: str) -> datetime:
        if _FORM.fullmatch(text):
            try:
                return datetime.fromisoformat(text).replace(tzinfo=utc)
            except ValueError:
                pass
        return original(text)

    return lambda given: parse_text(given) if isinstance(given, str) else original(given)
