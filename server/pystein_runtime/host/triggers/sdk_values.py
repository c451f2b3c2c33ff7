"""Messages and events for parameters of the SDKs' own types: as they are on the wire.

What is asked for by azurefunctions-extensions-bindings-servicebus and -eventhub. Form: azure-sdk-for-net,
`ServiceBusExtensionConfigProvider` and `EventHubExtensionConfigProvider`, their ParameterBindingData; of a message of
Service Bus the lock token and its name go before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.amqp import message as amqp
from pystein_runtime.amqp.types import Symbol, Timestamp
from pystein_runtime.host.bindings.blob import is_deferred
from pystein_runtime.worker.messages import Datum, ModelBindingData

from . import bus_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pystein_runtime.host.functions import Function
    from pystein_runtime.host.services.messaging import Received, ReceivedEvent

_TYPE = "application/octet-stream"
_LOCK_TOKEN = b"x-opt-lock-token"


def are_wanted(function: Function) -> bool:
    """Whether the trigger's parameter is annotated with a type of an SDK."""
    return is_deferred(function.trigger)


def of_messages(function: Function, taken: Sequence[Received]) -> Datum:
    """Messages of Service Bus."""
    return _datum(function, "AzureServiceBusReceivedMessage", [_message(item) for item in taken])


def of_events(function: Function, events: Sequence[ReceivedEvent]) -> Datum:
    """Events of an event hub."""
    return _datum(function, "AzureEventHubsEventData", [_event(item) for item in events])


def _message(item: Received) -> bytes:
    annotations = {
        **item.message.annotations,
        Symbol("x-opt-sequence-number"): item.sequence,
        Symbol("x-opt-enqueued-time"): Timestamp(int(item.enqueued * 1000)),
        Symbol("x-opt-locked-until"): Timestamp(int(item.locked * 1000)),
    }
    return item.token + _LOCK_TOKEN + _whole(item.message, annotations, item.deliveries)


def _event(item: ReceivedEvent) -> bytes:
    annotations = {
        **item.message.annotations,
        Symbol("x-opt-sequence-number"): item.sequence,
        Symbol("x-opt-offset"): item.offset,
        Symbol("x-opt-enqueued-time"): Timestamp(int(item.enqueued * 1000)),
    }
    return _whole(item.message, annotations, 0)


def _whole(message: amqp.Message, annotations: dict[object, object], deliveries: int) -> bytes:
    return amqp.deliver(
        amqp.content(message.properties, message.application, message.body), annotations, deliveries, message.ttl
    )


def _datum(function: Function, source: str, contents: list[bytes]) -> Datum:
    data = [ModelBindingData("1.0", source, _TYPE, content) for content in contents]
    many = bus_values.is_many(function)
    return Datum("collection_model_binding_data", data) if many else Datum("model_binding_data", data[0])
