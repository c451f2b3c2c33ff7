"""Connections of Service Bus and Event Hubs: what a setting stands for, and what the worker gets in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.cloud.bus.amqp.sockets import STANDARD_PORT, bind
from pystein_runtime.host.connections import emulators
from pystein_runtime.host.settings import connection

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from pystein_runtime.host.functions import Binding
    from pystein_runtime.host.settings import Connection, Settings

SERVICE_BUS = "AzureWebJobsServiceBus"
"""The connection of a Service Bus binding that names none."""
_NAMES = ("servicebus", "eventhub")


def parts(value: str) -> dict[str, str]:
    """The parts of a connection string, names in lower case."""
    pairs = (part.partition("=") for part in value.split(";"))
    return {name.strip().lower(): text.strip() for name, separator, text in pairs if separator}


def is_emulator(value: str) -> bool:
    """Whether a connection string means an emulator of Service Bus or Event Hubs on this machine."""
    found = parts(value)
    if found.get("usedevelopmentemulator", "").lower() == "true":
        return True
    host = found.get("endpoint", "").partition("://")[2].rstrip("/").partition(":")[0].lower()
    return found.get("endpoint", "").lower().startswith("sb://") and (host == "localhost" or host.startswith("127."))


def is_local(value: str) -> bool:
    """Whether a connection string means the local cloud: an emulator, where no other program's runs."""
    return is_emulator(value) and not emulators.is_bus_emulator(_port(value))


def _port(value: str) -> int:
    port = parts(value).get("endpoint", "").partition("://")[2].rstrip("/").partition(":")[2]
    return int(port) if port.isdecimal() else STANDARD_PORT


def service_bus(settings: Settings, name: str) -> Connection:
    """What the `connection` of a Service Bus binding stands for; absent and empty ones are the local cloud's."""
    return connection(settings, name or SERVICE_BUS, is_local)


def event_hubs(settings: Settings, name: str) -> Connection:
    """What the `connection` of an Event Hubs binding stands for; absent and empty ones are the local cloud's."""
    return connection(settings, name, is_local)


def is_development(found: Connection) -> bool:
    """Whether a connection means the local cloud or an emulator, to which an invocation by hand may write."""
    return found.kind in {"development", "missing"} or is_emulator(found.value)


def hub_name(settings: Settings, binding: Binding) -> str:
    """The hub of a binding: the connection string's own goes before the binding's."""
    value = event_hubs(settings, binding.text("connection")).value
    return parts(value).get("entitypath") or binding.text("eventHubName")


class Door:
    """The socket that the local Service Bus and Event Hubs listen on: taken when an app first needs one."""

    def __init__(self) -> None:
        self.socket: socket.socket | None = None

    def open(self) -> int:
        """Take a port unless there is one; gives it."""
        if self.socket is None:
            self.socket = bind()
        port: int = self.socket.getsockname()[1]
        return port

    def close(self) -> None:
        """Give the port back."""
        if self.socket is not None:
            self.socket.close()
            self.socket = None


def environment(variables: dict[str, str], settings: Mapping[str, str], door: Door) -> dict[str, str]:
    """The worker's environment with the true endpoint in place of an emulator's, so that its SDK clients find it.

    A setting that is empty means the local cloud too, where its name says that it is one of ours.
    """
    for name, value in list(variables.items()):
        if is_local(value):
            variables[name] = connection_string(door.open(), parts(value).get("entitypath"))
        elif not value and name in settings and any(part in name.lower().replace("_", "") for part in _NAMES):
            variables[name] = connection_string(door.open())
    return variables


def connection_string(port: int, entity: str | None = None) -> str:
    """What an SDK client needs to find the local cloud. SDKs of before 2025 know no other port than the standard one."""
    place = "127.0.0.1" if port == STANDARD_PORT else f"127.0.0.1:{port}"
    text = (
        f"Endpoint=sb://{place};SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;"
        "UseDevelopmentEmulator=true;"
    )
    return text + (f"EntityPath={entity};" if entity else "")
