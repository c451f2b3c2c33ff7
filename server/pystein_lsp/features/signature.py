"""Signature help: the parameters of the call that is being written."""

from __future__ import annotations

from pystein_lsp.catalogue import catalogue
from pystein_lsp.catalogue.types import Parameter
from pystein_lsp.features.cursor import cursor_at
from pystein_lsp.features.target import Target, target_of
from pystein_lsp.features.types import SignatureHelp, SignatureParameter
from pystein_lsp.model.app import App
from pystein_lsp.model.module import Module


def signature_help(app: App, module: Module, line: int, column: int) -> SignatureHelp | None:
    """The signature of the call around a position, and which parameter the argument there goes to."""
    call = cursor_at(module.document, line, column).call
    target = target_of(call, module, app) if call else None
    if call is None or target is None:
        return None
    label, places = _label(target)
    parameters = tuple(
        SignatureParameter(each.name, start, end, catalogue().docs(target.key, each.name))
        for each, (start, end) in zip(target.parameters, places, strict=True)
    )
    active = target.parameter_at(call)
    if call.fresh and any(given.name for given in call.given):
        active = _next(target, {given.name for given in call.given}) or active
    index = target.parameters.index(active) if active else None
    return SignatureHelp(label, catalogue().docs(target.key), parameters, index)


def _next(target: Target, given: set[str | None]) -> Parameter | None:
    """The first parameter that is still to be given: keywords may come in any order."""
    return next((each for each in target.parameters if each.required and each.name not in given), None)


def _label(target: Target) -> tuple[str, list[tuple[int, int]]]:
    text = f"{target.name}("
    places: list[tuple[int, int]] = []
    for number, parameter in enumerate(target.parameters):
        text += ", " if number else ""
        shown = f"{parameter.name}: {parameter.annotation}" + ("" if parameter.required else f" = {parameter.default}")
        places.append((len(text), len(text) + len(shown)))
        text += shown
    return f"{text})", places
