"""The `json` format."""

from __future__ import annotations

import json

from pystein_lsp.cli.report import Report, as_json


def render(report: Report) -> str:
    """The report as one JSON object."""
    return json.dumps(as_json(report), indent=2, ensure_ascii=False) + "\n"
