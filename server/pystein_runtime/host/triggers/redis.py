"""The Redis triggers: entries that are taken from a list, entries of a stream, messages of a channel.

Facts: azure-functions-redis-extension, `RedisListListener`, `RedisStreamListener`, `RedisPubSubListener` and the value
providers. As there, an entry of a list is gone when it has been taken, a stream's is acknowledged whether the function
has succeeded or not, and a message that nobody listens to is lost. The bindings have no decorators of their own: Python
apps name them by `generic_trigger(type="redisListTrigger", ...)`.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from pystein_runtime.host.connections import redis as redis_connections
from pystein_runtime.redis.clients import RedisError, refusing, text_of
from pystein_runtime.worker.messages import Datum

from . import BY_HAND, Event
from .metadata import combine
from .polling import Poller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pystein_runtime.host.functions import Function

    from . import Listener, Listening

_BATCH = 16
_POLL_MILLISECONDS = 1000
_LISTEN_SECONDS = 0.5  # until a channel's listener looks whether it is to stop
_CONSUMER = "pystein"  # one name always: what a killed host had begun belongs to the next


def create(functions: Sequence[Function], host: Listening) -> list[Listener]:
    """One listener for each function."""
    kinds = {"redislisttrigger": _List, "redisstreamtrigger": _Stream, "redispubsubtrigger": _Channel}
    return [kinds[function.trigger_type](function, host) for function in functions]


class _Redis(Poller):
    """Waits at one Redis for one function; what it waits for is the subclass's."""

    refusals = (RedisError,)

    def __init__(self, function: Function, host: Listening) -> None:
        super().__init__(function, host)
        trigger = function.trigger
        self._key = trigger.text("key") or trigger.text("channel")
        self._batch = _number(trigger.properties.get("maxBatchSize"), _BATCH)
        self._pause = _number(trigger.properties.get("pollingIntervalInMs"), _POLL_MILLISECONDS) / 1000

    async def start(self) -> None:
        """Begin to wait.

        Raises:
            RedisError: Redis is out of reach, or there is none.
        """
        self._client = redis_connections.client(self.host.services, self.function.trigger)
        with refusing(f"Redis cannot be reached for '{self._key}'"):
            await self._client.ping()
            await self._prepare()
        self.begin(self._key)

    async def close(self) -> None:
        """Disconnect."""
        await self._client.aclose()

    async def poll(self) -> None:
        """Wait for what comes next, and deal with it."""
        with refusing(f"{self.label} cannot read '{self._key}'"):
            await self._take()

    async def _prepare(self) -> None:
        """What has to be there before."""

    async def _take(self) -> None:
        raise NotImplementedError


class _List(_Redis):
    """Takes entries from one end of a list, and runs the function for all of them at once."""

    async def _take(self) -> None:
        from_right = self.function.trigger.text("listDirection").upper() == "RIGHT"
        values = await (self._client.rpop if from_right else self._client.lpop)(self._key, self._batch) or []
        reason = f"(Reason='New entries of the list '{self._key}'.')"
        await asyncio.gather(*(self.run(_list_event(self._key, text_of(value), reason)) for value in values))
        await self.sleep(self._pause)


class _Stream(_Redis):
    """Reads a stream as a group of the function's name."""

    _after = "0"
    """Where to read: first what a host before had begun, then `>`, what is new."""

    async def _prepare(self) -> None:
        groups = await self._client.xinfo_groups(self._key) if await self._client.exists(self._key) else []
        if self.function.name not in {text_of(group["name"]) for group in groups}:
            await self._client.xgroup_create(self._key, self.function.name, "0", mkstream=True)

    async def _take(self) -> None:
        streams = {self._key: self._after}
        found = await self._client.xreadgroup(self.function.name, _CONSUMER, streams, count=self._batch)
        entries = found[0][1] if found else []
        await asyncio.gather(*(self._one(text_of(id_), values) for id_, values in entries))
        if self._after == ">":
            await self.sleep(self._pause)
        elif not entries:
            self._after = ">"

    async def _one(self, id_: str, values: Any) -> None:
        texts = {text_of(name): text_of(value) for name, value in (values or {}).items()}
        event = _stream_event(self._key, id_, texts, f"(Reason='New entries of the stream '{self._key}'.')")
        if not (await self.run(event)).interrupted:
            await self._client.xack(self._key, self.function.name, id_)


class _Channel(_Redis):
    """Listens to a channel, or to all that a pattern names, one message after the other."""

    async def _prepare(self) -> None:
        self._messages = self._client.pubsub(ignore_subscribe_messages=True)
        is_pattern = str(self.function.trigger.properties.get("pattern", "")).lower() == "true"
        await (self._messages.psubscribe if is_pattern else self._messages.subscribe)(self._key)

    async def _take(self) -> None:
        message = await self._messages.get_message(timeout=_LISTEN_SECONDS)
        if message is not None:
            channel, text = text_of(message["channel"]), text_of(message["data"])
            reason = f"(Reason='New message of the channel '{channel}'.')"
            await self.run(_channel_event(self._key, channel, text, reason))


def _list_event(key: str, value: str, reason: str) -> Event:
    metadata, data = combine({"Key": key, "Value": value}, value)
    return Event(Datum("string", value), metadata, data, reason)


def _stream_event(key: str, id_: str, values: dict[str, str], reason: str) -> Event:
    text = json.dumps({"Id": id_, "Values": values}, ensure_ascii=False, separators=(",", ":"))
    metadata, data = combine({"Key": key, "Id": id_, "Values": values}, text)
    return Event(Datum("string", text), metadata, data, reason)


def _channel_event(subscription: str, channel: str, message: str, reason: str) -> Event:
    known = {"SubscriptionChannel": subscription, "Channel": channel, "Message": message}
    text = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    metadata, data = combine(known, text)
    return Event(Datum("string", text), metadata, data, reason)


def _number(value: Any, default: int) -> int:
    text = str(value if value is not None else "")
    return int(text) if text.isdecimal() and int(text) > 0 else default


def sample(function: Function) -> Any:
    """An event to begin with: an entry's value, its fields, or a message."""
    return {"name": "sample"} if function.trigger_type == "redisstreamtrigger" else "sample"


async def from_data(function: Function, data: str, _host: Listening) -> Event:
    """The event of a value, of a stream's fields or of a message that somebody gave by hand."""
    key = function.trigger.text("key") or function.trigger.text("channel")
    if function.trigger_type == "redislisttrigger":
        return _list_event(key, data, BY_HAND)
    if function.trigger_type == "redispubsubtrigger":
        return _channel_event(key, key, data, BY_HAND)
    try:
        given = json.loads(data)
    except ValueError:
        given = {"value": data}
    values = given if isinstance(given, dict) else {"value": data}
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}
    return _stream_event(key, "0-1", texts, BY_HAND)
