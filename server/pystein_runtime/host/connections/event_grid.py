"""Topics of Event Grid outputs: what the settings that a binding names stand for.

Rules: azure-sdk-for-net, `EventGridAsyncCollectorFactory`: either the names of two settings, or an identity-based
connection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.host.bindings import BindingError
from pystein_runtime.host.settings import Connection, connection, get

if TYPE_CHECKING:
    from pystein_runtime.host.functions import Binding
    from pystein_runtime.host.settings import Settings

_ENDPOINT = "topicendpointuri"


def name_of(binding: Binding) -> str:
    """The name of a binding's connection, or those of its two settings with a semicolon between.

    Raises:
        BindingError: it has neither, or both.
    """
    endpoint, key, name = (binding.text(item) for item in ("topicEndpointUri", "topicKeySetting", "connection"))
    if name and (endpoint or key):
        raise BindingError(
            "When specifying the 'Connection' property, the 'TopicKeySetting' and 'TopicEndpointUri' properties should not be"
            " specified."
        )
    if name:
        return name
    if not endpoint or not key:
        raise BindingError(
            "The required settings were not found. Either the 'TopicEndpointUri' and the 'TopicKeySetting' properties must be"
            " set, or the 'Connection' property must be set."
        )
    return f"{endpoint};{key}"


def find(settings: Settings, name: str) -> Connection:
    """What a name stands for; a topic whose endpoint is not set is the local cloud's."""
    setting, semicolon, key = name.partition(";")
    if not semicolon:
        found = connection(settings, name, lambda _: False)
        return found if found.properties.get(_ENDPOINT) else found._replace(kind="development")
    endpoint = get(settings, setting)
    if not endpoint:
        return Connection(setting, "development")
    return Connection(setting, "string", properties={_ENDPOINT: endpoint, "key": get(settings, key) or ""})


def is_local(settings: Settings, binding: Binding) -> bool:
    """Whether a binding means the local cloud."""
    try:
        return find(settings, name_of(binding)).kind == "development"
    except BindingError:
        return True
