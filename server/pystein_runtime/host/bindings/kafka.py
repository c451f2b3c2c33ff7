"""The `kafka` output: every element of what the function set becomes a record.

Facts: azure-functions-kafka-extension, `KafkaProducerAsyncCollector`. The platform only logs what the broker did not take;
here the invocation fails, because nobody would see it otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.host.connections import kafka as kafka_options
from pystein_runtime.kafka import records
from pystein_runtime.kafka.library import KafkaError
from pystein_runtime.kafka.producer import producer_for

from . import BindingError
from .values import bodies

if TYPE_CHECKING:
    from pystein_runtime.host.functions import Binding
    from pystein_runtime.host.settings import Settings
    from pystein_runtime.kafka.avro import Codec
    from pystein_runtime.worker.messages import Datum

    from . import Context


def is_local(settings: Settings, binding: Binding) -> bool:
    """Whether it is the local broker that is written to."""
    return kafka_options.is_local(settings, binding)


async def write(context: Context, datum: Datum) -> None:
    """Send what was set.

    Raises:
        BindingError: a value that is no record, or that the broker does not take; or it is out of reach.
    """
    settings, binding = context.services.settings, context.binding
    topic = kafka_options.secure(settings, binding, "topic")
    key_type = binding.text("keyDataType").lower()
    try:
        values, keys = (_codec(settings, binding, name) for name in ("avroSchema", "keyAvroSchema"))
        sent = [records.outgoing(body, key_type, keys) for body in bodies(datum)]
        if values is not None:
            sent = [record._replace(value=values.encode(record.value)) for record in sent]
        if sent:
            options = kafka_options.producer(settings, binding, context.services.root)
            await producer_for(options).send(topic, sent)
    except KafkaError as error:
        raise BindingError(str(error)) from error


def _codec(settings: Settings, binding: Binding, name: str) -> Codec | None:
    """What writes values or keys with the schema of the output's own; the platform's outputs ask no registry."""
    return kafka_options.codec(settings, binding, name) if binding.text(name) else None
