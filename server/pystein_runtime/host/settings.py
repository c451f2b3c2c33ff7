"""The app's settings as the platform sees them: local.settings.json under the environment, and named connections."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pystein_runtime.cloud.account import ACCOUNT

from . import jsonc

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "local.settings.json"


class SettingsError(Exception):
    """The settings cannot be used; the text is a whole sentence for the user and names no value."""


class Settings(NamedTuple):
    """Settings of one app. Values may be secrets: they go to the worker's environment and nowhere else."""

    values: Mapping[str, str]
    """By name as written; the environment's value where it has one."""
    lookup: Mapping[str, str]
    """The same and the whole environment, by name in lower case with `:` for `__`, as configuration looks names up."""
    port: int | None = None
    cors: tuple[str, ...] = ()
    cors_credentials: bool = False
    warnings: tuple[str, ...] = ()


def read(root: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of the app in a folder.

    Facts of the file: Azure Functions Core Tools, `AppSettingsFile` and `StartHostAction`.

    Raises:
        SettingsError: the file is broken or encrypted.
    """
    environment = os.environ if environment is None else environment
    try:
        content = jsonc.read(root / FILE)
    except jsonc.JsonError as error:
        raise SettingsError(str(error)) from error
    if content is None:
        content = {}
    if not isinstance(content, dict):
        raise SettingsError(f"{root / FILE} must hold a JSON object.")
    if content.get("IsEncrypted") is True:
        raise SettingsError(
            f"{root / FILE} is encrypted, which only the tool that encrypted it can read: run `func settings decrypt`."
        )
    warnings: list[str] = []
    values = _values(content, warnings)
    for name in [name for name in values if name in environment]:
        values[name] = environment[name]
    values["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development"
    values.setdefault("FUNCTIONS_WORKER_RUNTIME", environment.get("FUNCTIONS_WORKER_RUNTIME", "python"))
    host = content.get("Host")
    host = host if isinstance(host, dict) else {}
    return Settings(
        values=values,
        lookup={_key(name): value for name, value in {**environment, **values}.items()},
        port=_port(host.get("LocalHttpPort"), warnings),
        cors=tuple(part.strip() for part in str(host.get("CORS") or "").split(",") if part.strip()),
        cors_credentials=str(host.get("CORSCredentials", "")).lower() == "true",
        warnings=tuple(warnings),
    )


def _values(content: dict[str, Any], warnings: list[str]) -> dict[str, str]:
    """Values and ConnectionStrings as environment variables. One nested value loses them all, as on the platform."""
    section = content.get("Values")
    section = section if isinstance(section, dict) else {}
    nested = [name for name, value in section.items() if isinstance(value, dict | list)]
    if nested:
        warnings.append(
            f"{FILE}: the value of {nested[0]} is not a text, so the platform ignores every value of the file. "
            "Write nested settings as NAME__child."
        )
        return {}
    values: dict[str, str] = {}
    for name, value in section.items():
        if not name:
            warnings.append(f"{FILE}: a setting without a name is ignored.")
        elif value is None:
            warnings.append(f"{FILE}: {name} is ignored because it is null.")
        else:
            values[name] = _text(value)
    strings = content.get("ConnectionStrings")
    for name, value in strings.items() if isinstance(strings, dict) else ():
        string = value.get("ConnectionString") if isinstance(value, dict) else value
        if isinstance(string, str):
            values[f"ConnectionStrings:{name}"] = string
    return values


def _text(value: object) -> str:
    """A JSON scalar as .NET writes it: `True`, `5`."""
    return value if isinstance(value, str) else str(value)


def _port(value: object, warnings: list[str]) -> int | None:
    if value is None:
        return None
    try:
        port = int(str(value))
    except ValueError:
        port = -1
    if 0 <= port <= 65535:
        return port
    warnings.append(f"{FILE}: Host.LocalHttpPort is not a port number.")
    return None


def _key(name: str) -> str:
    return name.replace("__", ":").lower()


def get(settings: Settings, name: str) -> str | None:
    """A setting's value, without regard to the name's case; `__` and `:` are the same."""
    return settings.lookup.get(_key(name))


class Connection(NamedTuple):
    """What a binding's `connection` stands for."""

    name: str
    kind: Literal["development", "string", "identity", "missing"]
    value: str = ""
    """The connection string, for `string` and for a `development` one that is spelled out; a secret."""
    properties: Mapping[str, str] = {}
    """For `identity`: the settings below the name, in lower case."""


def storage_connection(settings: Settings, name: str) -> Connection:
    """The connection of a storage binding; absent and empty ones are the local cloud's.

    Order of the names: azure-webjobs-sdk, `IConfigurationExtensions.GetWebJobsConnectionSection`.
    """
    wanted = name or "AzureWebJobsStorage"
    if not name:
        candidates = ["AzureWebJobsStorage", "ConnectionStrings:AzureWebJobsStorage"]
    else:
        candidates = [f"ConnectionStrings:AzureWebJobs{name}", f"AzureWebJobs{name}", f"ConnectionStrings:{name}", name]
    for candidate in candidates:
        value = get(settings, candidate)
        if value:
            kind: Literal["development", "string"] = "development" if is_development(value) else "string"
            return Connection(wanted, kind, value)
        properties = _children(settings, candidate)
        if properties:
            return Connection(wanted, "identity", properties=properties)
        if value is not None:
            return Connection(wanted, "development")
    return Connection(wanted, "missing" if name and name.lower() != "azurewebjobsstorage" else "development")


def _children(settings: Settings, name: str) -> dict[str, str]:
    prefix = _key(name) + ":"
    return {key[len(prefix) :]: value for key, value in settings.lookup.items() if key.startswith(prefix)}


def is_development(connection_string: str) -> bool:
    """Whether a storage connection string means an emulator on this machine."""
    parts = {
        key.strip().lower(): value.strip()
        for key, separator, value in (part.partition("=") for part in connection_string.split(";"))
        if separator
    }
    if parts.get("usedevelopmentstorage", "").lower() == "true":
        return True
    if parts.get("accountname", "").lower() != ACCOUNT:
        return False
    endpoints = [value for key, value in parts.items() if key.endswith("endpoint")]
    return all(_is_loopback(endpoint) for endpoint in endpoints)


def _is_loopback(url: str) -> bool:
    authority = url.partition("://")[2].partition("/")[0]
    host = authority.rpartition(":")[0] if authority.rpartition(":")[2].isdigit() else authority
    return host.strip("[]").lower() in {"localhost", "::1"} or host.startswith("127.")
