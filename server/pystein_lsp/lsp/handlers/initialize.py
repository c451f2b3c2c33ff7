"""initialize: what both sides can do. Plain JSON on both, so that the first answer waits for no converter."""

from __future__ import annotations

from typing import Any

from pystein_lsp import __version__
from pystein_lsp.lsp.offer import offer
from pystein_lsp.lsp.session import Session


def initialize(session: Session, params: dict[str, Any]) -> dict[str, Any]:
    """Take the client's side of it, and give ours."""
    session.initialize(params)
    return {
        "capabilities": offer(session.client),
        "serverInfo": {"name": "pystein-lsp", "version": __version__},
    }
