"""The Kafka trigger: records one by one in each partition's order, or in batches; how far it has come is committed after.

Facts: azure-functions-kafka-extension, `KafkaListener`, `SingleItemFunctionExecutor`, `MultipleItemFunctionExecutor`,
`KafkaEventDataConvertManager` and `KafkaTriggerBindingStrategy`. A function that fails has had its record, unless
`commitOnFailure` of host.json says otherwise; what a dying worker or host had begun comes again.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from pystein_runtime.host.connections import kafka as kafka_options
from pystein_runtime.kafka import records
from pystein_runtime.kafka.consumer import Consumer, Position, Share
from pystein_runtime.kafka.library import KafkaError, RegistryError, text_of
from pystein_runtime.worker.messages import NOTHING, Datum

from . import BY_HAND, RETRY_SECONDS, Event, bus_values
from .metadata import combine
from .polling import Poller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pystein_runtime.host.functions import Function
    from pystein_runtime.kafka.avro import Codec
    from pystein_runtime.kafka.records import Record

    from . import Listener, Listening

_BATCH = 64  # KafkaOptions.MaxBatchSize
_RETRIES = 5  # KafkaOptions.MaxRetries


def create(functions: Sequence[Function], host: Listening) -> list[Listener]:
    """One listener for each function; those of one consumer group share a topic's records."""
    groups: dict[tuple[str, ...], list[Function]] = {}
    for function in functions:
        groups.setdefault(_group(function, host), []).append(function)
    for (_, topic, name), members in groups.items():
        if len(members) > 1:
            names = " and ".join(f"'{each.name}'" for each in members)
            host.report(
                f"The functions {names} read the topic '{topic}' in one consumer group, '{name}': each record goes to one of"
                " them. Give each a consumer_group of its own if all shall have it."
            )
    shares = {
        function.name: Share(number, len(members))
        for members in groups.values()
        for number, function in enumerate(members)
    }
    return [_Listener(function, host, shares[function.name]) for function in functions]


def _group(function: Function, host: Listening) -> tuple[str, ...]:
    """The brokers, the topic and the consumer group of a function."""
    brokers, topic, group = (
        kafka_options.secure(host.settings, function.trigger, name) for name in ("brokerList", "topic", "consumerGroup")
    )
    return brokers, topic, group or kafka_options.DEFAULT_GROUP


class _Rules(NamedTuple):
    """What host.json says of failures."""

    commit: bool
    retries: int
    """-1: for ever."""


class _Listener(Poller):
    """Reads a topic for one function."""

    refusals = (KafkaError,)

    def __init__(self, function: Function, host: Listening, share: Share) -> None:
        super().__init__(function, host)
        self._share = share
        self._batch = bus_values.number(host.config, "kafka", "maxBatchSize", _BATCH)
        options = kafka_options.section(host.config)
        retries = options.get("maxretries", _RETRIES)
        self._rules = _Rules(
            options.get("commitonfailure") is not False, retries if isinstance(retries, int) else _RETRIES
        )

    async def start(self) -> None:
        """Begin to read.

        Raises:
            KafkaError: confluent-kafka is not installed, or a property cannot be used.
        """
        settings, trigger = self.host.settings, self.function.trigger
        config, place = kafka_options.consumer(settings, self.host.config, trigger, self.host.services.root)
        topic = kafka_options.secure(settings, trigger, "topic")
        self._decoder = _Decoder(
            self.function, *(kafka_options.codec(settings, trigger, name) for name in ("avroSchema", "keyAvroSchema"))
        )
        self._where = "the local broker" if place.local else place.servers
        self._consumer = Consumer(topic, config, share=self._share if place.local else None, report=self._report)
        await self._consumer.open()
        self.begin(place, config["group.id"], topic)

    async def close(self) -> None:
        """Commit and leave the group."""
        await self._consumer.close()

    def _report(self, trouble: str) -> None:
        topic = self._consumer.topic
        self.host.report(
            f"{self.label} cannot read the topic '{topic}' of {self._where}: {trouble}. It goes on trying."
        )

    async def poll(self) -> None:
        """Run the function for the records that are there."""
        try:
            messages = await self._consumer.take(self._batch)
        except Exception as error:
            topic = self._consumer.topic
            raise KafkaError(
                f"{self.label} cannot read the topic '{topic}' of {self._where}: {text_of(error)}."
            ) from error
        if bus_values.is_many(self.function):
            await self._handle(messages)
            return
        partitions: dict[int, list[Any]] = {}
        for message in messages:
            partitions.setdefault(message.partition(), []).append(message)
        await asyncio.gather(*(self._in_order(some) for some in partitions.values()))

    async def _in_order(self, messages: list[Any]) -> None:
        for message in messages:
            if self.stopping.is_set() or not await self._handle([message]):
                return

    async def _handle(self, messages: list[Any]) -> bool:
        """Run the function until these have been dealt with, and keep how far it is; says whether they have."""
        found = [record for message in messages if (record := await self._record(message)) is not None]
        if self.stopping.is_set() or (found and not await self._deal_with(found)):
            return False
        next_ = {message.partition(): message.offset() + 1 for message in messages}
        if next_:
            await self._consumer.store([Position(*item) for item in next_.items()])
        return True

    async def _record(self, message: Any) -> Record | None:
        """The record; one that cannot be read is said and left out, but for a registry that is away it is waited."""
        said = ""
        while not self.stopping.is_set():
            try:
                if self._decoder.asks:
                    return await asyncio.to_thread(self._decoder.record, message)
                return self._decoder.record(message)
            except RegistryError as error:  # noqa: PERF203 - it comes back
                if str(error) != said:
                    said = str(error)
                    self.host.report(f"{self.label} waits for the schema of the topic '{message.topic()}': {error}")
                await self.sleep(RETRY_SECONDS)
            except KafkaError as error:
                self.host.report(
                    f"{self.label} is not given what is at offset {message.offset()} of partition {message.partition()}"
                    f" of the topic '{message.topic()}': {error}"
                )
                return None
        return None

    async def _deal_with(self, found: list[Record]) -> bool:
        event = self._decoder.event(found, f"(Reason='New records of the topic '{self._consumer.topic}'.')")
        failures = 0
        while True:
            outcome = await self.run(event)
            if outcome.ok or (self._rules.commit and not outcome.interrupted):
                return True
            if self.stopping.is_set():
                return False
            failures += 1
            if 0 <= self._rules.retries < failures:
                self.host.report(
                    f"{self.label} has failed {failures} times at offset {found[0].offset}; it is skipped."
                )
                return True


class _Decoder(NamedTuple):
    """Makes records and events of messages."""

    function: Function
    values: Codec | None = None
    keys: Codec | None = None

    @property
    def asks(self) -> bool:
        """Whether a registry may be asked."""
        return any(codec is not None and codec.asks for codec in (self.values, self.keys))

    def record(self, message: Any) -> Record:
        """Raises KafkaError: a value does not fit its Avro schema."""
        key_type = "raw" if self.keys is not None else self.function.trigger.text("keyDataType").lower()
        record = records.received(message, key_type)
        if self.keys is not None and record.key is not None:
            record = record._replace(key=self.keys.decode(record.key))
        if self.values is not None:
            record = record._replace(value=_json(self.values.decode(record.value)).encode())
        return record

    def event(self, found: Sequence[Record], reason: str) -> Event:
        """The event of a record, or of several for a function that takes many."""
        if bus_values.is_many(self.function):
            return Event(self._values(found), _metadata_of_many(found), {}, reason)
        record = found[0]
        value = self._values(found)
        single = Datum("bytes" if value.type == "collection_bytes" else "string", value.value[0])
        known = {
            "Partition": record.partition, "Topic": record.topic, "Timestamp": record.timestamp,
            "Offset": record.offset, "Headers": record.headers, "IsPartitionEOF": False,
            **{name: item for name, item in (("Key", record.key), ("LeaderEpoch", record.epoch)) if item is not None},
        }  # fmt: skip
        metadata, data = combine(known, single.value if single.type == "string" else "")
        return Event(single, metadata, data, reason)

    def _values(self, found: Sequence[Record]) -> Datum:
        if bus_values.wants_bytes(self.function) and self.values is None:
            return Datum("collection_bytes", [record.value for record in found])
        texts = [record.value.decode("utf-8", "replace") for record in found]
        if self.values is None:  # else the value alone is JSON already
            texts = [_json(record.event(text)) for record, text in zip(found, texts, strict=True)]
        return Datum("collection_string", texts)


def _metadata_of_many(found: Sequence[Record]) -> dict[str, Datum]:
    """Names and types as the library's converter wants them: .NET's arrays of long and string are collections."""
    return {
        "PartitionArray": Datum("json", _json([record.partition for record in found])),
        "OffsetArray": Datum("collection_sint64", [record.offset for record in found]),
        "TimestampArray": Datum("json", _json([record.timestamp for record in found])),
        "TopicArray": Datum("collection_string", [record.topic for record in found]),
        "KeyArray": Datum("json", _json([record.key for record in found])),
        "HeadersArray": Datum("json", _json([record.headers for record in found])),
        "LeaderEpochArray": Datum("json", _json([record.epoch for record in found])),
        "IsPartitionEOFArray": Datum("json", _json([False] * len(found))),
    }


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def _json(value: Any) -> str:
    return _encode(value)


def sample(function: Function) -> Any:
    """An event to begin with, or several for a function that takes many: the records' values."""
    value = {"id": 1, "text": "sample"}
    return [value] if bus_values.is_many(function) else value


async def from_data(function: Function, data: str, host: Listening) -> Event:
    """The event of a record's value that somebody gave by hand; for many, the elements of a JSON array are records.

    An object as the platform writes whole events brings its own key, headers and offset.
    """
    trigger = function.trigger
    topic = kafka_options.secure(host.settings, trigger, "topic")
    found = []
    for number, text in enumerate(bus_values.given(function, data)):
        sent = records.outgoing(text.encode(), "string")
        headers = [{"Key": name, "Value": bus_values.plain(value)} for name, value in sent.headers]
        key = None if sent.key is None else sent.key.decode()
        stamp = records.iso(int(time.time() * 1000))
        found.append(records.Record(topic, 0, number, stamp, key, sent.value, headers, None))
    if not found:
        return Event(NOTHING, {}, {}, BY_HAND)
    return _Decoder(function).event(found, BY_HAND)
