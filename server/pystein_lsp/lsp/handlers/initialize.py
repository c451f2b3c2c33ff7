"""initialize: what both sides can do."""

from __future__ import annotations

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder

from pystein_lsp.lsp.session import Session


def initialize(session: Session, params: types.InitializeParams) -> None:
    """Take the client's side of it; pygls makes our side from the features that are registered."""
    encoding = ServerCapabilitiesBuilder.choose_position_encoding(params.capabilities)
    session.initialize(params, str(getattr(encoding, "value", encoding)))
