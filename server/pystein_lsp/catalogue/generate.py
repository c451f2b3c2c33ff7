"""Write the catalogue's data files from the stubs: `python -m pystein_lsp.catalogue.generate [--check]`.

`data.json` is what every start of the product loads; `docs.json` is what hover and completion show, read when first
asked for. Both have one decorator per line, so that a change in the stubs is a readable change here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .docstrings import render
from .loader import DECORATOR, PARAMETER, REFERENCES
from .location import stubs_directory
from .stub_classes import Knowledge, read_stubs
from .stub_modules import StubError, Stubs
from .types import AppClass, Decorator, Member, Parameter

DATA = Path(__file__).with_name("data.json")
DOCS = Path(__file__).with_name("docs.json")
VERSION = 1


def _record(value: Any, left_out: Mapping[str, Any] = MappingProxyType({})) -> dict[str, Any]:
    """A NamedTuple as an object without the fields that the loader fills in."""
    usual = {**value._field_defaults, **left_out}
    return {name: item for name, item in value._asdict().items() if name not in usual or item != usual[name]}


def _parameters(parameters: Iterable[Parameter]) -> list[dict[str, Any]]:
    return [_record(parameter, PARAMETER) for parameter in parameters]


def _decorator(value: Decorator) -> dict[str, Any]:
    record = _record(value, DECORATOR)
    reference = value.reference.removeprefix(REFERENCES)
    return {**record, "parameters": _parameters(value.parameters), "reference": reference}


def _class(value: AppClass) -> dict[str, Any]:
    removed = [_record(item) for item in value.removed]
    return {**_record(value), "parameters": _parameters(value.parameters), "removed": removed}


def _lines(entries: Mapping[str, Any]) -> str:
    rows = [f"{json.dumps(key)}: {json.dumps(entries[key], ensure_ascii=False)}" for key in sorted(entries)]
    return "{\n" + ",\n".join(rows) + "\n}"


def data_text(knowledge: Knowledge) -> str:
    """The text of data.json."""
    sections: dict[str, Mapping[str, Any]] = {
        "describes": knowledge.describes,
        "decorators": {key: _decorator(value) for key, value in knowledge.decorators.items()},
        "removed": {key: _record(value) for key, value in knowledge.removed.items()},
        "removed_parameters": {
            key: [_record(item) for item in items] for key, items in knowledge.removed_parameters.items()
        },
        "classes": {key: _class(value) for key, value in knowledge.classes.items()},
        "members": {key: _member_groups(value.values()) for key, value in knowledge.members.items()},
    }
    body = ",\n".join(f"{json.dumps(name)}: {_lines(entries)}" for name, entries in sections.items())
    return f'{{"version": {VERSION},\n{body}\n}}\n'


def _member_groups(members: Iterable[Member]) -> dict[str, Any]:
    """Names by kind; what has more than a name and a kind is spelled out."""
    groups: dict[str, Any] = {}
    for member in members:
        if member == Member(member.name, member.kind):
            groups.setdefault(member.kind, []).append(member.name)
        else:
            groups.setdefault("more", []).append(_record(member))
    return groups


def docs_text(knowledge: Knowledge) -> str:
    """The text of docs.json."""
    pages = {key: render(docstring) for key, docstring in knowledge.docstrings.items()}
    return _lines(pages) + "\n"


def main(arguments: list[str]) -> int:
    """Write both files; with `--check` only say whether they are stale."""
    try:
        knowledge = read_stubs(Stubs(stubs_directory()))
        texts = {DATA: data_text(knowledge), DOCS: docs_text(knowledge)}
    except (StubError, FileNotFoundError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    stale = [path for path, text in texts.items() if not path.is_file() or path.read_text("utf-8") != text]
    if "--check" in arguments:
        for path in stale:
            sys.stderr.write(f"{path} is older than the stubs: run `python -m pystein_lsp.catalogue.generate`.\n")
        return 1 if stale else 0
    for path in stale:
        path.write_text(texts[path], "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
