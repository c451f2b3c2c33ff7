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

from pystein_runtime.host import kafka_options
from pystein_runtime.kafka import records
from pystein_runtime.kafka.consumer import Consumer, Position
from pystein_runtime.kafka.library import KafkaError
from pystein_runtime.worker.messages import NOTHING, Datum

from . import BY_HAND, RETRY_SECONDS, Event, bus_values
from .metadata import combine
from .succession import Turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pystein_runtime.host.functions import Function
    from pystein_runtime.kafka.avro import Codec
    from pystein_runtime.kafka.records import Record

    from . import Listener, Listening

_BATCH = 64  # KafkaOptions.MaxBatchSize
_RETRIES = 5  # KafkaOptions.MaxRetries


def create(functions: Sequence[Function], host: Listening) -> list[Listener]:
    """One listener for each function."""
    return [_Listener(function, host) for function in functions]


class _Rules(NamedTuple):
    """What host.json says of failures."""

    commit: bool
    retries: int
    """-1: for ever."""


class _Listener:
    """Reads a topic for one function."""

    def __init__(self, function: Function, host: Listening) -> None:
        self.label = f"function '{function.name}'"
        self._function = function
        self._host = host
        self._many = bus_values.is_many(function)
        self._batch = bus_values.number(host.config, "kafka", "maxBatchSize", _BATCH)
        options = kafka_options.section(host.config)
        retries = options.get("maxretries", _RETRIES)
        self._rules = _Rules(
            options.get("commitonfailure") is not False, retries if isinstance(retries, int) else _RETRIES
        )
        self._reader: asyncio.Task[None] | None = None
        self._stopping = False
        self._decoder = _Decoder.make(function, host)

    async def start(self) -> None:
        """Begin to read.

        Raises:
            KafkaError: confluent-kafka is not installed, or a property cannot be used.
        """
        settings, trigger = self._host.settings, self._function.trigger
        config, place = kafka_options.consumer(settings, self._host.config, trigger)
        topic = kafka_options.secure(settings, trigger, "topic")
        self._decoder.open()
        self._where = "the local broker" if place.local else place.servers
        self._consumer = Consumer(topic, config, alone=place.local, report=self._report)
        await self._consumer.open()
        self._turn = Turn(self._function.name, place, config["group.id"], topic)
        self._reader = asyncio.get_running_loop().create_task(self._read())

    async def stop(self, seconds: float) -> None:
        """Read no more; let what runs finish for some time. What does not comes again with the next start."""
        self._stopping = True
        if self._reader is None:
            return
        closing = asyncio.get_running_loop().create_task(self._close())
        await asyncio.wait([closing], timeout=seconds)
        self._reader.cancel()
        await asyncio.gather(self._reader, return_exceptions=True)
        await closing

    async def _close(self) -> None:
        assert self._reader is not None
        try:
            await asyncio.wait([self._reader])
            await self._consumer.close()
        finally:
            self._turn.end()

    def _report(self, trouble: str) -> None:
        topic = self._consumer.topic
        self._host.report(
            f"{self.label} cannot read the topic '{topic}' of {self._where}: {trouble}. It goes on trying."
        )

    async def _read(self) -> None:
        await self._turn.begin()
        while not self._stopping:
            try:
                messages = await self._consumer.take(self._batch)
                if messages:
                    await self._handle(self._decoder.records(messages))
            except Exception as error:  # noqa: PERF203 - a broker that is away comes back
                self._report(str(error).rstrip("."))
                await asyncio.sleep(RETRY_SECONDS)

    async def _handle(self, found: list[Record]) -> None:
        """Run the function; what it has not had when this listener stops is not committed."""
        if self._many:
            await self._run(found)
            return
        partitions: dict[int, list[Record]] = {}
        for record in found:
            partitions.setdefault(record.partition, []).append(record)
        await asyncio.gather(*(self._in_order(some) for some in partitions.values()))

    async def _in_order(self, found: list[Record]) -> None:
        for record in found:
            if self._stopping or not await self._run([record]):
                return

    async def _run(self, found: list[Record]) -> bool:
        """Run the function until these have been dealt with; says whether they have."""
        reason = f"(Reason='New records of the topic '{self._consumer.topic}'.')"
        try:
            event = self._decoder.event(found, reason)
        except KafkaError as error:
            first = found[0]
            self._host.report(
                f"{self.label} is not given what is at offset {first.offset} of partition {first.partition} of the topic"
                f" '{first.topic}': {error}"
            )
            event = None
        failures = 0
        while event is not None:
            outcome = await self._host.run(self._function, event)
            if outcome.ok or (self._rules.commit and not outcome.interrupted):
                break
            if self._stopping:
                return False
            failures += 0 if outcome.interrupted else 1
            if 0 <= self._rules.retries < failures:
                self._host.report(
                    f"{self.label} has failed {failures} times at offset {found[0].offset}; it is skipped."
                )
                break
        next_ = {record.partition: record.offset + 1 for record in found}
        await self._consumer.store([Position(*item) for item in next_.items()])
        return True


class _Decoder(NamedTuple):
    """Makes events of messages."""

    function: Function
    host: Listening
    key_type: str
    codecs: dict[str, Codec | None]

    @classmethod
    def make(cls, function: Function, host: Listening) -> _Decoder:
        return cls(function, host, function.trigger.text("keyDataType").lower(), {})

    def open(self) -> None:
        """Raises KafkaError: an Avro schema cannot be used."""
        for name in ("avroSchema", "keyAvroSchema"):
            self.codecs[name] = kafka_options.codec(self.host.settings, self.function.trigger, name)

    def records(self, messages: Sequence[Any]) -> list[Record]:
        key_type = "raw" if self.codecs.get("keyAvroSchema") else self.key_type
        return [records.received(message, key_type) for message in messages]

    def event(self, found: Sequence[Record], reason: str) -> Event:
        """Raises KafkaError: a value does not fit its Avro schema."""
        keys = self.codecs.get("keyAvroSchema")
        if keys is not None:
            found = [record if record.key is None else record._replace(key=keys.decode(record.key)) for record in found]
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
        codec = self.codecs.get("avroSchema")
        if codec is not None:
            return Datum("collection_string", [_json(codec.decode(record.value)) for record in found])
        if bus_values.wants_bytes(self.function):
            return Datum("collection_bytes", [record.value for record in found])
        texts = (record.value.decode("utf-8", "replace") for record in found)
        return Datum(
            "collection_string", [_json(record.event(text)) for record, text in zip(found, texts, strict=True)]
        )


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
    return _Decoder.make(function, host).event(found, BY_HAND)
