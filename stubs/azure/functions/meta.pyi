import abc
import builtins
import sys
from collections.abc import Mapping
from typing import Any

def is_iterable_type_annotation(annotation: object, pytype: object) -> bool: ...

class Datum:
    """A value on its way between host and function, with the name of its type on the wire."""

    value: Any
    type: str | None
    def __init__(self, value: Any, type: str | None) -> None: ...
    @property
    def python_value(self) -> Any: ...
    @property
    def python_type(self) -> builtins.type[Any]: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...

class _ConverterMeta(abc.ABCMeta):
    def __new__(
        mcls,
        name: str,
        bases: tuple[type[Any], ...],
        dct: dict[str, Any],
        *,
        binding: str | None,
        trigger: str | bool | None = None,
    ) -> Any: ...
    @classmethod
    def get(cls, binding_name: str) -> _ConverterMeta | None: ...
    def has_trigger_support(cls) -> bool: ...

class _BaseConverter(metaclass=_ConverterMeta, binding=None): ...

class InConverter(_BaseConverter, binding=None):
    """Turns what the host sends for a binding into what the function receives."""

    @classmethod
    @abc.abstractmethod
    def check_input_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    @abc.abstractmethod
    def decode(cls, data: Datum, *, trigger_metadata: Mapping[str, Datum] | None) -> Any: ...
    @classmethod
    def has_implicit_output(cls) -> bool: ...

class OutConverter(_BaseConverter, binding=None):
    """Turns what the function sets or returns into what the host gets."""

    @classmethod
    @abc.abstractmethod
    def check_output_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    @abc.abstractmethod
    def encode(cls, obj: Any, *, expected_type: type[Any] | None) -> Datum | None: ...

def get_binding_registry() -> type[_ConverterMeta]:
    """The registry that finds the converter of a binding type: `get_binding_registry().get("queueTrigger")`."""

if sys.version_info >= (3, 13):
    def register_converter(binding_name: str, converter_cls: type[Any], *, overwrite: bool = False) -> None:
        """Replace the converter of a durable binding.

        Raises:
            TypeError: The class is no converter.
            ValueError: The binding is not one of Durable Functions.
            RuntimeError: There is a converter and `overwrite` is False.
        """
