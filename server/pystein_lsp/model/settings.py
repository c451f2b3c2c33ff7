"""App settings: what local.settings.json, its templates and the environment say, as the platform would look it up."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal, NamedTuple

from pystein_lsp.model.files import Files
from pystein_lsp.syntax.jsonc import Json, Member, Node, read_json
from pystein_lsp.syntax.span import Location, Span

LOCAL = "local.settings.json"
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

        The platform tries `ConnectionStrings:AzureWebJobsNAME`, `AzureWebJobsNAME`, `ConnectionStrings:NAME` and `NAME`, each as a
        value or as the prefix of an identity-based connection (azure-webjobs-sdk, GetWebJobsConnectionSection).
        """
        wanted = normalised(name)
        for key in (
            f"connectionstrings:azurewebjobs{wanted}",
            f"azurewebjobs{wanted}",
            f"connectionstrings:{wanted}",
            wanted,
        ):
            if key in self.values:
                return self.values[key]
            if key in self.sections:
                return self.sections[key]
        return None

    @property
    def names(self) -> tuple[str, ...]:
        """The names as they are written in files, for suggestions."""
        return tuple(setting.name for setting in self.values.values() if setting.location)


def normalised(name: str) -> str:
    """A setting's name as it is compared: without regard to case, `__` as `:`."""
    return name.lower().replace("__", ":")


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
    values = root.get("Values")
    if values and any(member.value and member.value.kind in ("object", "array") for member in values.members):
        return False  # the tools then take none of them
    return not encrypted(root)


def encrypted(root: Node) -> bool:
    """Whether a settings file says that its values are encrypted."""
    flag = root.get("IsEncrypted")
    return flag is not None and flag.value is True


def _is_template(name: str) -> bool:
    lower = name.lower()
    return "settings" in lower and "local" in lower and any(mark in lower for mark in _TEMPLATE_MARKS)


def _settings_in(file: JsonFile, *, is_template: bool) -> list[Setting]:
    root = file.json.root
    if root is None:
        return []

    def setting(name: str, member: Member) -> Setting:
        return Setting(name, _text(member.value), file.location(member.key_span), is_template)

    values = root.get("Values")
    connections = root.get("ConnectionStrings")
    found = [
        setting(member.key, member)
        for member in (values.members if values else ())
        if member.key and member.value and member.value.kind != "null"  # the tools skip these
    ]
    found += [
        setting(f"ConnectionStrings:{member.key}", member) for member in (connections.members if connections else ())
    ]
    return found


def _text(node: Node | None) -> str | None:
    if node is None or node.kind in ("null", "object", "array", "broken"):
        return None
    return str(node.value)
