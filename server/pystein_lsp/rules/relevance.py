"""Which rules have something to look at.

Most rules are about a few decorators and would be asked in vain about all others. That would cost more than reading the app,
so a rule says by `wants` what must be there, and what stands above a function is looked up once for each kind of stack.
"""

from __future__ import annotations

from functools import lru_cache

from pystein_lsp.model.calls import Signature
from pystein_lsp.model.functions import Function, decorator_of
from pystein_lsp.rules.rule import CallRule, FunctionRule
from pystein_lsp.rules.table import CALL_RULES, FUNCTION_RULES


def function_rules(function: Function) -> tuple[FunctionRule, ...]:
    """The rules to ask about a function."""
    uses = tuple([(use.container.class_name, use.name, use.bound is not None) for use in function.uses])
    return _of_stack(uses, bool(function.wrappers))


@lru_cache(maxsize=4096)
def _of_stack(uses: tuple[tuple[str, str, bool], ...], wrapped: bool) -> tuple[FunctionRule, ...]:
    """The same for decorators by class and name; `called` says which of them are."""
    traits = {"wrapped"} if wrapped else set()
    if len(uses) > 1:
        traits.add("several")
    for class_name, name, called in uses:
        known, _ = decorator_of(class_name, name)
        if known is None or (known.binding_type is None and known.role != "setting"):
            return FUNCTION_RULES  # it may be anything
        traits |= {name, known.binding_type or ""}
        if not called:
            traits.add("uncalled")
        for parameter in known.parameters:
            traits.add(parameter.kind)
            if parameter.settings:
                traits.add("settings")
            if parameter.expressions:
                traits.add("expressions")
    return tuple(rule for rule in FUNCTION_RULES if not rule.wants or not rule.wants.isdisjoint(traits))


@lru_cache(maxsize=1024)
def call_rules(signature: Signature, has_extra: bool) -> tuple[CallRule, ...]:
    """The rules to ask about a call; `has_extra` says that it is given what no parameter takes."""
    traits = {signature.name, *(parameter.kind for parameter in signature.parameters)}
    if has_extra:
        traits.add("extra")
    if any(parameter.required for parameter in signature.parameters):
        traits.add("required")
    return tuple(rule for rule in CALL_RULES if not rule.wants or not rule.wants.isdisjoint(traits))
