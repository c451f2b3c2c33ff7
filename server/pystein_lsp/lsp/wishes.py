"""What the user set in the editor: the keys of the configuration file, and what only an editor has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pystein_lsp.config.configuration import Configuration, ConfigurationError
from pystein_lsp.config.read import configuration_from
from pystein_lsp.features.kinds import LENSES

_PATTERNS = {"exclude", "per_file_ignores"}
HINTS = ("schedule", "route", "name")


class Wishes(NamedTuple):
    """The settings of the section `pystein`, as far as they can be used."""

    configuration: Configuration = Configuration()
    given: frozenset[str] = frozenset()
    """The fields of the configuration that the user set."""
    no_lenses: frozenset[str] = frozenset()
    """Kinds of code lenses that are switched off."""
    no_hints: frozenset[str] = frozenset()
    """Kinds of inlay hints that are switched off."""
    whole_workspace: bool = True
    """Whether files are diagnosed that are not open."""

    def over(self, configuration: Configuration) -> Configuration:
        """A file's configuration with the user's own wishes in the place of what it says."""
        if not self.given:
            return configuration
        return configuration._replace(**{field: getattr(self.configuration, field) for field in self.given})


def read_wishes(table: Any, folder: str, complain: Callable[[str], None]) -> Wishes:
    """Read what the editor sent; what is unknown is left alone, for it may be the editor's own.

    Args:
        table: the section `pystein`, or anything else.
        folder: what paths and patterns are relative to.
        complain: told of a value that cannot be used.
    """
    if not isinstance(table, Mapping):
        return Wishes()
    fields: dict[str, Any] = {}
    for key, value in table.items():
        name = _kebab(str(key))
        if value is None or name not in _options():
            continue
        try:
            read = configuration_from({name: value}, folder, "the setting pystein")
        except ConfigurationError as error:
            complain(str(error))
            continue
        field = name.replace("-", "_")
        fields[field] = getattr(read, field)
    return Wishes(
        Configuration(folder=folder, **fields),
        frozenset({*fields, "folder"} if fields.keys() & _PATTERNS else fields),
        _switched_off(table.get("codeLens"), LENSES),
        _switched_off(table.get("inlayHints"), HINTS),
        table.get("diagnosticMode") != "openFilesOnly",
    )


def _options() -> Mapping[str, object]:
    from pystein_lsp.config.options import BY_NAME  # noqa: PLC0415 (not needed to start)

    return BY_NAME


def _switched_off(given: Any, kinds: tuple[str, ...]) -> frozenset[str]:
    """The kinds that are off: all of them, or those that are set to false one by one."""
    if given is False:
        return frozenset(kinds)
    if not isinstance(given, Mapping):
        return frozenset()
    if given.get("enable") is False:
        return frozenset(kinds)
    return frozenset(kind for kind in kinds if given.get(kind) is False)


def _kebab(key: str) -> str:
    return re.sub(r"(?<=[a-z])[A-Z]", lambda match: f"-{match[0].lower()}", key)
