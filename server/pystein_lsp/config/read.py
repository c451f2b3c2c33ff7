"""Find and read configurations: the nearest `pystein-lsp.toml`, or `pyproject.toml` with `[tool.pystein-lsp]`, upwards of an app."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from pystein_lsp.config.configuration import DEFAULT, Configuration, ConfigurationError

OWN = "pystein-lsp.toml"
SHARED = "pyproject.toml"
SECTION = "tool.pystein-lsp"
_MARK = b"pystein-lsp"


class Configurations:
    """Configurations by folder. Each file is read once."""

    def __init__(self) -> None:
        self._by_folder: dict[str, Configuration] = {}

    def of(self, folder: str) -> Configuration:
        """The configuration that counts for a folder.

        Raises:
            ConfigurationError: the file cannot be used.
        """
        found = self._by_folder.get(folder)
        if found is None:
            found = _in(folder)
            if found is None:
                parent = os.path.dirname(folder)
                found = DEFAULT if parent == folder else self.of(parent)
            self._by_folder[folder] = found
        return found


def configuration_from(table: Mapping[str, Any], folder: str, where: str, path: str | None = None) -> Configuration:
    """A configuration from what a file or an editor says.

    Args:
        table: options by name.
        folder: what its paths and patterns are relative to.
        where: what errors are said about.
        path: the file that it stands in.

    Raises:
        ConfigurationError: an option is unknown or has a value that it cannot have.
    """
    from pystein_lsp.config.options import BY_NAME, WrongError  # noqa: PLC0415 (without a configuration none is needed)

    fields: dict[str, Any] = {}
    for name, value in table.items():
        option = BY_NAME.get(name)
        if option is None:
            raise ConfigurationError(f"{where}: there is no option '{name}'; {_hint(name, BY_NAME)}")
        try:
            fields[name.replace("-", "_")] = option.read(value, folder)
        except WrongError as error:
            raise ConfigurationError(f"{where}: {'.'.join([name, *error.key])}: {error}") from error
        except ValueError as error:
            raise ConfigurationError(f"{where}: {name}: {error}") from error
    return Configuration(folder=folder, path=path, **fields)


def _in(folder: str) -> Configuration | None:
    """The configuration that a folder itself holds."""
    for name in (OWN, SHARED):
        path = os.path.join(folder, name)
        data = _bytes(path)
        if data is None or (name == SHARED and _MARK not in data):
            continue
        table = _parsed(data, path)
        if name == SHARED:
            tool = table.get("tool")
            table = tool.get("pystein-lsp") if isinstance(tool, dict) else None
            if table is None:
                continue
            if not isinstance(table, dict):
                raise ConfigurationError(f"{_shown(path)}: [{SECTION}]: must be a table")
        where = f"{_shown(path)}: [{SECTION}]" if name == SHARED else _shown(path)
        return configuration_from(table, folder, where, path)
    return None


def _bytes(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if os.path.isfile(path):
            raise ConfigurationError(f"{_shown(path)}: it cannot be read: {error.strerror}") from error
        return None


def _parsed(data: bytes, path: str) -> Any:
    tomllib = import_module(
        "tomllib" if sys.version_info >= (3, 11) else "tomli"
    )  # only where there is something to read
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{_shown(path)}: it is not UTF-8, as TOML has to be") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigurationError(f"{_shown(path)}: it is not TOML: {error}") from error


def _shown(path: str) -> str:
    try:
        relative = os.path.relpath(path)
    except ValueError:
        return path
    return path if relative.startswith("..") else relative


def _hint(name: str, known: Mapping[str, object]) -> str:
    from pystein_lsp.rules.suggest import closest  # noqa: PLC0415 (for what is wrong only)

    meant = closest(name.replace("_", "-"), known)
    return f"did you mean '{meant}'?" if meant else f"there are {', '.join(known)}"
