"""What a connection is, told without its contents."""

from __future__ import annotations

from collections.abc import Iterator

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
_ANYTHING = "set"
"""What is told of a value that is none of these."""

_PLATFORM = (
    "functions_", "azurefunctions", "website_", "python_", "azurewebjobs.", "azurewebjobssecret", "azurewebjobsfeature",
)  # fmt: skip
"""Prefixes of settings that configure the platform."""


def is_platform_s(name: str) -> bool:
    """Whether a setting configures the platform, and not the app."""
    return name.lower().startswith(_PLATFORM)


def own_settings(app: App) -> Iterator[tuple[str, str]]:
    """The settings of the app's own, with where they are defined."""
    for name in app.settings.names:
        setting = app.settings.get(name)
        if setting and ":" not in name and not is_platform_s(name):
            yield name, origin_of(setting)


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
    return next((kind for mark, kind in _MARKS if mark in value), _ANYTHING)


def connects(setting: Setting, name: str) -> bool:
    """Whether a setting looks like a connection."""
    return kind_of(setting, name) != _ANYTHING


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
