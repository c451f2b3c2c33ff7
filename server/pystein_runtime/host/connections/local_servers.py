"""What the worker gets in place of settings that mean the local Kafka broker or the local Redis.

Imported before the worker is started, so it is light; the servers are started only for an app that names them.
"""

from __future__ import annotations

import socket
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KAFKA_PORT, REDIS_PORT = 9092, 6379
_HERE = ("localhost", "127.0.0.1", "[::1]")
_KAFKA = ("kafka", "brokerlist")
_REDIS = ("redis",)
_ENDS = (
    "broker", "brokers", "brokerlist", "server", "servers", "host", "address", "endpoint", "connection", "connectionstring",
    "url", "kafka", "redis", "cache",
)  # fmt: skip
"""How the names of settings end that are an address."""


def environment(variables: dict[str, str], settings: Mapping[str, str], root: Path) -> dict[str, str]:
    """The worker's environment with true addresses in settings that mean a local server.

    Those are empty ones whose names say what they are, and usual addresses of this machine where nobody answers.
    """
    known = {name: variables[name] for name in settings if name in variables}
    kafka = [name for name, value in known.items() if _is(name, value, _KAFKA, KAFKA_PORT)]
    redis = [name for name, value in known.items() if _is(name, value, _REDIS, REDIS_PORT)]
    found = dict(variables)
    if kafka and (broker := _kafka()):
        found.update(dict.fromkeys(kafka, broker))
    if redis and (place := _redis(root)):
        found.update({name: f"redis://{place}" if name.lower().endswith("url") else place for name in redis})
    return found


def running(root: Path) -> dict[str, str]:
    """Where the local servers are that an app has needed so far, by service."""
    broker, server = (sys.modules.get(f"pystein_runtime.{name}") for name in ("kafka.broker", "redis.server"))
    found = {
        "kafka": broker.running() if broker else None,
        "redis": server.running(root / ".pystein" / "redis") if server else None,
    }
    return {name: place for name, place in found.items() if place is not None}


def is_vacant(address: str, port: int) -> bool:
    """Whether this is the usual address of a service on this machine, and nobody answers there.

    Asked once for each: a server that is started later is found by the next host.
    """
    return address.strip().lower() in {f"{name}:{port}" for name in _HERE} and not _answers(port)


@lru_cache
def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1.0)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _is(name: str, value: str, words: tuple[str, ...], port: int) -> bool:
    if value:
        return is_vacant(value.partition(",")[0], port)
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
