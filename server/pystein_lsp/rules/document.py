"""The rules' pages, made from their docstrings.

Run as `python -m pystein_lsp.rules.document [DIR]` it writes `docs/rules/`: one page for each rule, and an index.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pystein_lsp.rules.rule import Effect, Rule
from pystein_lsp.rules.table import RULES

HEADINGS = ("What it does", "Why it matters", "Example", "Use instead", "Fix safety", "Reference")
"""The headings of every page, in this order."""

FOLDER = os.path.join("docs", "rules")

_EFFECTS: dict[Effect, str] = {
    "app": "the platform loads no function of the app",
    "function": "the platform loses the function",
    "none": "the platform goes on",
}
_INTRODUCTION = (
    "An *error* is what the platform refuses, or how it loses a function; a *warning* is what loads and then fails;"
    " the others are worth knowing."
)
_HEADING = re.compile(r"^## (.+)\n", re.MULTILINE)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


class Code(NamedTuple):
    """A block of code on a page."""

    language: str
    text: str


class Page(NamedTuple):
    """What the docstring of a rule says."""

    name: str
    summary: str
    """One sentence without its full stop."""
    text: str
    """Everything, in Markdown, without a title."""
    sections: Mapping[str, str]
    """By heading."""

    def code(self, heading: str) -> list[Code]:
        """The blocks of code of a section."""
        return [Code(*found) for found in _FENCE.findall(self.sections.get(heading, ""))]


def page(rule: type[Rule]) -> Page:
    """The page of a rule."""
    text = _dedented(rule.__doc__ or "")
    first, *rest = _HEADING.split(text)
    return Page(
        rule.name,
        first.strip().partition("\n")[0].rstrip("."),
        text,
        {heading: section.strip() + "\n" for heading, section in zip(rest[::2], rest[1::2], strict=True)},
    )


def markdown(rule: type[Rule]) -> str:
    """The page as it stands in the documentation."""
    facts = f"Severity: {rule.severity}. Effect: {_EFFECTS[rule.effect]}."
    summary, _, rest = page(rule).text.partition("\n")
    return f"# {rule.name}\n\n{summary}\n\n*{facts}*\n{rest.rstrip()}\n"


def index() -> str:
    """The list of all pages."""
    rows = [f"| [{rule.name}]({rule.name}.md) | {rule.severity} | {page(rule).summary} |" for rule in by_name()]
    head = [
        "# Rules",
        "",
        _INTRODUCTION,
        "",
        "| Rule | Severity | What it says |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"


def by_name() -> list[type[Rule]]:
    """All rules, in the order of their names."""
    return sorted(RULES, key=lambda rule: rule.name)


def files() -> Iterator[tuple[str, str]]:
    """What belongs into the folder: names and contents."""
    yield "README.md", index()
    for rule in by_name():
        yield f"{rule.name}.md", markdown(rule)


def _dedented(docstring: str) -> str:
    """The docstring without the indentation of its class (`inspect.cleandoc`, without what importing it costs)."""
    first, _, rest = docstring.partition("\n")
    return f"{first.strip()}\n{re.sub('^    ', '', rest, flags=re.MULTILINE).rstrip()}\n"


def main() -> None:
    """Write the pages, and remove those of rules that are gone."""
    folder = sys.argv[1] if len(sys.argv) > 1 else FOLDER
    os.makedirs(folder, exist_ok=True)
    pages = dict(files())
    for name in sorted(set(os.listdir(folder)) - pages.keys()):
        os.remove(os.path.join(folder, name))
    for name, text in pages.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
            file.write(text)


if __name__ == "__main__":
    main()
