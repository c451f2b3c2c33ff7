"""window/workDoneProgress/cancel: the user stops what is going on."""

from __future__ import annotations

from lsprotocol import types

from pystein_lsp.lsp.session import Session


def work_done_progress_cancel(session: Session, params: types.WorkDoneProgressCancelParams) -> None:
    """Cancel the work behind a token."""
    task = session.cancellable.get(params.token)
    if task:
        task.cancel()
