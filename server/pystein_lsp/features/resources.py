"""What functions name outside the app: queues, topics, hubs, containers, tables. The output of one is the trigger of another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pystein_lsp.catalogue.types import Parameter
from pystein_lsp.features.names import name_of
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function, Use, Written
from pystein_lsp.syntax.literals import part_of
from pystein_lsp.syntax.span import Span


class Resource(NamedTuple):
    """Something outside the app, as far as its name tells it apart."""

    kind: str
    name: str


class NamedResource(NamedTuple):
    """A place that names one."""

    resource: Resource
    span: Span
    """Relative to the function's block, without quotes."""
    use: Use


def resources_of(function: Function) -> Iterator[NamedResource]:
    """What a function's decorators name; of a blob's path its container. Names that are worked out later are left out."""
    for written in function.texts_of("queue", "table", "blob_path", "entity"):
        name = _name(written)
        if name and not set(name) & set("%{"):
            span = part_of(function.block, written.literal.span, written.text, 0, len(name))
            if span != written.literal.span:  # it is spelled here, letter by letter
                yield NamedResource(Resource(resource_kind(written.parameter), name), span, written.use)


def resource_kind(parameter: Parameter) -> str:
    """What a parameter names: its own name is not enough, for queues of storage and of Service Bus are two things."""
    return f"{parameter.kind} {parameter.name}"


def _name(written: Written) -> str:
    return written.text.partition("/")[0] if written.parameter.kind == "blob_path" else written.text


def resource_told(app: App, resource: Resource) -> str:
    """Who has to do with it, in a sentence of Markdown; empty where nobody else does."""
    roles: dict[str, dict[str, None]] = {}
    for function in app.indexed:
        for each in resources_of(function):
            if each.resource == resource and each.use.known:
                name = name_of(function) or function.definition.name
                roles.setdefault(each.use.known.role, {})[f"`{name}`"] = None
    told = [
        f"{verb} {', '.join(roles[role])}"
        for role, verb in (("trigger", "triggers"), ("output", "written by"), ("input", "read by"))
        if role in roles
    ]
    several = sum(map(len, roles.values())) > 1
    return f"`{resource.name}`: {'; '.join(told)}." if several else ""


def feeding(giver: Function, taker: Function) -> Iterator[Span]:
    """Where a function names what it writes to and another one is triggered by; spans are relative to the giver's block."""
    trigger = taker.trigger
    wanted = {each.resource for each in resources_of(taker) if trigger and each.use is trigger.use}
    if trigger is None or not wanted:
        return
    for use in giver.uses:
        if use.known and use.known.role == "output" and use.text("connection") == trigger.use.text("connection"):
            named = [each for each in resources_of(giver) if each.use is use]
            if named and {each.resource for each in named} <= wanted:
                yield named[-1].span
