"""Metadata for `Annotated`: what a decorator adds to a function, and what a parameter's value means.

Type checkers see through these markers and check that they are spelled correctly. The catalogue is generated from them.
"""

from typing import Any, Literal, TypeAlias

_Bundle: TypeAlias = Literal["host", "ga", "preview", "v3"]
_Kind: TypeAlias = Literal[
    "",
    "activity_name",
    "arg_name",
    "blob_path",
    "broker_list",
    "connection",
    "cron",
    "entity",
    "entity_name",
    "function_name",
    "json",
    "methods",
    "orchestrator_name",
    "queue",
    "route",
    "setting",
    "sql",
    "table",
    "time_span",
    "uri",
]

class _Decorator:
    """What every kind of decorator has.

    Args:
        type: The binding's `type` in function.json. Empty where an argument of the decorator gives it.
        takes: Annotations that the bound parameter may carry; for outputs the `T` of `Out[T]`. Empty: any.
        returns: Annotations that the function may return, where the decorator binds `$return`.
        since: First version of azure-functions 1.x with this decorator (of azure-functions-durable in its own classes).
        since_2: First version of azure-functions 2.x with it.
        bundle: What brings the binding: the host itself, the extension bundle 4.x, only its preview, or the bundle 3.x.
        see: The page below https://learn.microsoft.com/azure/azure-functions/ that describes it.
        extra: Whether the library passes unknown keywords on instead of raising TypeError.
        also_tried: Names that do not exist and are often written in its place.
        aliases: Other names of the method, each with the first version that has it.
    """

    def __init__(
        self,
        type: str = "",
        *,
        takes: tuple[Any, ...] = (),
        returns: tuple[Any, ...] = (),
        since: str,
        since_2: str = "2.0.0",
        bundle: _Bundle = "ga",
        see: str,
        extra: bool = True,
        also_tried: tuple[str, ...] = (),
        aliases: dict[str, str] = ...,
    ) -> None: ...

class Trigger(_Decorator):
    """Starts the function; one per function."""

class Input(_Decorator):
    """Reads something before the function starts."""

class Output(_Decorator):
    """Writes what the function set or returned."""

class Client(_Decorator):
    """An input that the function calls: the durable client."""

class Setting(_Decorator):
    """Describes the function; binds no parameter."""

class Value:
    """What the value of a parameter is.

    Args:
        kind: How the value is read.
        settings: Whether `%NAME%` in it becomes the value of the app setting NAME.
        expressions: Whether `{name}` in it becomes data of the trigger.
        default_setting: For connections: the app setting used when the value is empty.
        identity: For connections: the suffixes of an identity-based connection, `NAME__suffix`.
        direction: For names of parameters that have a default: the direction of the binding that they rename.
    """

    def __init__(
        self,
        kind: _Kind = "",
        *,
        settings: bool = False,
        expressions: bool = False,
        default_setting: str = "",
        identity: tuple[str, ...] = (),
        direction: Literal["in", "out"] = "in",
    ) -> None: ...

class Choice:
    """The value is a member of an enum.

    Args:
        enum: The enum.
        texts: Strings that are accepted in place of a member. None: the names of the members.
        ignore_case: Whether the case of such a string is free.
    """

    def __init__(self, enum: type[Any], *, texts: tuple[str, ...] | None = None, ignore_case: bool = True) -> None: ...

class Since:
    """The parameter is younger than its decorator."""

    def __init__(self, version: str, version_2: str = "2.0.0") -> None: ...

class Removed:
    """The decorator or parameter is gone.

    Args:
        version: First version without it.
        use: What replaces it, the most direct first; empty where nothing does.
        note: What else to know, one sentence.
    """

    def __init__(self, version: str, *, use: tuple[str, ...] = (), note: str = "") -> None: ...
