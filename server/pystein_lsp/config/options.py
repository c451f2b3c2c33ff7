"""The table of options: their names, what they may be, what they are for. Reading, schema and documentation follow it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from pystein_lsp.config.configuration import Level
from pystein_lsp.config.globs import compiled
from pystein_lsp.config.names import rules_named

Schema: TypeAlias = dict[str, Any]

LEVELS: tuple[Level, ...] = ("error", "warning", "information", "hint", "off")
_PYTHON = re.compile(r"3\.\d+")
_VERSION = re.compile(r"\d+(\.\d+){0,2}")


class Option(NamedTuple):
    """One option."""

    name: str
    """As it is written; the field of the configuration has `_` for `-`."""
    summary: str
    text: str
    example: str
    """A line or table of TOML."""
    schema: Schema
    read: Callable[[Any, str], Any]
    """From the value and the folder of the file to what the configuration holds; raises ValueError."""


class WrongError(ValueError):
    """A value is wrong; `key` says where inside an option it stands."""

    def __init__(self, message: str, *key: str) -> None:
        super().__init__(message)
        self.key = key


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise WrongError("must be a list of texts")
    return value


def _table(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise WrongError("must be a table")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise WrongError("must be a text")
    return value


def _rules(value: Any, _folder: str) -> frozenset[str]:
    return rules_named(_texts(value))


def _severity(value: Any, _folder: str) -> dict[str, Level]:
    found: dict[str, Level] = {}
    for name, level in _table(value).items():
        if level not in LEVELS:
            raise WrongError(f"{level!r} is no severity; use one of {', '.join(LEVELS)}", name)
        found |= dict.fromkeys(rules_named([name]), level)
    return found


def _per_file(value: Any, _folder: str) -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    return tuple((compiled(pattern), _in_file(pattern, names)) for pattern, names in _table(value).items())


def _in_file(pattern: str, names: Any) -> frozenset[str]:
    try:
        return rules_named(_texts(names))
    except ValueError as error:
        raise WrongError(str(error), pattern) from error


def _globs(value: Any, _folder: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(compiled, _texts(value)))


def _settings(value: Any, _folder: str) -> dict[str, str | None]:
    if isinstance(value, list):
        return dict.fromkeys(_texts(value))
    if not isinstance(value, dict):
        raise WrongError("must be a list of names, or a table of names and values")
    for name, setting in value.items():
        if not isinstance(setting, str):
            raise WrongError("must be a text: app settings hold nothing else", name)
    return dict(value)


def _file(value: Any, folder: str) -> str:
    path = os.path.join(folder, _text(value))
    if not os.path.isfile(path):
        raise ValueError(f"there is no file '{value}' beside the configuration")
    return os.path.normpath(path)


def _path(value: Any, folder: str) -> str:
    return os.path.normpath(os.path.join(folder, _text(value)))


def _version(value: Any, _folder: str) -> str:
    if not isinstance(value, str) or not _VERSION.fullmatch(value):
        raise ValueError('must be a version in quotes, such as "1.21.3"')
    return value


def _python_version(value: Any, _folder: str) -> str:
    if not isinstance(value, str) or not _PYTHON.fullmatch(value):
        raise ValueError('must be a version in quotes, such as "3.12"')
    return value


def _flag(value: Any, _folder: str) -> bool:
    if not isinstance(value, bool):
        raise WrongError("must be true or false")
    return value


_RULE: Schema = {"$ref": "#/definitions/rule"}
_RULES: Schema = {"type": "array", "items": _RULE}
_GLOBS: Schema = {"type": "array", "items": {"type": "string"}}

OPTIONS: tuple[Option, ...] = (
    Option(
        "select",
        "The rules that apply; all of them where this is not given.",
        "Names, or patterns such as `durable-*`. `--select` on the command line replaces it.",
        'select = ["invalid-cron", "durable-*"]',
        _RULES,
        _rules,
    ),
    Option(
        "ignore",
        "Rules that do not apply.",
        "`--ignore` on the command line adds to it.",
        'ignore = ["cron-five-fields"]',
        _RULES,
        _rules,
    ),
    Option(
        "severity",
        "Severities other than the rules' own.",
        "By rule or pattern: `error`, `warning`, `information`, `hint`, or `off` for none. Only errors fail a check.",
        '[tool.pystein-lsp.severity]\nmissing-connection-setting = "error"\ninvalid-cron = "warning"',
        {"type": "object", "propertyNames": _RULE, "additionalProperties": {"enum": list(LEVELS)}},
        _severity,
    ),
    Option(
        "per-file-ignores",
        "Rules that do not apply in some files.",
        "By pattern of their paths; see [patterns](#patterns).",
        '[tool.pystein-lsp.per-file-ignores]\n"tests/**" = ["unbound-parameter"]\n"legacy_*.py" = ["*"]',
        {"type": "object", "additionalProperties": _RULES},
        _per_file,
    ),
    Option(
        "exclude",
        "Files and folders that are left alone.",
        "See [patterns](#patterns). An app that is named on the command line is checked all the same; what tools put into"
        " a repository (`.venv`, `node_modules`, `.python_packages`, ...) is left out without being named.",
        'exclude = ["samples", "vendor/**"]',
        _GLOBS,
        _globs,
    ),
    Option(
        "settings",
        "App settings that exist where the app runs.",
        "For settings that are in no file of the repository. A list of names, or a table of names and values; do not put"
        " secrets here.",
        'settings = ["ServiceBusConnection", "CosmosDb__accountEndpoint"]',
        {
            "anyOf": [
                {"type": "array", "items": {"type": "string"}},
                {"type": "object", "additionalProperties": {"type": "string"}},
            ]
        },
        _settings,
    ),
    Option(
        "settings-file",
        "A file in the form of local.settings.json that counts as one.",
        "Relative to the configuration. `--settings` on the command line replaces it.",
        'settings-file = "deploy/ci.settings.json"',
        {"type": "string"},
        _file,
    ),
    Option(
        "azure-functions-version",
        "The version of azure-functions that the app runs with.",
        "Where requirements.txt does not tell it. Decorators that came later are reported.",
        'azure-functions-version = "1.18.0"',
        {"type": "string", "pattern": f"^{_VERSION.pattern}$"},
        _version,
    ),
    Option(
        "python-version",
        "The Python that the app runs on.",
        "Where neither `.python-version`, `runtime.txt` nor `.venv` in the app's folder tells it. What is a valid annotation"
        " depends on it.",
        'python-version = "3.10"',
        {"type": "string", "pattern": f"^{_PYTHON.pattern}$"},
        _python_version,
    ),
    Option(
        "error-on-warning",
        "Whether warnings fail a check, as `--error-on-warning` says for one run.",
        "",
        "error-on-warning = true",
        {"type": "boolean"},
        _flag,
    ),
    Option(
        "baseline",
        "A file of findings that are known and not reported.",
        "Relative to the configuration; `--write-baseline` writes it, `--baseline` on the command line replaces it."
        " See [known findings](#known-findings).",
        'baseline = "pystein-baseline.json"',
        {"type": "string"},
        _path,
    ),
)

BY_NAME = {option.name: option for option in OPTIONS}
