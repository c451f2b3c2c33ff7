"""App settings: what local.settings.json, its templates and the environment say, as the platform would look it up."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from pystein_lsp.model.files import Files
from pystein_lsp.platform.jsonc import Json, read_json
from pystein_lsp.platform.settings import LOCAL, connection_names, entries, is_encrypted, nested_value, normalised
from pystein_lsp.syntax.span import Location, Span

_TEMPLATE_MARKS = ("example", "template", "sample")

Evidence = Literal["none", "template", "real"]


class JsonFile(NamedTuple):
    """A JSON file as read; an anchor for places in it."""

    path: str
    json: Json
    line: int = 0

    def location(self, span: Span) -> Location:
        """A place in the file."""
        return Location(self, span)


class Setting(NamedTuple):
    """One app setting. Its value is for deciding, never for showing."""

    name: str
    value: str | None
    """None where the file leaves it empty of text."""
    location: Location | None
    """None for what comes from the environment."""
    from_template: bool = False


class Settings(NamedTuple):
    """All settings that are known for an app."""

    values: Mapping[str, Setting]
    """By normalised name."""
    files: tuple[JsonFile, ...]
    evidence: Evidence
    """What it takes to say that a setting is missing: `real` where a readable local.settings.json (or a file named by
    the user) lists the settings, `template` where only an example of one does, `none` otherwise."""
    sections: Mapping[str, Setting]
    """A setting under each prefix that names one or more: `store` for `store:blobServiceUri`."""

    def get(self, name: str) -> Setting | None:
        """A setting by its exact name, in any case."""
        return self.values.get(normalised(name))

    def connection(self, name: str) -> Setting | None:
        """What a connection name resolves to.

        Each name that the platform tries may be a setting or the prefix of an identity-based connection.
        """
        for key in connection_names(name):
            if key in self.values:
                return self.values[key]
            if key in self.sections:
                return self.sections[key]
        return None

    @property
    def names(self) -> tuple[str, ...]:
        """The names as they are written in files, for suggestions."""
        return tuple(setting.name for setting in self.values.values() if setting.location)


def read_settings(
    files: Files,
    root: str,
    environ: Mapping[str, str],
    extra: str | None = None,
    declared: Mapping[str, str | None] | None = None,
) -> Settings:
    """The settings of the app at `root`.

    Args:
        files: where files are read from.
        root: the app's folder.
        environ: the environment, which wins over every file.
        extra: a settings file that the user named; it counts like local.settings.json.
        declared: settings from the configuration.
    """
    found: list[JsonFile] = []
    values: dict[str, Setting] = {}
    evidence: Evidence = "none"
    names = files.names(root)
    templates = sorted(name for name in names if _is_template(name))
    for path, is_template in [
        *((os.path.join(root, name), True) for name in templates),
        *([(os.path.join(root, LOCAL), False)] if LOCAL in names else []),
        *([(extra, False)] if extra else []),
    ]:
        content = files.text(path)
        if content is None:
            continue
        file = JsonFile(path, read_json(content))
        found.append(file)
        if not readable(file):
            continue
        evidence = "real" if not is_template else evidence if evidence == "real" else "template"
        for setting in _settings_in(file, is_template=is_template):
            values[normalised(setting.name)] = setting
    for name, value in (declared or {}).items():
        values[normalised(name)] = Setting(name, value, None)
    for name, value in environ.items():
        values[normalised(name)] = Setting(name, value, None)
    return Settings(values, tuple(found), evidence, _sections(values))


def _sections(values: Mapping[str, Setting]) -> dict[str, Setting]:
    found: dict[str, Setting] = {}
    for key, setting in values.items():
        end = key.find(":")
        while end >= 0:
            found.setdefault(key[:end], setting)
            end = key.find(":", end + 1)
    return found


def readable(file: JsonFile) -> bool:
    """Whether the platform's tools would take the values of the file, and we can read them too."""
    root = file.json.root
    if root is None or root.kind != "object" or file.json.problems:
        return False
    return nested_value(root) is None and not is_encrypted(root)


def settings_problem(files: Files, path: str) -> str | None:
    """Why the settings in a file cannot be used, for a user who named it; None where they can."""
    content = files.text(path)
    if content is None:
        return f"it cannot be read: {files.unreadable.get(path, 'it is no file')}"
    file = JsonFile(path, read_json(content))
    if file.json.problems:
        first = file.json.problems[0]
        return f"line {first.span.line + 1}: {first.message}"
    root = file.json.root
    if root is None or root.kind != "object":
        return 'it holds no JSON object like {"Values": {"NAME": "value"}}'
    if is_encrypted(root):
        return "its values are encrypted; write it again with 'func settings decrypt'"
    if nested := nested_value(root):
        return f"line {nested.key_span.line + 1}: the value of '{nested.key}' is no text; write '{nested.key}__Part' for each part"
    known = ("values", "connectionstrings", "isencrypted", "host")
    if root.members and not any(member.key.lower() in known for member in root.members):
        return 'it has no "Values", where app settings stand'
    return None


def _is_template(name: str) -> bool:
    lower = name.lower()
    return "settings" in lower and "local" in lower and any(mark in lower for mark in _TEMPLATE_MARKS)


def _settings_in(file: JsonFile, *, is_template: bool) -> Iterator[Setting]:
    for entry in entries(file.json.root) if file.json.root else ():
        if entry.name and entry.value is not None:
            yield Setting(entry.name, entry.value, file.location(entry.span), is_template)
