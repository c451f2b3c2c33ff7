"""Every method of the protocol that we answer, in one table."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, NamedTuple

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError

from pystein_lsp.lsp.handlers import (
    call_hierarchy,
    code_action,
    code_lens,
    completion,
    hover,
    navigation,
    semantic_tokens,
)
from pystein_lsp.lsp.handlers.diagnostic import diagnostic
from pystein_lsp.lsp.handlers.did_change import did_change
from pystein_lsp.lsp.handlers.did_change_configuration import did_change_configuration
from pystein_lsp.lsp.handlers.did_change_watched_files import did_change_watched_files
from pystein_lsp.lsp.handlers.did_change_workspace_folders import did_change_workspace_folders
from pystein_lsp.lsp.handlers.did_close import did_close
from pystein_lsp.lsp.handlers.did_open import did_open
from pystein_lsp.lsp.handlers.did_save import did_save
from pystein_lsp.lsp.handlers.document_link import document_link
from pystein_lsp.lsp.handlers.document_symbol import document_symbol
from pystein_lsp.lsp.handlers.execute_command import execute_command
from pystein_lsp.lsp.handlers.folding_range import folding_range
from pystein_lsp.lsp.handlers.functions import METHOD as FUNCTIONS
from pystein_lsp.lsp.handlers.functions import functions
from pystein_lsp.lsp.handlers.initialized import initialized
from pystein_lsp.lsp.handlers.inlay_hint import inlay_hint
from pystein_lsp.lsp.handlers.set_trace import set_trace
from pystein_lsp.lsp.handlers.signature_help import signature_help
from pystein_lsp.lsp.handlers.work_done_progress_cancel import work_done_progress_cancel
from pystein_lsp.lsp.handlers.workspace_diagnostic import workspace_diagnostic
from pystein_lsp.lsp.handlers.workspace_symbol import workspace_symbol
from pystein_lsp.lsp.session import Session

_log = logging.getLogger(__name__)


class Method(NamedTuple):
    """A method and what handles it: by an answer, or by a coroutine where the answer takes its time."""

    name: str
    handler: Callable[[Session, Any], Any]


METHODS = (
    Method(types.INITIALIZED, initialized),
    Method(types.SET_TRACE, set_trace),
    Method(types.WORKSPACE_DID_CHANGE_CONFIGURATION, did_change_configuration),
    Method(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, did_change_watched_files),
    Method(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, did_change_workspace_folders),
    Method(types.WORKSPACE_EXECUTE_COMMAND, execute_command),
    Method(types.WINDOW_WORK_DONE_PROGRESS_CANCEL, work_done_progress_cancel),
    Method(types.TEXT_DOCUMENT_COMPLETION, completion.completion),
    Method(types.COMPLETION_ITEM_RESOLVE, completion.resolve),
    Method(types.TEXT_DOCUMENT_HOVER, hover.hover),
    Method(types.CODE_LENS_RESOLVE, code_lens.resolve),
    Method(types.TEXT_DOCUMENT_CODE_ACTION, code_action.code_action),
    Method(types.TEXT_DOCUMENT_SIGNATURE_HELP, signature_help),
    Method(types.TEXT_DOCUMENT_INLAY_HINT, inlay_hint),
    Method(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, document_symbol),
    Method(FUNCTIONS, functions),
    Method(types.TEXT_DOCUMENT_DEFINITION, navigation.definition),
    Method(types.TEXT_DOCUMENT_REFERENCES, navigation.references),
    Method(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, navigation.document_highlight),
    Method(types.TEXT_DOCUMENT_PREPARE_RENAME, navigation.prepare_rename),
    Method(types.TEXT_DOCUMENT_RENAME, navigation.rename),
    Method(types.TEXT_DOCUMENT_DOCUMENT_LINK, document_link),
    Method(types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, call_hierarchy.prepare),
    Method(types.CALL_HIERARCHY_INCOMING_CALLS, call_hierarchy.incoming),
    Method(types.CALL_HIERARCHY_OUTGOING_CALLS, call_hierarchy.outgoing),
)

DIRECT = (
    Method(types.TEXT_DOCUMENT_DID_OPEN, did_open),
    Method(types.TEXT_DOCUMENT_DID_CHANGE, did_change),
    Method(types.TEXT_DOCUMENT_DID_CLOSE, did_close),
    Method(types.TEXT_DOCUMENT_DID_SAVE, did_save),
)
"""Notifications that are handled as they come, without cattrs."""


QUERIES = (
    Method(types.TEXT_DOCUMENT_DIAGNOSTIC, diagnostic),
    Method(types.TEXT_DOCUMENT_CODE_LENS, code_lens.code_lens),
    Method(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, semantic_tokens.full),
    Method(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA, semantic_tokens.delta),
    Method(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, semantic_tokens.in_range),
    Method(types.TEXT_DOCUMENT_FOLDING_RANGE, folding_range),
    Method(types.WORKSPACE_DIAGNOSTIC, workspace_diagnostic),
    Method(types.WORKSPACE_SYMBOL, workspace_symbol),
)
"""Requests about whole documents and workspaces, which editors repeat after every pause: answered with JSON text, without
cattrs, by a coroutine where the answer takes its time."""


def register(session: Session) -> None:
    """Connect every method with its handler."""
    protocol = session.protocol
    protocol.direct = {method.name: partial(method.handler, session) for method in DIRECT}
    protocol.queries = {method.name: partial(method.handler, session) for method in QUERIES}
    for method in METHODS:
        protocol.fm.feature(method.name)(_guarded(method, session))


def _guarded(method: Method, session: Session) -> Callable[[Any], Any]:
    """A handler whose faults are logged without the payload, and answered in one sentence."""

    async def awaited(answer: Awaitable[Any]) -> Any:
        try:
            return await answer
        except (JsonRpcException, asyncio.CancelledError):
            raise
        except Exception as error:
            raise _fault(method.name, error) from error

    def run(params: Any) -> Any:
        try:
            answer = method.handler(session, params)
        except JsonRpcException:
            raise
        except Exception as error:
            raise _fault(method.name, error) from error
        return awaited(answer) if asyncio.iscoroutine(answer) else answer

    return run


def _fault(method: str, error: Exception) -> JsonRpcInternalError:
    _log.exception("%s failed", method)
    return JsonRpcInternalError(f"pystein-lsp could not answer {method}: {type(error).__name__}")
