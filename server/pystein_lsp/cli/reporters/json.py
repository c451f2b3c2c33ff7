"""The `json` format."""

from __future__ import annotations

import json

from pystein_lsp.cli.report import Report, as_json, found_json


def render(report: Report) -> str:
    """The report as one JSON object."""
    content = {**as_json(report.apps), "diagnostics": [found_json(each) for each in report.found]}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
