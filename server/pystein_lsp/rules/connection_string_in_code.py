"""The rule connection-string-in-code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function, Use
from pystein_lsp.model.meaning import External
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule
from pystein_lsp.syntax.literals import quoted
from pystein_lsp.syntax.tree import Argument, Call, Expression, Literal, Name, Subscript

_CONNECTION_STRING = re.compile(
    r"(?i)(?:^|;)\s*(?:DefaultEndpointsProtocol|AccountName|AccountKey|Endpoint|AccountEndpoint|SharedAccessKey(?:Name)?"
    r"|SharedAccessSignature|BlobEndpoint|QueueEndpoint|TableEndpoint|UseDevelopmentStorage|Server|Data Source)\s*="
)
_READERS = frozenset({"os.getenv", "os.environ.get"})


class ConnectionStringInCode(FunctionRule):
    """A connection's value where its name belongs.

    ## What it does
    Reports connections that are given as a connection string, or read from the environment with `os.getenv`,
    `os.environ[...]`.

    ## Why it matters
    `connection` is the *name* of an app setting. The host looks for a setting whose name is the whole connection string
    and finds none, so the function does not start. A secret in the source is a secret lost besides.

    ## Example
    ```python
    @app.queue_trigger(arg_name="msg", queue_name="orders", connection=os.environ["AzureWebJobsStorage"])
    def take(msg: func.QueueMessage): ...
    ```

    ## Use instead
    ```python
    @app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
    def take(msg: func.QueueMessage): ...
    ```

    ## Fix safety
    Naming the setting that was read is safe.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference#connections
    """

    name = "connection-string-in-code"
    severity = "error"
    effect = "function"
    wants = frozenset({"connection"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each connection."""
        for use in function.uses:
            for parameter in use.known.parameters if use.known and use.bound else ():
                argument = (
                    use.bound.arguments.get(parameter.name) if parameter.kind == "connection" and use.bound else None
                )
                if argument:
                    yield from _check(function, use, parameter.name, argument, app)


def _check(function: Function, use: Use, parameter: str, argument: Argument, app: App) -> Iterator[Finding]:
    location = function.location(argument.value.span)
    text = use.text(parameter)
    if text is not None:
        if _CONNECTION_STRING.search(text):
            message = f"{parameter} takes the name of an app setting, not a connection string: the host finds no such setting;"
            yield Finding(f"{message} move the string to the app settings", location, function.name)
        return
    read = _setting_read(argument.value, function, app)
    if read is not None:
        fixes: tuple[Fix, ...] = ()
        if read:
            edit = Edit(location, quoted(function.block, argument.value.span, read))
            fixes = (Fix(f"Name the setting {read}", safe=True, edits=(edit,)),)
        hint = f'write {parameter}="{read}"' if read else "give the setting's name"
        message = f"{parameter} takes the name of an app setting, not its value: the host finds no such setting; {hint}"
        yield Finding(message, location, function.name, fixes=fixes)


def _setting_read(value: Expression, function: Function, app: App) -> str | None:
    """The setting that an expression reads from the environment, empty where its name is not known; None for anything else."""
    if isinstance(value, Name):
        return None
    target = value.function if isinstance(value, Call) else value.base if isinstance(value, Subscript) else None
    if not isinstance(target, Name):
        return None
    meaning, rest = app.resolver.dotted(function.module, target.dotted)
    if not isinstance(meaning, External) or rest:
        return None
    if isinstance(value, Call) and meaning.name in _READERS:
        first = value.arguments[0].value if value.arguments else None
    elif isinstance(value, Subscript) and meaning.name == "os.environ":
        first = value.item
    else:
        return None
    return first.value if isinstance(first, Literal) and isinstance(first.value, str) else ""
