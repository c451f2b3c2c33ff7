"""The rule conflicting-arguments."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.calls import Bound
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.rule import CallRule, Finding
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Location
from pystein_lsp.syntax.tree import Literal

_DECORATOR = "event_grid_output"
_CONNECTION = "connection"
_TOPIC = ("topic_endpoint_uri", "topic_key_setting")


class ConflictingArguments(CallRule):
    """Arguments of which the library wants the one or the other.

    ## What it does
    `event_grid_output` wants either `connection`, or both `topic_endpoint_uri` and `topic_key_setting`. Reports calls with
    neither, with half of the pair, and with both.

    ## Why it matters
    The library raises ValueError while the worker imports the file, and *no* function of the app is loaded.

    ## Example
    ```python
    @app.event_grid_output(arg_name="event", topic_endpoint_uri="TOPIC_URI")
    ```

    ## Use instead
    ```python
    @app.event_grid_output(arg_name="event", topic_endpoint_uri="TOPIC_URI", topic_key_setting="TOPIC_KEY")
    ```

    ## Fix safety
    There is no fix: which of the two is meant is your decision.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-bindings-event-grid-output
    """

    name = "conflicting-arguments"
    severity = "error"
    effect = "app"
    wants = frozenset({_DECORATOR})

    def check(self, bound: Bound, block: Block, function: Function | None, app: App) -> Iterator[Finding]:
        """One finding for the call."""
        if bound.signature.name != _DECORATOR or not bound.complete:
            return
        given = {name: _is_given(bound, name) for name in (_CONNECTION, *_TOPIC)}
        if None in given.values():
            return
        of_topic = [name for name in _TOPIC if given[name]]
        if given[_CONNECTION] and of_topic:
            what = f"{_DECORATOR} takes '{_CONNECTION}' or {_both()}, not both"
        elif not given[_CONNECTION] and len(of_topic) < len(_TOPIC):
            what = f"{_DECORATOR} needs '{_CONNECTION}', or {_both()}"
        else:
            return
        message = f"{what}: importing the file fails and the whole app is lost"
        yield Finding(message, Location(block, bound.name_span), function.name if function else None)


def _both() -> str:
    return " and ".join(f"'{name}'" for name in _TOPIC)


def _is_given(bound: Bound, name: str) -> bool | None:
    """Whether an argument is given and not None; None where that is not known."""
    value = bound.values.get(name)
    if value is None:
        return False
    return value.value is not None if isinstance(value, Literal) else None
