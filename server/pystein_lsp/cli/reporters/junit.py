"""The `junit` format: each function is a test case, which errors and warnings fail; so is each file with a finding outside them.

The reader that everything follows is Jenkins' (jenkinsci/xunit-plugin, junit-10.xsd): one failure for a test case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pystein_lsp.cli.report import AppReport, Found, Report, shown_path

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FAILING = ("error", "warning")


def render(report: Report) -> str:
    """An XML document with one suite for each app."""
    suites = [_Suite(each) for each in report.apps]
    totals = (
        f'tests="{sum(each.tests for each in suites)}" failures="{sum(each.failures for each in suites)}" errors="0"'
    )
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="pystein-lsp" {totals}>']
    for suite in suites:
        lines += suite.lines()
    return "\n".join([*lines, "</testsuites>"]) + "\n"


class _Suite:
    def __init__(self, app: AppReport) -> None:
        self._name = shown_path(app.root)
        self._cases: dict[tuple[str, str], list[Found]] = {
            (shown_path(each.path), each.name or "?"): [] for each in app.functions
        }
        for each in app.found:
            path = shown_path(each.place.path)
            self._cases.setdefault((path, each.function or path.rpartition("/")[2]), []).append(each)
        if not self._cases:
            self._cases[self._name, "app"] = []
        self.tests = len(self._cases)
        self.failures = sum(any(each.severity in _FAILING for each in found) for found in self._cases.values())

    def lines(self) -> Iterator[str]:
        counts = f'tests="{self.tests}" failures="{self.failures}" errors="0" skipped="0"'
        yield f'  <testsuite name="{_escaped(self._name)}" {counts}>'
        for (path, name), found in self._cases.items():
            case = f'    <testcase classname="{_escaped(path)}" name="{_escaped(name)}" file="{_escaped(path)}"'
            if not found:
                yield case + "/>"
                continue
            yield case + f' line="{found[0].place.line}">'
            yield from _outcome(found)
            yield "    </testcase>"
        yield "  </testsuite>"


def _outcome(found: list[Found]) -> Iterator[str]:
    failing = [each for each in found if each.severity in _FAILING]
    notes = [each for each in found if each.severity not in _FAILING]
    if failing:
        first = failing[0]
        head = f'      <failure type="{_escaped(first.code)}" message="{_escaped(first.message)}">'
        yield head + _escaped("\n".join(map(_line, failing))) + "</failure>"
    if notes:
        yield f"      <system-out>{_escaped(chr(10).join(map(_line, notes)))}</system-out>"


def _line(each: Found) -> str:
    return f"line {each.place.line}, column {each.place.column}: {each.severity}[{each.code}] {each.message}"


def _escaped(text: str) -> str:
    text = _NO_XML.sub("\ufffd", text)
    for symbol, entity in [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")]:
        text = text.replace(symbol, entity)
    return text
