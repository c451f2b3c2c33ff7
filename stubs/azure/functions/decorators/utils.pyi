"""How the library reads enum names and writes field names."""

import re
from abc import ABCMeta
from collections.abc import Callable, Iterable
from enum import Enum
from json import JSONEncoder
from typing import Any, TypeVar

T = TypeVar("T", bound=Enum)

SNAKE_CASE_RE: re.Pattern[str]
WORD_RE: re.Pattern[str]

class StringifyEnum(Enum):  # type: ignore[misc]  # a base without members
    """An enum that is written to JSON by the names of its members."""

    def __str__(self) -> str: ...

class BuildDictMeta(type):
    def __new__(mcs, name: str, bases: tuple[type[Any], ...], dct: dict[str, Any]) -> Any: ...
    @staticmethod
    def skip_none(func: Callable[..., Any]) -> Callable[..., Any]: ...
    @staticmethod
    def add_to_dict(func: Callable[..., Any]) -> Callable[..., Any]: ...
    @staticmethod
    def clean_nones(value: Any) -> Any: ...

class ABCBuildDictMeta(ABCMeta, BuildDictMeta): ...

def parse_singular_param_to_enum(param: T | str | None, class_name: type[T]) -> T | None:
    """The member of that name, in any case.

    Raises:
        KeyError: There is none.
    """

def parse_iterable_param_to_enums(param_values: Iterable[str | T] | None, class_name: type[T]) -> Iterable[T] | None:
    """The members of those names, in any case.

    Raises:
        KeyError: One of them is missing, or a single string was given.
    """

def to_camel_case(snake_case_str: str) -> str:
    """`queueName` for `queue_name`.

    Raises:
        ValueError: The text is no word and not in snake case.
    """

def is_snake_case(input_string: str) -> bool: ...
def is_word(input_string: str) -> bool: ...

class StringifyEnumJsonEncoder(JSONEncoder):
    def default(self, o: Any) -> Any: ...
