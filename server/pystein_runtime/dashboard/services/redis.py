"""Redis: the keys of the app's local server, and what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pystein_runtime.dashboard import values
from pystein_runtime.redis import clients, server

from . import LIMIT, offset, required

if TYPE_CHECKING:
    from collections.abc import Mapping

    from . import Cloud

_LENGTHS = {"list": "LLEN", "stream": "XLEN", "hash": "HLEN", "set": "SCARD", "zset": "ZCARD"}


async def listed(cloud: Cloud) -> list[dict[str, Any]]:
    """The first keys by their names, with their types and how much they hold; none where no local server answers."""
    client = _client(cloud)
    if client is None:
        return []
    try:
        async with client:
            with clients.refusing("The local Redis does not say what it holds"):
                names = sorted([name async for name in client.scan_iter(count=LIMIT)])[:LIMIT]
                return [await _listed(client, name) for name in names]
    except clients.RedisError:
        return []


async def _listed(client: Any, name: bytes) -> dict[str, Any]:
    kind = clients.text_of(await client.type(name))
    count = await client.execute_command(_LENGTHS[kind], name) if kind in _LENGTHS else 1
    return {"name": clients.text_of(name), "kind": kind, "count": count}


async def shown(cloud: Cloud, query: Mapping[str, str]) -> dict[str, Any]:
    """What is in a key: the entries of a list or a stream (the last one first), the fields of a hash, a text."""
    name, skip = required(query, "name"), offset(query)
    client = _client(cloud)
    if client is None:
        raise values.Unusable("No local Redis runs.", 404)
    async with client:
        with clients.refusing(f"The local Redis does not show {name}"):
            kind = clients.text_of(await client.type(name))
            if kind == "none":
                raise values.Unusable(f"There is no key {name}.", 404)
            return {"name": name, "items": await _items(client, name, kind, skip)}


async def _items(client: Any, name: str, kind: str, skip: int) -> list[dict[str, Any]]:
    end = skip + LIMIT
    if kind == "string":
        return [{"id": "", **values.content(await client.get(name))}]
    if kind == "list":
        found = await client.lrange(name, skip, end - 1)
        return [{"id": str(skip + number), **values.content(value)} for number, value in enumerate(found)]
    if kind == "stream":
        return [_entry(*entry) for entry in (await client.xrevrange(name, count=end))[skip:]]
    if kind == "hash":
        pairs = sorted((await client.hgetall(name)).items())[skip:end]
        return [
            {"id": clients.text_of(field), "body": {clients.text_of(field): clients.text_of(value)}}
            for field, value in pairs
        ]
    if kind == "zset":
        scored = await client.zrange(name, skip, end - 1, withscores=True)
        return [{"id": clients.text_of(value), "score": score, **values.content(value)} for value, score in scored]
    members = sorted(await client.smembers(name))[skip:end] if kind == "set" else []
    return [{"id": clients.text_of(value), **values.content(value)} for value in members]


def _entry(id_: bytes, fields: Mapping[bytes, bytes]) -> dict[str, Any]:
    """An entry of a stream, whose id begins with its time."""
    text = clients.text_of(id_)
    return {
        "id": text,
        "inserted": values.moment(int(text.partition("-")[0]) / 1000),
        "body": {clients.text_of(name): clients.text_of(value) for name, value in fields.items()},
    }


def _client(cloud: Cloud) -> Any:
    place = server.running(cloud.services.root / ".pystein" / "redis")
    return None if place is None else clients.connect(place)
