"""An Event Grid topic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azure.core.credentials import AzureKeyCredential
from azure.eventgrid.aio import EventGridPublisherClient

from pystein_runtime.host.services import ServiceError

from . import CONNECT_SECONDS, credential, refusals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pystein_runtime.host.settings import Connection


def connect(connection: Connection) -> AzureTopic:
    """The topic of a connection.

    Raises:
        ServiceError: its key is not set.
    """
    endpoint = connection.properties["topicendpointuri"]
    if connection.kind == "identity":
        return AzureTopic(EventGridPublisherClient(endpoint, credential(connection)))
    key = connection.properties["key"]
    if not key:
        raise ServiceError(
            f"{connection.name} names a topic, but the setting that topic_key_setting names is not there."
        )
    options: dict[str, Any] = {"retry_total": 2, "connection_timeout": CONNECT_SECONDS}
    return AzureTopic(EventGridPublisherClient(endpoint, AzureKeyCredential(key), **options))


class AzureTopic:
    """A topic."""

    def __init__(self, client: EventGridPublisherClient) -> None:
        self._client = client

    async def publish(self, _topic: str, events: Sequence[dict[str, Any]]) -> None:
        """Send events."""
        with refusals():
            await self._client.send(list(events))

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()
