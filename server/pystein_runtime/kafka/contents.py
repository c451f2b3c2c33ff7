"""What is in the topics of a broker, read beside the groups: nothing is committed. Everything blocks."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from . import library

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECONDS = 5.0


def topics(address: str) -> dict[str, int]:
    """The topics, with the numbers of their records.

    Raises:
        KafkaError: the broker does not answer.
    """
    with _client(address) as client:
        found = client.list_topics(timeout=_SECONDS).topics
        return {name: sum(high - low for _, low, high in _partitions(client, found[name])) for name in sorted(found)}


def latest(address: str, topic: str, count: int) -> list[Any]:
    """The last messages of a topic, the last one first.

    Args:
        address: of the broker.
        topic: its name.
        count: how many there shall be at most.

    Raises:
        KafkaError: the broker does not answer, or there is no such topic.
    """
    with _client(address) as client:
        known = client.list_topics(timeout=_SECONDS).topics
        if topic not in known:
            raise library.KafkaError(f"There is no topic {topic}.")
        position = library.load().TopicPartition
        begins = {
            number: (max(low, high - count), high)
            for number, low, high in _partitions(client, known[topic])
            if high > low
        }
        client.assign([position(topic, number, first) for number, (first, _) in begins.items()])
        wanted = sum(high - first for first, high in begins.values())
        messages: list[Any] = []
        while len(messages) < wanted:
            some = client.consume(wanted - len(messages), _SECONDS)
            if not some:
                break
            messages += [message for message in some if message.error() is None]
    messages.sort(key=lambda message: (message.timestamp()[1], message.offset()), reverse=True)
    return messages[:count]


def _partitions(client: Any, topic: Any) -> Iterator[tuple[int, int, int]]:
    """Each partition's number, with where it begins and ends."""
    position = library.load().TopicPartition
    for number in topic.partitions:
        low, high = client.get_watermark_offsets(position(topic.topic, number), _SECONDS)
        yield number, low, high


@contextmanager
def _client(address: str) -> Iterator[Any]:
    config = {"bootstrap.servers": address, "group.id": "pystein-contents", "enable.auto.commit": False}
    client = library.create("Consumer", config, library.Troubles(lambda _: None))
    try:
        yield client
    except library.load().KafkaException as error:
        raise library.KafkaError(f"The broker {address} does not say: {library.text_of(error)}.") from error
    finally:
        client.close()
