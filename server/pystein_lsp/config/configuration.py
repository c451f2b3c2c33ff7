"""A configuration as it was read, and what it decides about a diagnostic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, TypeAlias

from pystein_lsp.config.globs import relative
from pystein_lsp.rules.diagnose import Diagnostic
from pystein_lsp.rules.rule import Severity

Level: TypeAlias = Severity | Literal["off"]


class Configuration(NamedTuple):
    """What a user decided. Paths in it are absolute."""

    folder: str = ""
    """What patterns are relative to."""
    path: str | None = None
    """The file that it was read from."""
    select: frozenset[str] | None = None
    """The rules that apply; None for all."""
    ignore: frozenset[str] = frozenset()
    severity: Mapping[str, Level] = {}
    per_file_ignores: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = ()
    exclude: tuple[re.Pattern[str], ...] = ()
    settings: Mapping[str, str | None] = {}
    """App settings that exist where the app runs; None where their value is not told."""
    settings_file: str | None = None
    azure_functions_version: str | None = None
    python_version: str | None = None
    error_on_warning: bool = False
    baseline: str | None = None


DEFAULT = Configuration()


class ConfigurationError(ValueError):
    """A configuration that cannot be used; the message names the file and the key and says how to mend it."""


def excludes(configuration: Configuration, path: str) -> bool:
    """Whether a file or folder is to be left alone."""
    return bool(configuration.exclude) and _matches(configuration, path, configuration.exclude)


def configured(configuration: Configuration, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics as the user wants them: those of the chosen rules, with the chosen severities."""
    return [each for each in map(_Judge(configuration), diagnostics) if each]


class _Judge:
    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._silent: dict[str, frozenset[str]] = {}

    def __call__(self, diagnostic: Diagnostic) -> Diagnostic | None:
        """The diagnostic with its severity; None where it is not wanted."""
        configuration, code = self._configuration, diagnostic.code
        if code in configuration.ignore or (configuration.select is not None and code not in configuration.select):
            return None
        if code in self._silent_in(diagnostic.location.path):
            return None
        level = configuration.severity.get(code)
        if level is None:
            return diagnostic
        return None if level == "off" else diagnostic._replace(severity=level)

    def _silent_in(self, path: str) -> frozenset[str]:
        found = self._silent.get(path)
        if found is None:
            ignored = self._configuration.per_file_ignores
            groups = [rules for pattern, rules in ignored if _matches(self._configuration, path, (pattern,))]
            found = self._silent[path] = frozenset().union(*groups)
        return found


def _matches(configuration: Configuration, path: str, patterns: Iterable[re.Pattern[str]]) -> bool:
    inside = relative(path, configuration.folder)
    return any(pattern.fullmatch(inside) for pattern in patterns)
