"""The rule missing-connection-setting."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function, Written
from pystein_lsp.rules.new_setting import new_setting
from pystein_lsp.rules.rule import Finding, FunctionRule, Severity
from pystein_lsp.rules.suggest import closest
from pystein_lsp.syntax.span import Span

_EXPRESSION = re.compile(r"%([^%]*)%\Z")


class MissingConnectionSetting(FunctionRule):
    """A connection is not among the app settings.

    ## What it does
    Looks each `connection` up in local.settings.json, in the file given by `--settings` and in the environment, as the
    host does: under its name, as `AzureWebJobsNAME`, in `ConnectionStrings`, and as the prefix of an identity-based
    connection (`NAME__fullyQualifiedNamespace`). Where only a template of the settings is there
    (`local.settings.json.example`), the finding is an information. Without any settings file, or with an encrypted one,
    nothing is said.

    ## Why it matters
    The function is indexed, but its trigger does not start or its binding fails on every call.

    ## Example
    ```python
    @app.queue_trigger(arg_name="msg", queue_name="orders", connection="StorageConection")
    def take(msg: func.QueueMessage): ...
    ```

    ## Use instead
    The name of a setting that exists; the value stays in the settings.
    ```python
    @app.queue_trigger(arg_name="msg", queue_name="orders", connection="StorageConnection")
    def take(msg: func.QueueMessage): ...
    ```

    ## Fix safety
    Adding the setting, without a value, to local.settings.json is unsafe: another one may have been meant.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference#connections
    """

    name = "missing-connection-setting"
    severity = "warning"
    local = True
    wants = frozenset({"connection", "setting"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each connection that no setting answers."""
        if app.settings.evidence == "none":
            return
        for written in function.texts_of("connection", "setting"):
            if written.use.bound and written.use.bound.complete:
                yield from _check(function, written, app)


def _check(function: Function, written: Written, app: App) -> Iterator[Finding]:
    parameter = written.parameter
    name = written.text or parameter.connection_default
    if not name or "=" in name or ";" in name:
        return  # nothing is named, or it is a connection string, which has a rule of its own
    if expression := _EXPRESSION.match(name):
        name = expression[1]
    elif "%" in name:
        return
    found = app.settings.connection(name) if parameter.kind == "connection" else app.settings.get(name)
    if found is None or (found.from_template and app.settings.evidence == "real"):
        yield _finding(function, name, written.literal.span, app, by_default=not written.text)


def _finding(function: Function, name: str, span: Span, app: App, *, by_default: bool) -> Finding:
    real = app.settings.evidence == "real"
    where = "local.settings.json" if real else "the template of local.settings.json"
    meant = closest(name, app.settings.names)
    hint = f"did you mean '{meant}'?" if meant else f"add '{name}' to its Values"
    what = f"the connection '{name}'" + (" (used when none is named)" if by_default else "")
    message = f"{what} is in neither {where} nor the environment: {function.definition.name} cannot connect; {hint}"
    fixes = new_setting(name, app)
    severity: Severity = "warning" if real else "information"
    return Finding(message, function.location(span), function.name, fixes=fixes, severity=severity)
