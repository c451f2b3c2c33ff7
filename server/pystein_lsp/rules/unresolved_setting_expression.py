"""The rule unresolved-setting-expression."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function, Written
from pystein_lsp.platform.expressions import Expression, Mistake, settings_in
from pystein_lsp.rules.new_setting import new_setting
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule
from pystein_lsp.rules.suggest import closest
from pystein_lsp.syntax.literals import part_of


class UnresolvedSettingExpression(FunctionRule):
    """A `%SETTING%` that no app setting answers.

    ## What it does
    Looks the settings that are named between percent signs up in local.settings.json, in the file given by `--settings` and
    in the environment. Where only a template of the settings is there, the finding is an information; without any, nothing
    is said. A percent sign without its partner is an error.

    ## Why it matters
    The host cannot resolve the expression, and the function is in error.

    ## Example
    ```python
    @app.queue_trigger(arg_name="msg", queue_name="%ORDERS_QUEUE", connection="AzureWebJobsStorage")
    def take(msg: func.QueueMessage): ...
    ```

    ## Use instead
    ```python
    @app.queue_trigger(arg_name="msg", queue_name="%ORDERS_QUEUE%", connection="AzureWebJobsStorage")
    def take(msg: func.QueueMessage): ...
    ```

    ## Fix safety
    A suggested name is unsafe: it is a guess. So is adding the setting, without a value, to local.settings.json.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-bindings-expressions-patterns#binding-expressions---app-settings
    """

    name = "unresolved-setting-expression"
    severity = "warning"
    local = True
    wants = frozenset({"settings"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each expression."""
        for argument in function.texts:
            if argument.parameter.settings and argument.parameter.kind != "connection":
                for part in settings_in(argument.text):
                    yield from _check(function, argument, part, app)


def _check(function: Function, argument: Written, part: Expression | Mistake, app: App) -> Iterator[Finding]:
    span = part_of(function.block, argument.literal.span, argument.text, part.offset, part.length)
    location = function.location(span)
    if isinstance(part, Mistake):
        message = f"{part.message}: the host does not load {function.definition.name}; write %NAME%"
        yield Finding(message, location, function.name, severity="error", effect="function")
        return
    evidence = app.settings.evidence
    if evidence == "none" or app.settings.get(part.name):
        return
    meant = closest(part.name, app.settings.names)
    fixes = new_setting(part.name, app)
    if meant:
        fixes = (Fix(f"Change to %{meant}%", safe=False, edits=(Edit(location, f"%{meant}%"),)), *fixes)
    hint = f"did you mean '{meant}'?" if meant else f"add '{part.name}' to its Values"
    where = "local.settings.json" if evidence == "real" else "the template of local.settings.json"
    message = f"the setting '{part.name}' is in neither {where} nor the environment: {function.definition.name} cannot start; {hint}"
    yield Finding(
        message, location, function.name, fixes=fixes, severity="warning" if evidence == "real" else "information"
    )
