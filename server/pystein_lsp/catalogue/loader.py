"""Load the generated catalogue. Records are built when they are first asked for, so that starting stays cheap."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Generic, TypeVar

from .types import AppClass, Decorator, Member, Parameter, Removed

T = TypeVar("T")

PARAMETER: dict[str, Any] = {"required": False, "kind": "", "annotation": "str", "default": None}
"""What data.json leaves out of a parameter, besides the fields that have a default in the class."""
DECORATOR: dict[str, Any] = {
    "binding_type": None,
    "direction": None,
    "accepts_extra": False,
    "default_names": (),
    "value_types": (),
    "package": "azure-functions",
    "bundle": "ga",
    "alias_of": None,
}
"""What data.json leaves out of a decorator."""
REFERENCES = "https://learn.microsoft.com/azure/azure-functions/"
"""Where all reference pages are; data.json has the rest of the address."""


def _read(name: str) -> Any:
    with open(__file__.removesuffix("loader.py") + name, encoding="utf-8") as file:  # noqa: PTH123 - pathlib costs 2.6 ms
        return json.load(file)


class _Lazy(Mapping[str, T], Generic[T]):
    """Raw JSON by name that becomes a record on first access."""

    def __init__(self, raw: dict[str, Any], build: Callable[[Any], T]) -> None:
        self._raw = raw
        self._build = build
        self._built: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        if key not in self._built:
            self._built[key] = self._build(self._raw[key])
        return self._built[key]

    def __contains__(self, key: object) -> bool:
        return key in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)


def _tuples(raw: dict[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(tuple(item) if isinstance(item, list) else item for item in value)
        if isinstance(value, list)
        else value
        for name, value in raw.items()
    }


def _parameter(raw: dict[str, Any]) -> Parameter:
    return Parameter(**{**PARAMETER, **_tuples(raw)})


def _decorator(raw: dict[str, Any]) -> Decorator:
    fields = {**DECORATOR, **_tuples(raw), "parameters": tuple(map(_parameter, raw["parameters"]))}
    return Decorator(**{**fields, "reference": REFERENCES + raw["reference"]})


def _removed(raw: dict[str, Any]) -> Removed:
    return Removed(**_tuples(raw))


def _removed_parameters(raw: list[dict[str, Any]]) -> dict[str, Removed]:
    return {item["name"]: _removed(item) for item in raw}


def _class(raw: dict[str, Any]) -> AppClass:
    parameters = tuple(map(_parameter, raw["parameters"]))
    return AppClass(**{**_tuples(raw), "parameters": parameters, "removed": tuple(map(_removed, raw["removed"]))})


def _members(raw: dict[str, Any]) -> dict[str, Member]:
    found = {name: Member(name, kind) for kind, names in raw.items() if kind != "more" for name in names}  # type: ignore[arg-type]  # from JSON
    found.update((item["name"], Member(**_tuples(item))) for item in raw.get("more", ()))
    return found


class Catalogue:
    """What the product knows about the libraries.

    Attributes:
        decorators: By name; `durable:NAME` for the durable package's own version of a name.
        classes: App and blueprint classes by qualified name.
        removed: Decorators of the alpha that raise AttributeError today, with what replaces them.
        describes: The versions of each distribution that are known, the newest of each line.
        members: For each module (`azure.functions`, `azure.functions.decorators.core`, ...) its public names.
    """

    def __init__(self, raw: dict[str, Any]) -> None:
        self.decorators: Mapping[str, Decorator] = _Lazy(raw["decorators"], _decorator)
        self.classes: Mapping[str, AppClass] = _Lazy(raw["classes"], _class)
        self.removed: Mapping[str, Removed] = _Lazy(raw["removed"], _removed)
        self.members: Mapping[str, Mapping[str, Member]] = _Lazy(raw["members"], _members)
        self.describes: Mapping[str, tuple[str, ...]] = _Lazy(raw["describes"], tuple)
        self._removed_parameters = _Lazy(raw["removed_parameters"], _removed_parameters)
        self._raw = raw
        self._docs: dict[str, dict[str, str]] | None = None
        self._also_tried: dict[str, str] | None = None

    def decorator(self, class_name: str, name: str) -> Decorator | None:
        """The decorator `name` of a class given by its qualified name; None where the class has none of that name."""
        keys = self._raw["classes"].get(class_name, {}).get("decorators", ())
        for key in (f"durable:{name}", name):
            if key in keys:
                return self.decorators[key]
        return None

    def removed_parameter(self, decorator: str, name: str) -> Removed | None:
        """What became of a parameter that a decorator (by its key) once had; None where it never had it."""
        found = self._removed_parameters.get(decorator)
        return found.get(name) if found else None

    def meant(self, name: str) -> str | None:
        """The decorator that people mean by a name that never existed (`http_trigger`: `route`)."""
        if self._also_tried is None:
            rows = self._raw["decorators"].items()
            self._also_tried = {tried: key for key, raw in rows for tried in raw.get("also_tried", ())}
        return self._also_tried.get(name)

    def enum(self, qualified: str) -> Member | None:
        """An enum by its qualified name (`azure.functions.AuthLevel`); None where there is none of that name."""
        module, _, name = qualified.rpartition(".")
        member = self.members[module].get(name) if module in self.members else None
        return member if member and member.kind == "enum" else None

    def docs(self, name: str, parameter: str = "") -> str:
        """Markdown about a decorator (by its key), an app class (by its name) or a parameter; empty where there is none."""
        if self._docs is None:
            self._docs = _read("docs.json")
        assert self._docs is not None
        return self._docs.get(name, {}).get(parameter, "")


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue, loaded once."""
    return Catalogue(_read("data.json"))
