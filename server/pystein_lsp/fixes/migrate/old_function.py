"""A function of the v1 model: a folder with function.json, which names a script and the function in it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pystein_lsp.model.files import SKIPPED_FOLDERS, Files
from pystein_lsp.platform.jsonc import read_json

NAME = "function.json"


class OldFunction(NamedTuple):
    """One function. Paths are absolute."""

    name: str
    config: str
    """The path of its function.json."""
    script: str
    entry: str
    """The name of the Python function."""
    bindings: tuple[Mapping[str, Any], ...]
    retry: Mapping[str, Any] | None
    disabled: bool


class Unreadable(NamedTuple):
    """A function.json from which nothing can be made, and why."""

    config: str
    reason: str


def old_functions(files: Files, root: str) -> Iterator[OldFunction | Unreadable]:
    """The functions of an app, in the order of their names."""
    for name in sorted(files.names(root)):
        folder = os.path.join(root, name[:-1])
        if name.endswith("/") and name[:-1] not in SKIPPED_FOLDERS and NAME in files.names(folder):
            yield _read(files, name[:-1], folder)


def old_apps(files: Files, folder: str) -> Iterator[str]:
    """The folders at and below one that hold Python functions of the v1 model."""
    pending = [folder]
    while pending:
        current = pending.pop()
        inner = [name[:-1] for name in sorted(files.names(current), reverse=True) if name.endswith("/")]
        inside = [os.path.join(current, name) for name in inner if name not in SKIPPED_FOLDERS]
        if "host.json" in files.names(current) and any(_is_python(files, each) for each in inside):
            yield current
        pending += [each for each in inside if not os.path.islink(each)]


def _is_python(files: Files, folder: str) -> bool:
    names = files.names(folder)
    return NAME in names and any(name.endswith(".py") for name in names)


def _read(files: Files, name: str, folder: str) -> OldFunction | Unreadable:
    config = os.path.join(folder, NAME)
    read = read_json(files.text(config) or "")
    if read.problems or read.root is None or read.root.kind != "object":
        return Unreadable(config, read.problems[0].message if read.problems else "it is no JSON object")
    content: Any = read.root.plain()
    bindings = content.get("bindings")
    if not isinstance(bindings, list) or not all(_is_binding(each) for each in bindings):
        return Unreadable(config, "its bindings are no list of objects with a type and a name")
    script = content.get("scriptFile") or "__init__.py"
    entry = content.get("entryPoint") or "main"
    retry = content.get("retry")
    if not isinstance(script, str) or not isinstance(entry, str):
        return Unreadable(config, "its scriptFile or entryPoint is no text")
    path = os.path.normpath(os.path.join(folder, *script.split("/")))
    known_retry = retry if isinstance(retry, dict) else None
    return OldFunction(name, config, path, entry, tuple(bindings), known_retry, content.get("disabled") is True)


def _is_binding(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(key), str) for key in ("type", "name"))
