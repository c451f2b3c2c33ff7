"""Kafka: the topics of the local broker and their last records."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from pystein_runtime.dashboard import values
from pystein_runtime.kafka import broker, contents
from pystein_runtime.kafka.library import KafkaError

from . import LIMIT, offset, required

if TYPE_CHECKING:
    from collections.abc import Mapping

    from . import Cloud


async def listed(_cloud: Cloud) -> list[dict[str, Any]]:
    """The topics with the numbers of their records; none where no local broker runs, or it does not answer."""
    address = broker.running()
    if address is None:
        return []
    try:
        found = await asyncio.to_thread(contents.topics, address)
    except KafkaError:
        return []
    return [{"name": name, "count": count} for name, count in found.items()]


async def shown(_cloud: Cloud, query: Mapping[str, str]) -> dict[str, Any]:
    """The records of a topic, the last one first."""
    name, skip = required(query, "name"), offset(query)
    address = broker.running()
    if address is None:
        raise values.Unusable("No local broker runs.", 404)
    messages = await asyncio.to_thread(contents.latest, address, name, skip + LIMIT)
    return {"name": name, "items": [_shown(message) for message in messages[skip:]]}


def _shown(message: Any) -> dict[str, Any]:
    key = message.key()
    return {
        "id": f"{message.partition()}/{message.offset()}",
        "partition": message.partition(),
        **(values.content(key, "key") if key is not None else {"key": None}),
        "inserted": values.moment(message.timestamp()[1] / 1000),
        **values.content(message.value() or b""),
        "headers": {name: values.content(value or b"")["body"] for name, value in message.headers() or ()},
    }
