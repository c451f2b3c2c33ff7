"""A baseline: findings that are known, so that only new ones are reported.

A finding is known by its rule and the place in the structure of the code, its app, its file and its function; neither its line
nor its words count, which change with every edit. Where there are more of a kind than the baseline has, the last are new.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from pystein_lsp.cli.files import write_whole
from pystein_lsp.cli.report import AppReport, Found
from pystein_lsp.cli.status import UnusableError

_KEYS = ("app", "file", "rule", "function")


class Key(NamedTuple):
    """What a finding is known by."""

    app: str
    """The app's folder, relative to that of the baseline."""
    file: str
    """Relative to the app's folder."""
    rule: str
    function: str | None


def read_baseline(path: str) -> Counter[Key]:
    """How many findings of each kind are known.

    Raises:
        UnusableError: the file is missing or is no baseline.
    """
    try:
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
        entries = content["findings"]
        return Counter({Key(*(entry[key] for key in _KEYS)): int(entry["count"]) for entry in entries})
    except OSError as error:
        raise UnusableError(f"{path}: the baseline cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnusableError(f"{path}: this is no baseline; write one with --write-baseline") from error


def write_baseline(path: str, apps: Iterable[AppReport]) -> int:
    """Write what is found, and give how many findings that are.

    Raises:
        UnusableError: the file cannot be written.
    """
    folder = os.path.dirname(os.path.abspath(path))
    known = Counter(_key(each, app, folder) for app in apps for each in app.found)
    entries = [
        {**key._asdict(), "count": count}
        for key, count in sorted(known.items(), key=lambda item: (*item[0][:3], item[0][3] or ""))
    ]
    text = json.dumps({"version": 1, "findings": entries}, indent=2, ensure_ascii=False) + "\n"
    try:
        write_whole(path, text.encode(errors="backslashreplace"))
    except OSError as error:
        raise UnusableError(f"{path}: the baseline cannot be written: {error.strerror}") from error
    return sum(known.values())


def without_known(app: AppReport, path: str, known: Counter[Key]) -> AppReport:
    """The report of an app without what a baseline knows; `known` is used up."""
    folder = os.path.dirname(os.path.abspath(path))
    new: list[Found] = []
    for each in app.found:
        key = _key(each, app, folder)
        if known[key] > 0:
            known[key] -= 1
        else:
            new.append(each)
    return app._replace(found=tuple(new), baselined=len(app.found) - len(new))


def _key(found: Found, app: AppReport, folder: str) -> Key:
    return Key(_relative(app.root, folder), _relative(found.place.path, app.root), found.code, found.function)


def _relative(path: str, folder: str) -> str:
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:  # another drive
        return path.replace(os.sep, "/")
