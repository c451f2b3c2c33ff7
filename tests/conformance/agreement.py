"""When a verdict of the checker and one of the platform are the same."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping

from checked import Verdict
from oracle import Answer, Refusal

EXAMPLES = int(os.environ.get("PYSTEIN_APPS", "0"))
"""How many apps of each kind to draw, anew each time; 0: a short run, the same each time."""
LONG = EXAMPLES > 0

Agree = Callable[..., None]
"""Fails where an app's verdicts differ: `agree(files, may_be_unsure=False)`."""

_CHANGES_OTHERS = "mixed-containers"
"""A decorator of another container changes some other function, in ways that the checker does not follow."""
_ANNOTATIONS = "invalid-annotation invalid-return-annotation"
_REFUSALS: Mapping[str, Mapping[str, str]] = {
    "AttributeError": {
        r"has no attribute '\w+'": (
            "unknown-decorator removed-decorator decorator-not-called wrapping-decorator "
            f"durable-decorator-order invalid-registration {_ANNOTATIONS} unknown-name"
        ),
        r"^\w+$|has no attribute 'value'|has no setter": "invalid-enum-value",
        r"has no attribute '__name__'": "unnamed-handler",
    },
    "ImportError": {
        r"relative import|cannot import name": "broken-import",
    },
    "ModuleNotFoundError": {
        r"No module named": "broken-import",
    },
    "TypeError": {
        r"can't concat": "invalid-function-name",
        r"missing \d+ required": (
            "missing-argument removed-argument unknown-argument decorator-not-called wrapping-decorator"
        ),
        r"unexpected keyword argument": "unknown-argument removed-argument",
        r"multiple values for": "unknown-argument",
        r"takes .* positional argument": "unknown-argument wrapping-decorator",
        r"functions can not be type of FunctionRegister": "invalid-registration",
        r"strptime\(\) argument|int\(\) argument": "invalid-retry-policy",
        r"issubclass\(\)|generics|cannot be used with|is not subscriptable|Too many arg|operand type": _ANNOTATIONS,
        r"takes no arguments|abstract class|missing 2 required positional": _ANNOTATIONS,
        r"is not iterable": "invalid-enum-value",
    },
    "KeyError": {
        r"": "invalid-enum-value",
    },
    "ValueError": {
        r"A trigger was already registered": "multiple-triggers mixed-containers",
        r"does not have a trigger": (
            "missing-trigger mixed-containers wrapping-decorator durable-decorator-order decorator-not-called"
        ),
        r"does not have a unique": "duplicate-function-name invalid-registration mixed-containers wrapping-decorator",
        r"Unsupported type for function app decorator": "decorator-not-called wrapping-decorator",
        r"Could not find top level": "app-not-found",
        r"More than one": "multiple-apps",
        r"Specify either the 'Connection'": "conflicting-arguments",
        r"Please ensure": "unknown-argument",
        r"does not match format|unconverted data|invalid literal|unknown enum label": "invalid-retry-policy",
        r"^no$": "raises-on-import",
    },
    "IndexError": {
        r"pop from empty list": "mixed-containers",
    },
    "NameError": {
        r"is not defined": f"{_ANNOTATIONS} unknown-name app-not-found",
    },
    "SyntaxError": {
        r"": f"syntax-error {_ANNOTATIONS}",
    },
    "FunctionLoadError": {
        r"declared in Python but not in": (
            "unbound-parameter arg-name-mismatch wrapping-decorator durable-context-name "
            "durable-decorator-order decorator-not-called"
        ),
        r"present in Python": "arg-name-mismatch wrapping-decorator durable-context-name durable-decorator-order",
        r'the "context" parameter is expected': "invalid-annotation durable-context-name durable-decorator-order",
        r"non-type annotation|Out annotation|direction, but its|direction in the|dataType|Python annotation": (
            "invalid-annotation"
        ),
        r"return annotation": "invalid-return-annotation",
        r'"\$return" binding must have': "invalid-return-binding",
    },
    "LookupError": {
        r"": "raises-on-import",
    },
}
"""The refusals that there are: by exception and text, the rules that may stand for it."""


def disagreement(ours: Verdict, theirs: Mapping[str, Answer], *, may_be_unsure: bool = False) -> str | None:
    """What differs between the checker and the oracles; None where they agree."""
    loads = {answer.refusal is None for answer in theirs.values()}
    if _CHANGES_OTHERS in ours.all:
        wrong = ours.loads or (True in loads and {rule for rule, _ in ours.fatal} == {_CHANGES_OTHERS})
        return f"the checker says {_said(ours)}, the oracle says {_first(theirs)}" if wrong else None
    if len(loads) > 1:
        return None if ours.loads is None else f"the oracles differ, the checker says {_said(ours)}: {theirs}"
    if ours.loads is None:
        return (
            None
            if may_be_unsure or "decorator-not-called" in ours.all
            else f"the checker is not sure, the oracle says {_first(theirs)}"
        )
    if ours.loads != loads.pop():
        return f"the checker says {_said(ours)}, the oracle says {_first(theirs)}"
    for answer in theirs.values():
        if answer.refusal:
            return _other_reason(ours, answer.refusal)
        if set(answer.functions) != ours.functions:
            return f"the checker sees {sorted(map(str, ours.functions))}, the oracle {sorted(answer.functions)}"
    return None


def _other_reason(ours: Verdict, refusal: Refusal) -> str | None:
    known = _REFUSALS.get(refusal.type, {})
    found = [rules for text, rules in known.items() if re.search(text, refusal.text)]
    if not found:
        return f"no rule stands for {refusal}; the checker says {_said(ours)}"
    if {rule for rule, _ in ours.fatal} & set(" ".join(found).split()):
        return None
    return f"the checker says {_said(ours)}, the oracle says {refusal}"


def _said(ours: Verdict) -> str:
    return "; ".join(f"{rule}: {message}" for rule, message in ours.fatal) or f"it loads: {ours.loads}"


def _first(theirs: Mapping[str, Answer]) -> object:
    answer = next(iter(theirs.values()))
    return answer.refusal or f"it loads {answer.functions}"
