"""Which HTTP function answers a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from . import templates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pystein_runtime.host.functions import Function

_EMPTY: dict[str, str] = {}


class Route(NamedTuple):
    """One function's route."""

    function: Function
    template: templates.Template
    """With the prefix."""
    methods: frozenset[str] | None
    """In upper case; None: all."""


class Match(NamedTuple):
    """What answers a request, and the route's values."""

    route: Route
    values: dict[str, str]


class RouteError(NamedTuple):
    """A function that cannot be reached, and why."""

    function: str
    message: str


class Routes:
    """The routes of an app, literal ones looked up at once, the others tried by precedence."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self.all = sorted(routes, key=lambda route: route.template.precedence)
        self._literal: dict[str, list[Route]] = {}
        self._others: list[Route] = []
        for route in self.all:
            if route.template.is_literal:
                self._literal.setdefault("/" + route.template.text.lower(), []).append(route)
            else:
                self._others.append(route)

    def find(self, method: str, path: str) -> Match | None:
        """The function for a method and a percent-encoded path; None: nothing is there, or not with this method."""
        plain = unquote(path) if "%" in path else path
        for route in self._literal.get(plain.lower(), ()):
            if route.methods is None or method in route.methods:
                return Match(route, _EMPTY)
        parts = path.strip("/").split("/") if path.strip("/") else []
        if path.endswith("/") and len(path) > 1:
            return self.find(method, path.rstrip("/") or "/")
        for route in self._others:
            if route.methods is None or method in route.methods:
                values = templates.match(route.template, parts)
                if values is not None:
                    return Match(route, values)
        return None

    def methods(self, path: str) -> set[str]:
        """The methods with which something answers under a path."""
        return {method for method in _METHODS if self.find(method, path) is not None}


_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "QUERY")


def build(functions: Iterable[Function], prefix: str) -> tuple[Routes, list[RouteError]]:
    """The routes of the HTTP functions, and those that the platform refuses.

    Checks and texts: azure-functions-host, `ScriptHost.ValidateHttpFunction`.
    """
    routes: list[Route] = []
    errors: list[RouteError] = []
    for function in functions:
        if function.trigger_type == "httptrigger":
            try:
                routes.append(_route(function, prefix, routes))
            except templates.TemplateError as error:
                errors.append(RouteError(function.name, str(error)))
    return Routes([route for route in routes if not route.function.disabled]), errors


def _route(function: Function, prefix: str, others: list[Route]) -> Route:
    text = (function.trigger.text("route") or function.name).strip("/")
    full = f"{prefix}/{text}".strip("/")
    if text.lower().startswith(("admin", "runtime")):
        raise templates.TemplateError("The specified route conflicts with one or more built in routes.")
    methods = _methods_of(function)
    for other in others:
        shared = methods is None or other.methods is None or methods & other.methods
        if shared and other.template.text.lower() == full.lower():
            raise templates.TemplateError(
                f"The route specified conflicts with the route defined by function '{other.function.name}'."
            )
    try:
        return Route(function, templates.parse(full), methods)
    except templates.TemplateError as error:
        raise templates.TemplateError(
            f"An error occurred while creating the route with name '{function.name}' and template '{full}'. {error}"
        ) from error


def _methods_of(function: Function) -> frozenset[str] | None:
    methods = function.trigger.properties.get("methods")
    if isinstance(methods, str):
        methods = methods.split(",")
    return frozenset(str(method).strip().upper() for method in methods) if methods else None
