"""Whether the worker accepts an annotation for a binding: the checks of its `validate_function_params`, on static types.

Source: azure-functions-runtime 1.3.0, functions.py, and the converters of azure-functions, whose accepted classes the
catalogue has as `value_types` and `return_types`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal, NamedTuple, TypeAlias

from pystein_lsp.catalogue import catalogue
from pystein_lsp.model.functions import WRAPPED, Binding
from pystein_lsp.model.meaning import public_path
from pystein_lsp.model.types import AnyType, Builtin, Class, Generic, Missing, NoType, Out, Type, Union, Unsure

Reason: TypeAlias = Literal["missing", "no-type", "needs-out", "no-out", "bare-out", "mismatch"]
Answer: TypeAlias = "Reason | Literal['accepted', 'unsure']"

_TEXTS = ("str", "bytes")
_FILES = frozenset({"blob"})
"""Output bindings that take whatever has a method `read`."""


class Accepted(NamedTuple):
    """What a binding accepts. `anything` that is a type; else classes by name, and generics over `items`."""

    classes: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    anything: bool = False


def accepted_by(binding: Binding) -> Accepted | None:
    """What the annotation of a binding's parameter (inside `Out`, for outputs) may be; None where it is not known."""
    known = binding.use.known
    if known is None or binding.type is None:
        return None
    if known.role == "trigger" and binding.direction == "out":
        return _accepted(known.return_types)
    if known.binding_type:
        return _accepted(known.value_types)
    return _of_type(binding.type, binding.direction)


def returned_by(binding: Binding) -> Accepted | None:
    """What the function's annotation may be where a binding is `$return`; None where it is not known."""
    known = binding.use.known
    if known is None or binding.type is None:
        return None
    if known.return_types or known.binding_type:
        return _accepted(known.return_types or known.value_types)
    if binding.type == "http":
        return _accepted(catalogue().decorators["route"].return_types)
    for other in catalogue().decorators.values():
        if other.binding_type == binding.type and other.direction == "out":
            return _accepted(other.return_types or other.value_types)
    return None if _is_known_type(binding.type) else Accepted((*_TEXTS, "bytearray"))


@lru_cache(maxsize=1024)
def _of_type(binding_type: str, direction: str) -> Accepted | None:
    """What `generic_*` accept: what the decorator made for that type does, texts where the library knows no such type."""
    if binding_type == "durableClient":
        return Accepted(_TEXTS)
    if binding_type in WRAPPED:
        return None
    if binding_type == "http" and direction == "out":
        return _accepted(catalogue().decorators["route"].return_types)
    for known in catalogue().decorators.values():
        if known.binding_type == binding_type and known.direction == direction and known.name != "mcp_tool":
            return _accepted(known.value_types)
    if _is_known_type(binding_type):
        return None
    return Accepted(_TEXTS if direction == "in" else (*_TEXTS, "bytearray"))


@lru_cache(maxsize=1024)
def _is_known_type(binding_type: str) -> bool:
    return binding_type == "http" or any(each.binding_type == binding_type for each in catalogue().decorators.values())


@cache
def _accepted(names: tuple[str, ...]) -> Accepted:
    classes = [public_path(name) for name in names if "[" not in name]
    items = [public_path(name.partition("[")[2][:-1]) for name in names if "[" in name]
    return Accepted(tuple(classes), tuple(items), anything=not classes and not items)


def parameter_answer(binding: Binding, found: Type, *, python_310: bool) -> Answer:
    """What the worker says about the annotation of a binding's parameter."""
    accepted = accepted_by(binding)
    if isinstance(found, Missing):
        return "missing"
    if accepted is None and _is_text(found.argument if isinstance(found, Out) else found):
        accepted = Accepted(_TEXTS) if binding.type not in WRAPPED else None
    if accepted is None and _is_no_type(found):
        return "no-type"
    if isinstance(found, Unsure) or accepted is None:
        return "unsure"
    if not isinstance(found, Out):
        if binding.direction == "out":
            return "no-type" if _is_no_type(found) else "needs-out"
        return _value_answer(found, accepted, binding, python_310=python_310)
    if found.argument is None:
        return "bare-out"
    if binding.direction != "out":
        return "no-out"
    return _value_answer(found.argument, accepted, binding, python_310=python_310)


def _is_no_type(found: Type) -> bool:
    return isinstance(found, (NoType, Union, Builtin))


def _value_answer(found: Type, accepted: Accepted, binding: Binding, *, python_310: bool) -> Answer:
    match found:
        case Missing():
            return "missing"
        case Unsure():
            return "unsure"
        case NoType() | Union():
            return "no-type"
        case Builtin():
            return "accepted" if accepted.anything and python_310 else "no-type"
        case AnyType():
            return "accepted" if accepted.anything and not python_310 else "no-type" if python_310 else "mismatch"
        case Out():
            return "mismatch"
        case Generic():
            return "accepted" if accepted.anything else _generic_answer(found, accepted.items)
        case Class():
            return _class_answer(found, accepted, binding)


def _is_text(found: Type | None) -> bool:
    """Whether it is `str` or `bytes` itself."""
    return isinstance(found, Class) and found.name in _TEXTS and found.name in found.ancestors and found.sure


def _class_answer(found: Class, accepted: Accepted, binding: Binding) -> Answer:
    if accepted.anything or _is_text(found):
        return "accepted"  # the worker itself converts texts
    common = found.ancestors.intersection(accepted.classes)
    if common - set(_TEXTS):
        return "accepted"
    if common or not found.sure:
        return "unsure"  # a subclass of str: some converters take it
    if found.reads and binding.direction == "out" and binding.type in _FILES:
        return "accepted"
    return "mismatch"


def _generic_answer(found: Generic, items: tuple[str, ...]) -> Answer:
    """`List[X]` and its like: where one argument is a class that an accepted item derives from."""
    if not items or not found.iterable:
        return "mismatch"
    for argument in found.arguments:
        answer = _is_base(argument, items)
        if answer is None:
            return "unsure"
        if answer:
            return "accepted"
        if not isinstance(argument, (Class, Union, AnyType)):
            return "mismatch"  # asking raises
    return "mismatch"


def _is_base(argument: Type, items: tuple[str, ...]) -> bool | None:
    """Whether an accepted item is a subclass of a type; None where that is not known."""
    match argument:
        case Unsure():
            return None
        case Union(members):
            answers = [_is_base(member, items) for member in members]
            return True if True in answers else None if None in answers else False
        case Class(name, ancestors, sure):
            if name == "object" or (name in ancestors | _last(ancestors) and ancestors.intersection(items)):
                return True
            return False if sure else None
        case _:
            return False


def _last(names: Iterable[str]) -> set[str]:
    return {name.rpartition(".")[2] for name in names}


def return_answer(binding: Binding, found: Type) -> Answer:
    """What the worker says about the annotation of a function whose `$return` is a binding."""
    accepted = returned_by(binding)
    if isinstance(found, Missing):
        return "missing"
    if isinstance(found, Unsure) or accepted is None:
        return "unsure"
    if isinstance(found, Out):
        return "no-out"
    if not isinstance(found, Class):
        return "mismatch" if isinstance(found, AnyType) else "no-type"
    if accepted.anything or found.ancestors.intersection(accepted.classes):
        return "accepted"
    if found.reads and binding.type in _FILES:
        return "accepted"
    return "mismatch" if found.sure else "unsure"
