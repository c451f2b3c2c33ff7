"""What functions are called: by the platform, as far as that is known, and in all likelihood otherwise."""

from __future__ import annotations

from collections.abc import Callable

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function


def name_of(function: Function) -> str | None:
    """A function's name; None where an argument says it that cannot be worked out.

    A decorator that we cannot read may replace it, and hardly any does: `functools.wraps` keeps it. A rule has to be sure;
    what is offered for a function only has to be right nearly always.
    """
    if function.name or function.name_span != function.definition.name_span:
        return function.name
    return function.definition.name


def same_function(app: App, name: str) -> Callable[[str], bool]:
    """Whether another name means the same function: without regard to case, unless case is all that tells two apart."""
    wanted = name.lower()
    alike = {found for each in app.indexed if (found := name_of(each)) and found.lower() == wanted}
    if len(alike) > 1 and name in alike:
        return lambda other: other == name
    return lambda other: other.lower() == wanted
