"""Functions that the library never hears of: what is wrong with them does not keep the app from being loaded."""

from __future__ import annotations

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.model.meaning import Container


def is_lost(function: Function, app: App) -> bool:
    """Whether a function is certainly not among those that the app gives to the worker."""
    container = function.container
    if container.is_module:
        return False
    if is_not_called(function) or _is_lost_container(container, app):
        return True
    return not container.is_app and is_too_late(function, app)


def _is_lost_container(container: Container, app: App) -> bool:
    """Whether no function of a container is given to the worker; looked up by identity, for comparing all of it takes long."""
    known = app.kept("lost containers", lambda _: dict[int, tuple[Container, bool]]())
    if id(container) not in known:
        known[id(container)] = (container, _never_given(container, app))
    return known[id(container)][1]


def _never_given(container: Container, app: App) -> bool:
    if container.is_app:
        return is_other_app(container, app)
    calls = app.registrations.of(container)
    if calls and all(is_other_app(call.target, app) for call in calls):
        return True
    return app.registrations.is_lost(container)


def is_not_called(function: Function) -> bool:
    """Whether the only decorator lacks its parentheses, so that it takes the function for its first argument."""
    sole = function.uses[0] if len(function.uses) == 1 else None
    if sole is None or sole.bound is not None or sole.known is None:
        return False
    return sum(parameter.required for parameter in sole.known.parameters) <= 1


def is_other_app(container: Container, app: App) -> bool:
    """Whether an app is none that a name of the entry file means, so that the worker does not find it."""
    known = app.kept("apps", lambda each: [one for one in each.containers if one.is_app])
    if not known or any(each is container for each in known):
        return False
    return container.is_app and not container.extended and container not in known


def is_too_late(function: Function, app: App) -> bool:
    """Whether a function is added to its blueprint when that has been registered already."""
    if function.container.is_app or not app.registrations.complete:
        return False
    if not any(call.module is function.module for call in app.registrations.calls):
        return False
    calls = app.registrations.of(function.container)
    if not calls or any(call.module is not function.module for call in calls):
        return False
    if function.container in app.registrations.unclear:
        return False
    line = function.location(function.definition.name_span).absolute.line
    return all(call.location.absolute.line < line for call in calls)
