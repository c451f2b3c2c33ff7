"""The types of bound parameters, put to the library's own converters."""

import typing
from collections.abc import Callable
from typing import Any

import azure.durable_functions as df
import azure.functions as func
import pytest

from pystein_lsp.catalogue import catalogue

BOUND = sorted(
    key
    for key, decorator in catalogue().decorators.items()
    if decorator.binding_type and decorator.value_types and decorator.role in ("trigger", "input", "output")
)
RICH = ("orchestrationTrigger", "entityTrigger")
"""The durable package decodes these after the worker; the worker sees a handle without annotation."""


def type_of(text: str) -> Any:
    return eval(text, {"azure": __import__("azure.durable_functions"), "List": typing.List})  # noqa: UP006 - as the stubs have it


def accepts(key: str, text: str) -> bool:
    """Whether the worker would take the annotation of a parameter.

    Annotated `str` or `bytes` a parameter goes through the worker's generic converter, as does every binding for which the
    library has no converter; that one takes `bytearray` as well where it encodes.
    """
    decorator = catalogue().decorators[key]
    kind = type_of(text)
    converter: Any = func.get_binding_registry().get(decorator.binding_type)
    if converter is None:
        return kind in ((str, bytes, bytearray) if decorator.direction == "out" else (str, bytes))
    return kind in (str, bytes) or check(converter, decorator.direction)(kind)


def accepted_class(key: str, name: str) -> bool:
    """As `accepts`, for any class: some converters raise TypeError instead of refusing."""
    try:
        return accepts(key, name)
    except TypeError:
        return False


def check(converter: Any, direction: str | None) -> Callable[[Any], bool]:
    """The converter's own opinion."""
    if direction == "out":
        return lambda kind: bool(converter.check_output_type_annotation(kind))
    return lambda kind: bool(converter.check_input_type_annotation(kind))


@pytest.mark.parametrize("key", BOUND)
def test_converter_takes_each_type(key: str) -> None:
    decorator = catalogue().decorators[key]
    if decorator.binding_type in RICH:
        assert all(type_of(text).__module__.startswith(df.__name__) for text in decorator.value_types)
        return
    assert [text for text in decorator.value_types if not accepts(key, text)] == []


@pytest.mark.parametrize("key", BOUND)
def test_no_other_class_of_the_library_is_taken(key: str) -> None:
    decorator = catalogue().decorators[key]
    if decorator.binding_type in RICH:
        return
    classes = [
        f"azure.functions.{name}"
        for name, member in catalogue().members["azure.functions"].items()
        if member.kind == "class"
    ]
    real = [name for name in classes if hasattr(func, name.rpartition(".")[2])]
    taken = {name for name in real if name not in decorator.value_types and accepted_class(key, name)}
    subclasses = {
        name
        for name in taken
        for known in decorator.value_types
        if "[" not in known and issubclass(type_of(name), type_of(known))
    }
    assert taken - subclasses == set()


@pytest.mark.parametrize("key", sorted(key for key, value in catalogue().decorators.items() if value.return_types))
def test_converter_takes_each_return_type(key: str) -> None:
    decorator = catalogue().decorators[key]
    binding_type = "http" if key == "route" else decorator.binding_type
    converter = func.get_binding_registry().get(binding_type)
    assert [text for text in decorator.return_types if not check(converter, "out")(type_of(text))] == []
