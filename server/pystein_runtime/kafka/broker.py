"""The local broker: the one for tests that librdkafka has inside, in this process on a port of loopback.

It speaks the protocol to every client, creates topics (four partitions each) when they are first named, and keeps
everything in memory.
"""

from __future__ import annotations

from typing import Any

from . import library

_SECONDS = 10.0
_running: list[tuple[Any, str]] = []


def running() -> str | None:
    """Where the broker is; None when nobody has asked for it yet."""
    return _running[0][1] if _running else None


def address() -> str:
    """Where the broker is, `127.0.0.1:port`; it is started when it is first asked for, and ends with the process.

    Raises:
        KafkaError: confluent-kafka is not installed, or has no such broker.
    """
    if not _running:
        config = {"test.mock.num.brokers": 1, "bootstrap.servers": "127.0.0.1:1"}
        client = library.create("Producer", config, library.Troubles(lambda _: None))
        try:
            found = client.list_topics(timeout=_SECONDS).brokers.values()
        except library.load().KafkaException as error:
            raise library.KafkaError(f"The local Kafka broker does not start: {library.text_of(error)}.") from error
        _running.append((client, ",".join(f"{item.host}:{item.port}" for item in found)))
    return _running[0][1]
