"""pystein.openRule: show the page of a rule."""

from __future__ import annotations

from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from pystein_lsp.lsp.session import Session
from pystein_lsp.rules.table import BY_NAME


async def open_rule(session: Session, params: types.ExecuteCommandParams) -> Any:
    """Open the page of the rule that `[{"rule"}]` names; without a browser, tell its address.

    Raises:
        JsonRpcInvalidParams: there is no such rule.
    """
    given = params.arguments[0] if params.arguments else None
    rule = BY_NAME.get(str(given.get("rule"))) if isinstance(given, dict) else None
    if rule is None:
        raise JsonRpcInvalidParams('pystein.openRule takes [{"rule": name}]')
    if session.client.shows_documents:
        session.browse(rule.url())
    else:
        session.show(types.MessageType.Info, rule.url())
    return rule.url()
