"""The fix that adds a setting to local.settings.json."""

from __future__ import annotations

import json
import os

from pystein_lsp.model.app import App
from pystein_lsp.model.settings import readable
from pystein_lsp.platform.settings import LOCAL
from pystein_lsp.rules.rule import Edit, Fix
from pystein_lsp.syntax.span import Span


def new_setting(name: str, app: App) -> tuple[Fix, ...]:
    """Add a setting without a value, which for a connection means the local emulator; none where there is no such file."""
    for file in app.settings.files:
        values = file.json.root.get("Values") if file.json.root else None
        if os.path.basename(file.path) != LOCAL or values is None or values.kind != "object" or not readable(file):
            continue
        line, column = values.span.line, values.span.column + 1
        text = f'\n    {json.dumps(name)}: ""' + ("," if values.members else "\n  ")
        edit = Edit(file.location(Span(line, column, line, column)), text)
        return (Fix(f"Add {name} to {LOCAL}", safe=False, edits=(edit,)),)
    return ()
