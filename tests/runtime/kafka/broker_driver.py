"""A real Kafka client for the tests, and the broker that it talks to."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from confluent_kafka import Consumer, Producer, TopicPartition

SILENT = logging.getLogger("tests.kafka")
SILENT.addHandler(logging.NullHandler())
SILENT.propagate = False
SECONDS = 60


class Broker:
    """A broker on a port of loopback; topics are there when they are first named, with four partitions."""

    def __init__(self) -> None:
        self._server = Producer({"test.mock.num.brokers": 1, "bootstrap.servers": "127.0.0.1:1"}, logger=SILENT)
        found = self._server.list_topics(timeout=SECONDS).brokers.values()
        self.address = ",".join(f"{item.host}:{item.port}" for item in found)
        self._producer = Producer({"bootstrap.servers": self.address}, logger=SILENT)

    def send(self, topic: str, *values: bytes, partition: int = 0, **more: Any) -> None:
        """Produce records in their order."""
        for value in values:
            self._producer.produce(topic, value, partition=partition, **more)
        assert self._producer.flush(SECONDS) == 0

    def _consumer(self, group: str) -> Consumer:
        config = {"bootstrap.servers": self.address, "group.id": group, "enable.auto.commit": False}
        return Consumer({**config, "auto.offset.reset": "earliest", "allow.auto.create.topics": True}, logger=SILENT)

    def read(self, topic: str, count: int) -> list[Any]:
        """The first records of a topic."""
        consumer = self._consumer("tests")
        consumer.assign([TopicPartition(topic, number, 0) for number in range(4)])
        found: list[Any] = []
        while len(found) < count:
            found += consumer.consume(count - len(found), SECONDS)
        consumer.close()
        return found

    def wait_for_commit(self, group: str, topic: str, accept: Callable[[int], bool], partition: int = 0) -> int:
        """Wait until a group's position is one that is wanted."""
        consumer = self._consumer(group)
        place = [TopicPartition(topic, partition)]
        while not accept(position := consumer.committed(place, SECONDS)[0].offset):
            consumer.poll(0.05)
        consumer.close()
        return int(position)

    def close(self) -> None:
        self._producer.flush(0)
