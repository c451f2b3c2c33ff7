"""What a connection is, told without its contents."""

from __future__ import annotations

from pystein_lsp.model.app import App
from pystein_lsp.model.settings import Setting
from pystein_lsp.platform.settings import normalised

_MARKS = (
    ("usedevelopmentstorage=true", "development storage"),
    ("usedevelopmentemulator=true", "a local emulator"),
    ("endpoint=sb://", "a Service Bus or Event Hubs namespace, with a key"),
    ("accountendpoint=", "a Cosmos DB account, with a key"),
    ("blobendpoint=", "a storage account, by its endpoints"),
    ("accountname=", "a storage account, with a key"),
    ("sharedaccesssignature=", "a storage account, with a shared access signature"),
    ("server=", "a SQL database"),
    ("data source=", "a SQL database"),
    ("amqp", "a RabbitMQ server"),
    ("redis", "a Redis cache"),
)


def kind_of(setting: Setting, name: str) -> str:
    """What a setting connects to; its value decides and is not shown."""
    plain = normalised(setting.name).removeprefix("connectionstrings:").removeprefix("azurewebjobs")
    wanted = normalised(name).removeprefix("azurewebjobs")
    if plain.startswith(wanted + ":"):
        return f"identity-based, by `{setting.name}`"
    value = (setting.value or "").lower()
    if not value:
        return "empty: development storage"
    if value.startswith("@microsoft.keyvault("):
        return "a reference to a key vault"
    return next((kind for mark, kind in _MARKS if mark in value), "set")


def origin_of(setting: Setting) -> str:
    """Where a setting is defined: a file's name, or the environment."""
    if setting.location is None:
        return "the environment"
    return setting.location.path.replace("\\", "/").rpartition("/")[2]


def told(app: App, name: str) -> str:
    """A connection in one sentence of Markdown."""
    setting = app.settings.connection(name)
    if setting is None:
        return f"`{name}` is in no settings file and not in the environment."
    return f"`{name}`: {kind_of(setting, name)}; defined in {origin_of(setting)}."
