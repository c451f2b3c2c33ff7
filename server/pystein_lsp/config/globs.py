"""Patterns of paths.

A pattern without a slash names files and folders wherever they are; one with a slash is relative to the folder of the
configuration. `*` and `?` stay inside a name, `**` crosses folders. A folder that matches stands for all that is in it.
"""

from __future__ import annotations

import os
import re

_PART = re.compile(r"\*+|\?|[^*?]+")


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern as what matches whole paths, written with `/` and relative to the folder of the configuration."""
    parts = pattern.strip("/").split("/")
    if parts[0] == "." and len(parts) > 1:
        parts = parts[1:]
    anchored = "/" in pattern.rstrip("/")
    translated = ["" if anchored else "(?:.*/)?"]
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if part == "**":
            translated.append(".*" if last else "(?:.*/)?")
        else:
            translated.append(_name(part) + ("" if last else "/"))
    return re.compile("".join(translated) + "(?:/.*)?", re.DOTALL)


def relative(path: str, folder: str) -> str:
    """An absolute path as patterns see it."""
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:  # another drive
        return path.replace(os.sep, "/")


def _name(part: str) -> str:
    return "".join(
        "[^/]*" if each.startswith("*") else "[^/]" if each == "?" else re.escape(each) for each in _PART.findall(part)
    )
