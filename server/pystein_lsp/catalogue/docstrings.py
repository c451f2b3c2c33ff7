"""Google-style docstrings of the stubs as Markdown for hover and completion."""

from __future__ import annotations

import re
from typing import NamedTuple

from .types import Decorator

_SECTION = re.compile(r"^(Args|Example):$", re.MULTILINE)
_ARGUMENT = re.compile(r"^    (\w+): (.*)$")


class Docstring(NamedTuple):
    """A docstring in its parts."""

    text: str
    """Summary and explanation."""
    arguments: dict[str, str]
    example: str
    """Code, dedented; empty where there is none."""


def split(docstring: str) -> Docstring:
    """Cut a docstring into its parts; what is not there is empty."""
    parts = _SECTION.split(docstring)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    arguments: dict[str, str] = {}
    name = ""
    for line in sections.get("Args", "").splitlines():
        if match := _ARGUMENT.match(line):
            name = match[1]
            arguments[name] = match[2]
        elif name and line.strip():
            arguments[name] += " " + line.strip()
    example = "\n".join(line[4:] for line in sections.get("Example", "").strip("\n").splitlines()).strip("\n")
    return Docstring(parts[0].strip(), arguments, example)


def render(decorator: Decorator, docstring: str) -> dict[str, str]:
    """Markdown by parameter name; the empty name is the decorator itself."""
    parts = split(docstring)
    page = parts.text
    if parts.example:
        page += f"\n\n```python\n{parts.example}\n```"
    pages = {"": page}
    for parameter in decorator.parameters:
        if text := parts.arguments.get(parameter.name):
            pages[parameter.name] = text
    return pages
