"""The `gitlab` format: a Code Quality report.

Source: docs.gitlab.com, "Code Quality", "Code Quality report format".
"""

from __future__ import annotations

import json
import os

from pystein_lsp.cli.report import Report, path_below
from pystein_lsp.cli.reporters.fingerprint import fingerprints

_SEVERITIES = {"error": "critical", "warning": "major", "information": "minor", "hint": "info"}
_ROOT = "CI_PROJECT_DIR"


def render(report: Report) -> str:
    """A JSON array with one object for each diagnostic."""
    found = report.found
    paths = [path_below(each.place.path, os.environ.get(_ROOT)) for each in found]
    content = [
        {
            "description": each.message,
            "check_name": each.code,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[each.severity],
            "location": {
                "path": path,
                "lines": {"begin": each.place.line, "end": each.place.end_line},
                "positions": {
                    "begin": {"line": each.place.line, "column": each.place.column},
                    "end": {"line": each.place.end_line, "column": each.place.end_column},
                },
            },
        }
        for each, path, fingerprint in zip(found, paths, fingerprints(found, paths), strict=True)
    ]
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
