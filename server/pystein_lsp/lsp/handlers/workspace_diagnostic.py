"""workspace/diagnostic: what there is to say about files that are not open. Answered when there is something new to say."""

from __future__ import annotations

import asyncio

from lsprotocol import types

from pystein_lsp.lsp.publisher import result_id
from pystein_lsp.lsp.session import Session


async def workspace_diagnostic(
    session: Session, params: types.WorkspaceDiagnosticParams
) -> types.WorkspaceDiagnosticReport:
    """Report every file whose diagnostics are others than the client knows; without any, wait for a change.

    A client asks again as soon as it has its answer: waiting spares both sides the asking.
    """
    session.publisher.asked()
    known = {previous.uri: previous.value for previous in params.previous_result_ids}
    while True:
        session.publisher.changed.clear()
        reports = await _reports(session, known)
        if reports or not known:
            return types.WorkspaceDiagnosticReport(reports)
        await session.publisher.changed.wait()


async def _reports(session: Session, known: dict[str, str]) -> list[types.WorkspaceDocumentDiagnosticReport]:
    reports: list[types.WorkspaceDocumentDiagnosticReport] = []
    seen: set[str] = set()
    for path in await session.workspace_files():
        uri = session.workspace.uri(path)
        seen.add(uri)
        text = session.publisher.report(path)
        name = result_id(text)
        if known.get(uri) == name or (text == "[]" and uri not in known):
            continue
        opened = session.workspace.opened(path)
        reports.append(
            types.WorkspaceFullDocumentDiagnosticReport(
                uri=uri,
                items=session.convert.structured(text),
                version=opened.version if opened else None,
                result_id=name,
            )
        )
        await asyncio.sleep(0)
    nothing = result_id("[]")
    gone = [uri for uri in known if uri not in seen and known[uri] != nothing]
    return [
        *reports,
        *(types.WorkspaceFullDocumentDiagnosticReport(uri=uri, items=[], result_id=nothing) for uri in gone),
    ]
