"""textDocument/signatureHelp."""

from __future__ import annotations

from lsprotocol import types

from pystein_lsp.features import signature
from pystein_lsp.lsp.session import Session, markup


def signature_help(session: Session, params: types.SignatureHelpParams) -> types.SignatureHelp | None:
    """The parameters of the call around a position."""
    place = session.place(params.text_document.uri, params.position)
    found = signature.signature_help(place.app, place.module, place.line, place.column) if place else None
    if found is None:
        return None
    client = session.client
    parameters = [
        types.ParameterInformation(
            label=(each.start, each.end) if client.label_offsets else each.name,
            documentation=markup(each.text, markdown=client.signature_markdown) if each.text else None,
        )
        for each in found.parameters
    ]
    shape = types.SignatureInformation(
        label=found.label,
        documentation=markup(found.text, markdown=client.signature_markdown) if found.text else None,
        parameters=parameters,
        active_parameter=found.active if client.active_parameter else None,
    )
    return types.SignatureHelp([shape], active_signature=0, active_parameter=found.active)
