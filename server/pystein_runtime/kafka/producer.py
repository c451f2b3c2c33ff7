"""Producers: one for each configuration, kept for as long as the process lives."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING, Any

from . import library
from .library import KafkaError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .records import Outgoing

_STEP_SECONDS = 0.5
_UNREACHABLE_SECONDS = 5.0  # without a broker; librdkafka itself would go on for messageTimeoutMs, five minutes
_producers: dict[tuple[tuple[str, Any], ...], Producer] = {}


def producer_for(config: Mapping[str, Any]) -> Producer:
    """The producer of a configuration.

    Raises:
        KafkaError: the configuration cannot be used.
    """
    key = tuple(sorted(config.items()))
    if key not in _producers:
        _producers[key] = Producer(config)
    return _producers[key]


class Producer:
    """Sends records and knows when they have arrived."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self._servers = config.get("bootstrap.servers", "")
        self._troubles = library.Troubles(lambda _: None)  # a record that is not sent says why
        self._client = library.create("Producer", config, self._troubles)
        self._lock = threading.Lock()

    async def send(self, topic: str, records: Sequence[Outgoing]) -> None:
        """Send records and wait until the broker has them.

        Raises:
            KafkaError: it does not take them, or is not there.
        """
        await asyncio.to_thread(self._send, topic, records)

    def _send(self, topic: str, records: Sequence[Outgoing]) -> None:
        refused: list[Any] = []
        pending = len(records)

        def arrived(error: Any, _message: Any) -> None:
            nonlocal pending
            pending -= 1
            if error is not None:
                refused.append(error)

        with self._lock:
            for record in records:
                self._produce(topic, record, arrived)
            begun = time.monotonic()
            while pending and not refused:
                self._client.poll(_STEP_SECONDS)
                if self._troubles.text and time.monotonic() - begun > _UNREACHABLE_SECONDS:
                    self._client.purge()
                    raise KafkaError(
                        f"{pending} of {len(records)} records for the topic '{topic}' were not sent:"
                        f" {self._servers} does not answer ({self._troubles.text})."
                    )
        if refused:
            raise KafkaError(f"The topic '{topic}' does not take a record: {library.text_of(refused[0])}.")
        self._troubles.clear()

    def _produce(self, topic: str, record: Outgoing, arrived: Any) -> None:
        exceptions = library.load().KafkaException
        while True:
            try:
                self._client.produce(topic, record.value, record.key, headers=record.headers, on_delivery=arrived)
            except BufferError:  # noqa: PERF203 - full: what is on its way has to arrive first
                self._client.poll(_STEP_SECONDS)
            except exceptions as error:
                raise KafkaError(f"The topic '{topic}' does not take a record: {library.text_of(error)}.") from error
            else:
                return
