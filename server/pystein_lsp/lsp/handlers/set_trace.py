"""$/setTrace: how much the client wants to be told of what happens here."""

from __future__ import annotations

from lsprotocol import types

from pystein_lsp.lsp.session import Session


def set_trace(session: Session, params: types.SetTraceParams) -> None:
    """Tell from now on, or no longer."""
    session.protocol.traces = params.value != types.TraceValue.Off
