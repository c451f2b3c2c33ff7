"""A local cloud for one test: its endpoints on free ports, its store in a folder of the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .background import Background
    from .endpoints import LocalEndpoints


class LocalCloud:
    """Storage, Service Bus, Event Hubs and Cosmos DB on loopback, which SDK clients find by their connection strings."""

    def __init__(self, folder: Path, background: Background) -> None:
        self.folder = folder
        self.background = background
        self.endpoints = background.run(_open(folder))

    @property
    def storage(self) -> str:
        """The connection string of blobs, queues and tables."""
        return self.endpoints.storage.connection_string

    @property
    def service_bus(self) -> str:
        """The connection string of Service Bus."""
        return self.endpoints.service_bus

    @property
    def event_hubs(self) -> str:
        """The connection string of Event Hubs."""
        return self.endpoints.service_bus

    @property
    def cosmos(self) -> str:
        """The connection string of Cosmos DB."""
        return self.endpoints.cosmos

    @property
    def environment(self) -> Mapping[str, str]:
        """Variables of the environment: connection strings by the names under which code looks for them."""
        return {
            "AzureWebJobsStorage": self.storage,
            "AZURE_STORAGE_CONNECTION_STRING": self.storage,
            "AzureWebJobsServiceBus": self.service_bus,
            "SERVICEBUS_CONNECTION_STRING": self.service_bus,
            "EVENTHUB_CONNECTION_STRING": self.event_hubs,
            "COSMOS_CONNECTION_STRING": self.cosmos,
            "PYSTEIN_LOCAL_CLOUD": "always",  # whatever emulators run on this machine
        }

    def create_queue(self, name: str) -> None:
        """Create a queue of Service Bus; bindings of an app create theirs by themselves."""
        self.background.run(self.endpoints.create_queue(name))

    def create_topic(self, name: str, *subscriptions: str) -> None:
        """Create a topic of Service Bus with subscriptions."""
        self.background.run(self.endpoints.create_topic(name, subscriptions))

    def create_hub(self, name: str, *groups: str) -> None:
        """Create an event hub with consumer groups."""
        self.background.run(self.endpoints.create_hub(name, groups))

    def close(self) -> None:
        """Stop listening."""
        self.background.run(self.endpoints.close())


async def _open(folder: Path) -> LocalEndpoints:
    from .endpoints import LocalEndpoints  # noqa: PLC0415 - not before a test asks

    endpoints = LocalEndpoints(folder / "cloud.sqlite")
    await endpoints.listen()
    return endpoints
