"""The `sarif` format, version 2.1.0, with the rules' pages as help, fixes, and what comments suppress.

Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

from __future__ import annotations

import json
import os
from typing import Any
from urllib.parse import quote
from urllib.request import pathname2url

from pystein_lsp import __version__
from pystein_lsp.cli.report import Found, Place, Remedy, Report, order, shown_path
from pystein_lsp.cli.reporters.fingerprint import fingerprints
from pystein_lsp.rules.document import page
from pystein_lsp.rules.rule import Severity
from pystein_lsp.rules.table import BY_NAME

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_HOME = "https://github.com/pystein/pystein-lsp"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "information": "note", "hint": "note"}
_ROOT = "SRCROOT"


def render(report: Report) -> str:
    """A log with one run."""
    suppressed = [each for app in report.apps for each in app.suppressed]
    found = sorted([*report.found, *suppressed], key=order)
    rules = sorted({each.code for each in found})
    numbers = {name: number for number, name in enumerate(rules)}
    prints = fingerprints(found, [shown_path(each.place.path) for each in found])
    run = {
        "tool": {
            "driver": {
                "name": "pystein-lsp",
                "semanticVersion": __version__,
                "informationUri": _HOME,
                "rules": [_rule(name) for name in rules],
            }
        },
        "invocations": [{"executionSuccessful": True}],
        "originalUriBaseIds": {_ROOT: {"uri": _file_uri(os.getcwd()) + "/"}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, numbers[each.code], mark) for each, mark in zip(found, prints, strict=True)],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(name: str) -> dict[str, Any]:
    rule = BY_NAME[name]
    documented = page(rule)
    return {
        "id": name,
        "name": "".join(part.capitalize() for part in name.split("-")),
        "shortDescription": {"text": documented.summary + "."},
        "fullDescription": {"text": " ".join(documented.sections.get("What it does", documented.summary).split())},
        "help": {"text": documented.text, "markdown": documented.text},
        "helpUri": rule.url(),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(each: Found, number: int, fingerprint: str) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": _physical(each.place)}
    if each.function:
        location["logicalLocations"] = [{"name": each.function, "kind": "function"}]
    result: dict[str, Any] = {
        "ruleId": each.code,
        "ruleIndex": number,
        "level": _LEVELS[each.severity],
        "message": {"text": each.message},
        "locations": [location],
        "partialFingerprints": {"pystein/v1": fingerprint},
    }
    if each.related:
        result["relatedLocations"] = [
            {"id": index, "message": {"text": message}, "physicalLocation": _physical(place)}
            for index, (message, place) in enumerate(each.related, 1)
        ]
    if each.fixes:
        result["fixes"] = [_fix(fix) for fix in each.fixes]
    if each.suppressed:
        result["suppressions"] = [{"kind": "inSource"}]
    return result


def _fix(fix: Remedy) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        replacement = {"deletedRegion": _region(edit.place), "insertedContent": {"text": edit.text}}
        changes.setdefault(edit.place.path, []).append(replacement)
    return {
        "description": {"text": fix.title},
        "artifactChanges": [
            {"artifactLocation": _artifact(path), "replacements": replacements}
            for path, replacements in changes.items()
        ],
    }


def _physical(place: Place) -> dict[str, Any]:
    return {"artifactLocation": _artifact(place.path), "region": _region(place)}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _artifact(path: str) -> dict[str, str]:
    shown = shown_path(path)
    if os.path.isabs(shown):
        return {"uri": _file_uri(path)}
    return {"uri": quote(os.fsencode(shown)), "uriBaseId": _ROOT}


def _file_uri(path: str) -> str:
    return "file:" + ("" if pathname2url(path).startswith("///") else "//") + pathname2url(path)
