"""Inline constraints of route parameters: `{id:int}`, `{name:length(2,8)}`.

The names and meanings are ASP.NET Core's, "Route constraints".
"""

from __future__ import annotations

import re
from collections.abc import Callable

_CALL = re.compile(r"([A-Za-z]+)(?:\((.*)\))?", re.DOTALL)
_INTEGER = re.compile(r"\s*[+-]?\d+\s*", re.ASCII)
_DECIMAL = re.compile(r"\s*[+-]?(\d+(,\d+)*\.?\d*|\.\d+)\s*", re.ASCII)
_GUID = re.compile(
    r"(\{)?(\()?(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?(1)\})(?(2)\))|[0-9a-f]{32}", re.IGNORECASE
)
_DATES = ("%m/%d/%Y", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M")


class ConstraintError(ValueError):
    """There is no such constraint, or it does not take this argument; the text is the platform's."""

    def __init__(self, message: str, refusal: str) -> None:
        super().__init__(refusal)
        self.message = message


def parse(text: str) -> Callable[[str], bool]:
    """The test that a constraint stands for.

    Raises:
        ConstraintError: an unknown name, or wrong arguments.
    """
    match = _CALL.fullmatch(text.strip())
    name, argument = (match[1].lower(), match[2]) if match else ("", None)
    try:
        test = _PLAIN.get(name) if argument is None else _with_argument(name, argument)
    except (ValueError, re.error) as error:
        raise ConstraintError(
            f"the constraint '{text}' has a wrong argument", f"The constraint '{text}' has a wrong argument: {error}"
        ) from error
    if test is None:
        message = f"there is no constraint '{text.partition('(')[0]}'"
        if argument is None and name in _WITH_ARGUMENT:
            message = f"the constraint '{text}' needs an argument: {text}(...)"
        elif argument is not None and name in _PLAIN:
            message = f"the constraint '{name}' takes no argument"
        raise ConstraintError(
            message,
            f"The constraint reference '{text}' could not be resolved to a type."
            " Register the constraint type with 'RouteOptions.ConstraintMap'.",
        )
    return test


def _with_argument(name: str, argument: str) -> Callable[[str], bool] | None:
    if name == "regex":
        pattern = re.compile(argument.replace("\\\\", "\\"), re.IGNORECASE)
        return lambda value: pattern.search(value) is not None
    if name not in _WITH_ARGUMENT:
        return None
    numbers = [int(part) for part in argument.split(",")]
    low, high = numbers[0], numbers[-1]
    if len(numbers) > 2 or (len(numbers) == 2) != (name == "range" or (name == "length" and "," in argument)):
        raise ValueError(f"({argument})")
    return {
        "minlength": lambda value: len(value) >= low,
        "maxlength": lambda value: len(value) <= high,
        "length": lambda value: low <= len(value) <= high,
        "min": lambda value: _in_range(value, low, 2**63 - 1),
        "max": lambda value: _in_range(value, -(2**63), high),
        "range": lambda value: _in_range(value, low, high),
    }[name]


def _in_range(value: str, low: int, high: int) -> bool:
    return _INTEGER.fullmatch(value) is not None and low <= int(value) <= high


def _is_float(value: str) -> bool:
    try:
        return abs(float(value.replace(",", ""))) != float("inf") and "_" not in value
    except ValueError:
        return False


def _is_date(value: str) -> bool:
    from datetime import datetime  # noqa: PLC0415 - a check reads routes without matching any

    try:
        datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return any(_matches(value, pattern) for pattern in _DATES)
    return True


def _matches(value: str, pattern: str) -> bool:
    from datetime import datetime  # noqa: PLC0415 - as above

    try:
        datetime.strptime(value, pattern)  # noqa: DTZ007 - only asked whether it is a date
    except ValueError:
        return False
    return True


def _has_extension(value: str) -> bool:
    name = value.rpartition("/")[2]
    dot = name.find(".")
    return 0 <= dot < len(name) - 1


_WITH_ARGUMENT = {"minlength", "maxlength", "length", "min", "max", "range", "regex"}
_PLAIN: dict[str, Callable[[str], bool]] = {
    "int": lambda value: _in_range(value, -(2**31), 2**31 - 1),
    "long": lambda value: _in_range(value, -(2**63), 2**63 - 1),
    "bool": lambda value: value.strip().lower() in {"true", "false"},
    "datetime": _is_date,
    "decimal": lambda value: _DECIMAL.fullmatch(value) is not None,
    "double": _is_float,
    "float": _is_float,
    "guid": lambda value: _GUID.fullmatch(value.strip()) is not None,
    "alpha": lambda value: re.fullmatch(r"[a-zA-Z]*", value) is not None,
    "required": lambda value: value != "",
    "file": _has_extension,
    "nonfile": lambda value: not _has_extension(value),
}
NAMES = (*((name, False) for name in _PLAIN), *((name, True) for name in sorted(_WITH_ARGUMENT)))
"""Every constraint, and whether it takes an argument."""
