"""Google-style docstrings of the stubs as Markdown for hover and completion."""

import re
from typing import NamedTuple

_ARGUMENT = re.compile(r"    (\w+): (.*)")


class Docstring(NamedTuple):
    """A docstring in its parts; what is not there is empty."""

    text: str
    """Summary and explanation."""
    arguments: dict[str, str]
    example: str
    """Code, dedented."""
    footer: str
    """What follows the example: type, version and bundle in one line, the address of the reference in the next."""


def split(docstring: str) -> Docstring:
    """Cut a dedented docstring into its parts."""
    parts: dict[str, list[str]] = {"text": [], "Args:": [], "Example:": [], "footer": []}
    part = "text"
    for line in docstring.splitlines():
        if line in parts:
            part = line
        else:
            if part not in ("text", "footer") and line and not line.startswith(" "):
                part = "footer"
            parts[part].append(line)
    example = "\n".join(line[4:] for line in parts["Example:"])
    *facts, address = parts["footer"] or [""]
    footer = f"{' '.join(facts)}\n{address}".strip()
    return Docstring("\n".join(parts["text"]).strip(), _arguments(parts["Args:"]), example.strip("\n"), footer)


def _arguments(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    name = ""
    for line in lines:
        if match := _ARGUMENT.fullmatch(line):
            name = match[1]
            found[name] = match[2]
        elif line.strip():
            found[name] += " " + line.strip()
    return found


def render(docstring: str) -> dict[str, str]:
    """Markdown by parameter; the empty name is the page about the whole."""
    parts = split(docstring)
    page = parts.text
    if parts.example:
        page += f"\n\n```python\n{parts.example}\n```"
    if parts.footer:
        facts, _, address = parts.footer.rpartition("\n")
        page += f"\n\n{facts} [Reference]({address})"
    return {"": page, **parts.arguments}
