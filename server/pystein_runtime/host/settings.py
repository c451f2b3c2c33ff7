"""The app's settings as the platform sees them: local.settings.json under the environment, and named connections."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal, NamedTuple

from pystein_lsp.platform.jsonc import EMPTY, JsonError, Node, read_object
from pystein_lsp.platform.settings import LOCAL, connection_names, entries, is_encrypted, nested_value, normalised
from pystein_runtime.cloud.account import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_STORAGE = "AzureWebJobsStorage"
"""The connection of a storage binding that names none, and where it is looked for."""
_STORAGE_NAMES = ("azurewebjobsstorage", "connectionstrings:azurewebjobsstorage")


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


def read(folder: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of the app in a folder.

    Raises:
        SettingsError: the file is broken or encrypted.
    """
    environment = os.environ if environment is None else environment
    try:
        root = read_object(folder / LOCAL) or EMPTY
    except JsonError as error:
        raise SettingsError(str(error)) from error
    if is_encrypted(root):
        raise SettingsError(
            f"{folder / LOCAL} is encrypted, which only the tool that encrypted it can read: run `func settings decrypt`."
        )
    warnings: list[str] = []
    values = _values(root, warnings)
    for name in [name for name in values if name in environment]:
        values[name] = environment[name]
    values["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development"
    values.setdefault("FUNCTIONS_WORKER_RUNTIME", environment.get("FUNCTIONS_WORKER_RUNTIME", "python"))
    host = root.get("Host") or EMPTY
    return Settings(
        values=values,
        lookup={normalised(name): value for name, value in {**environment, **values}.items()},
        port=_port(_text(host, "LocalHttpPort"), warnings),
        cors=tuple(part.strip() for part in _text(host, "CORS").split(",") if part.strip()),
        cors_credentials=_text(host, "CORSCredentials").lower() == "true",
        warnings=tuple(warnings),
    )


def override(settings: Settings, values: Mapping[str, str]) -> Settings:
    """The settings with others in their place."""
    lookup = {**settings.lookup, **{normalised(name): value for name, value in values.items()}}
    return settings._replace(values={**settings.values, **values}, lookup=lookup)


def _values(root: Node, warnings: list[str]) -> dict[str, str]:
    """Values and ConnectionStrings as environment variables. One nested value loses them all, as on the platform."""
    nested = nested_value(root)
    if nested is not None:
        warnings.append(
            f"{LOCAL}: the value of {nested.key} is not a text, so the platform ignores every value of the file. "
            "Write nested settings as NAME__child."
        )
        return {}
    values: dict[str, str] = {}
    for entry in entries(root):
        if not entry.name:
            warnings.append(f"{LOCAL}: a setting without a name is ignored.")
        elif entry.value is None:
            warnings.append(f"{LOCAL}: {entry.name} is ignored because it is null.")
        else:
            values[entry.name] = entry.value
    return values


def _text(section: Node, key: str) -> str:
    """A scalar of a section; empty where there is none."""
    node = section.get(key)
    return "" if node is None or node.value is None else str(node.value)


def _port(text: str, warnings: list[str]) -> int | None:
    if not text:
        return None
    try:
        port = int(text)
    except ValueError:
        port = -1
    if 0 <= port <= 65535:
        return port
    warnings.append(f"{LOCAL}: Host.LocalHttpPort is not a port number.")
    return None


def get(settings: Settings, name: str) -> str | None:
    """A setting's value, without regard to the name's case; `__` and `:` are the same."""
    return settings.lookup.get(normalised(name))


class Connection(NamedTuple):
    """What a binding's `connection` stands for."""

    name: str
    kind: Literal["development", "string", "identity", "missing"]
    value: str = ""
    """The connection string, for `string` and for a `development` one that is spelled out; a secret."""
    properties: Mapping[str, str] = {}
    """For `identity`: the settings below the name, in lower case."""


def storage_connection(settings: Settings, name: str) -> Connection:
    """The connection of a storage binding; a missing default one is the local cloud's, too."""
    found = connection(settings, name or _STORAGE, is_development, connection_names(name) if name else _STORAGE_NAMES)
    is_default = found.name.lower() == _STORAGE.lower()
    return found._replace(kind="development") if found.kind == "missing" and is_default else found


def connection(
    settings: Settings, name: str, is_emulator: Callable[[str], bool], candidates: Sequence[str] | None = None
) -> Connection:
    """What a connection's name stands for; an empty one is the local cloud's.

    Args:
        settings: the app's settings.
        name: as the binding has it.
        is_emulator: whether a connection string means an emulator on this machine.
        candidates: normalised names to look for instead of the platform's usual ones.
    """
    for candidate in candidates or connection_names(name):
        value = settings.lookup.get(candidate)
        if value:
            return Connection(name, "development" if is_emulator(value) else "string", value)
        properties = _children(settings, candidate)
        if properties:
            return Connection(name, "identity", properties=properties)
        if value is not None:
            return Connection(name, "development")
    return Connection(name, "missing")


def _children(settings: Settings, name: str) -> dict[str, str]:
    prefix = name + ":"
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


def shown(connection: str) -> str:
    """The name of a connection, for logs and pages; of a whole connection string, which is a mistake, no value."""
    return f"{connection.partition('=')[0]}=..." if "=" in connection else connection
