"""What the worker gets in place of settings that mean the local Kafka broker or the local Redis.

Imported before the worker is started, so it is light; the servers are started only for an app that names them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_KAFKA = ("kafka", "brokerlist")
_REDIS = ("redis",)
_ENDS = (
    "broker", "brokers", "brokerlist", "server", "servers", "host", "address", "endpoint", "connection", "connectionstring",
    "url", "kafka", "redis", "cache",
)  # fmt: skip
"""How the names of settings end that are an address."""


def environment(variables: dict[str, str], settings: Mapping[str, str], root: Path) -> dict[str, str]:
    """The worker's environment with true addresses in empty settings whose names say what they are."""
    empty = [name for name in settings if variables.get(name) == ""]
    found = dict(variables)
    if kafka := [name for name in empty if _is(name, _KAFKA)]:
        found.update(dict.fromkeys(kafka, _kafka()))
    if redis := [name for name in empty if _is(name, _REDIS)]:
        place = _redis(root)
        found.update({name: f"redis://{place}" if place and name.lower().endswith("url") else place for name in redis})
    return found


def _is(name: str, words: tuple[str, ...]) -> bool:
    plain = name.lower().replace("_", "")
    return any(word in plain for word in words) and plain.endswith(_ENDS)


def _kafka() -> str:
    from pystein_runtime.kafka import broker  # noqa: PLC0415 - of apps with Kafka only
    from pystein_runtime.kafka.library import KafkaError  # noqa: PLC0415

    try:
        return broker.address()
    except KafkaError:  # without the package there is no broker; triggers and outputs say so
        return ""


def _redis(root: Path) -> str:
    from pystein_runtime.redis import server  # noqa: PLC0415 - of apps with Redis only
    from pystein_runtime.redis.clients import RedisError  # noqa: PLC0415

    try:
        return server.address(root / ".pystein" / "redis")
    except RedisError:  # triggers and bindings say so
        return ""
