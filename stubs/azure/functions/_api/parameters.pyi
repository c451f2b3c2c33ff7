"""What a decorated function must accept where an argument of the decorator decides it: one message, or a list of them.

Only functions of one or two parameters are checked, because any of the parameters may be the bound one; a longer function is
accepted. Without annotation everything is accepted.
"""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar, overload

from azure.functions._eventhub import EventHubEvent
from azure.functions._servicebus import ServiceBusMessage
from azure.functions.kafka import KafkaEvent
from typing_extensions import Concatenate, TypeAlias

_T = TypeVar("_T")
_A = TypeVar("_A")
_R = TypeVar("_R")

_Long: TypeAlias = Callable[Concatenate[Any, Any, Any, ...], Any]
_One: TypeAlias = (
    Callable[[_T], Any]
    | Callable[[str], Any]
    | Callable[[bytes], Any]
    | Callable[[_T, Any], Any]
    | Callable[[Any, _T], Any]
    | Callable[[str, Any], Any]
    | Callable[[Any, str], Any]
    | Callable[[bytes, Any], Any]
    | Callable[[Any, bytes], Any]
    | _Long
)
_List: TypeAlias = (
    Callable[[list[Any]], Any] | Callable[[list[Any], Any], Any] | Callable[[Any, list[Any]], Any] | _Long
)

TakesList = TypeVar("TakesList", bound=_List)
TakesEventHubEvent = TypeVar("TakesEventHubEvent", bound=_One[EventHubEvent])
TakesServiceBusMessage = TypeVar("TakesServiceBusMessage", bound=_One[ServiceBusMessage])
TakesKafkaEvent = TypeVar("TakesKafkaEvent", bound=_One[KafkaEvent])

class SdkType(Protocol):
    """A class of the azurefunctions-extensions packages, such as their `EventData`."""

    def get_sdk_type(self) -> Any: ...

_S = TypeVar("_S", bound=SdkType)

class OneEventHubEvent(Protocol):
    """Decorates a function that takes one event; for a list of them give `cardinality="MANY"`."""

    @overload
    def __call__(self, function: TakesEventHubEvent, /) -> TakesEventHubEvent: ...
    @overload
    def __call__(self, function: Callable[[_S], _R], /) -> Callable[[_S], _R]: ...
    @overload  # two parameters of SDK types match both; either answer is right
    def __call__(self, function: Callable[[_S, _A], _R], /) -> Callable[[_S, _A], _R]: ...  # type: ignore[overload-overlap]
    @overload
    def __call__(self, function: Callable[[_A, _S], _R], /) -> Callable[[_A, _S], _R]: ...
    @overload  # once more: pyright explains with the last one why none of them fits
    def __call__(self, function: TakesEventHubEvent, /) -> TakesEventHubEvent: ...  # type: ignore[overload-cannot-match]

class OneServiceBusMessage(Protocol):
    """Decorates a function that takes one message; for a list of them give `cardinality="MANY"`."""

    @overload
    def __call__(self, function: TakesServiceBusMessage, /) -> TakesServiceBusMessage: ...
    @overload
    def __call__(self, function: Callable[[_S], _R], /) -> Callable[[_S], _R]: ...
    @overload  # two parameters of SDK types match both; either answer is right
    def __call__(self, function: Callable[[_S, _A], _R], /) -> Callable[[_S, _A], _R]: ...  # type: ignore[overload-overlap]
    @overload
    def __call__(self, function: Callable[[_A, _S], _R], /) -> Callable[[_A, _S], _R]: ...
    @overload  # once more: pyright explains with the last one why none of them fits
    def __call__(self, function: TakesServiceBusMessage, /) -> TakesServiceBusMessage: ...  # type: ignore[overload-cannot-match]
