"""textDocument/foldingRange."""

from __future__ import annotations

import json
from typing import Any

from pystein_lsp.features.folding import folds
from pystein_lsp.lsp.plain import uri_of
from pystein_lsp.lsp.session import Session


def folding_range(session: Session, params: dict[str, Any]) -> str:
    """The lines of a document that can be folded."""
    place = session.document(uri_of(params))
    found = folds(place.app, place.module) if place else []
    return json.dumps([{"startLine": fold.line, "endLine": fold.end_line} for fold in found])
