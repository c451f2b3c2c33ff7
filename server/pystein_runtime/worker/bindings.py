"""Values between the host and the app's functions, through the converters of the app's own azure-functions.

Every binding type has a converter in the library's registry or is generic. What the official worker adds around the
converters, and its error texts, are those of azure-functions-runtime 1.3.0 (bindings/meta.py, datumdef.py, generic.py).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .http_answer import to_cookies
from .http_request import shortcut, to_dict
from .messages import NOTHING, Datum, HttpResponse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

# Datum types that the official worker reads; the others of the protocol it refuses in these directions.
_PLAIN = frozenset({"string", "json", "bytes", "model_binding_data"})
_COLLECTIONS = {
    "collection_string": "string",
    "collection_bytes": "bytes",
    "collection_sint64": "sint64",
    "collection_model_binding_data": "model_binding_data",
}
_TOO_BIG = 2**63  # the platform carries 64 bits
_CARRIED: dict[str | None, type] = {"string": str, "json": str, "bytes": bytes, "int": int, "double": float}


class Out:
    """The value of an output parameter."""

    __slots__ = ("_value",)

    def __init__(self) -> None:
        self._value: Any = None

    def set(self, val: Any) -> None:
        """Set the output; None is no output."""
        self._value = val

    def get(self) -> Any:
        """What was set."""
        return self._value


class _Collection:
    """A batch, as the library's converters expect it: the list under the name of its type."""

    def __init__(self, name: str, values: list[Any]) -> None:
        setattr(self, name, values)


class _Plain:
    """A datum that a generic binding makes; its types are more than the library's datum knows."""

    __slots__ = ("type", "value")

    def __init__(self, kind: str | None, value: Any) -> None:
        self.type = kind
        self.value = value


class Generic:
    """The converter of every binding type that the library does not know, and of str and bytes parameters."""

    @staticmethod
    def has_trigger_support() -> bool:
        """No: a generic trigger's function gets no metadata."""
        return False

    @staticmethod
    def has_implicit_output(binding_type: str) -> bool:
        """Whether a return value is an output without a $return binding."""
        return binding_type != "durableClient"

    @staticmethod
    def check_input_type_annotation(pytype: type) -> bool:
        """Whether a parameter may be annotated with this class."""
        return issubclass(pytype, (str, bytes))

    @staticmethod
    def check_output_type_annotation(pytype: type) -> bool:
        """Whether an output may be annotated with this class."""
        return issubclass(pytype, (str, bytes, bytearray))

    @staticmethod
    def decode(data: Any, *, trigger_metadata: Mapping[str, Any]) -> str | bytes | None:  # noqa: ARG004 - the interface
        """The text or the bytes as they came; JSON stays text."""
        if data is None:
            return None
        if data.type in ("string", "bytes", "json"):
            value: str | bytes = data.value
            return value
        raise ValueError('unexpected type of data received for the "generic" binding ', repr(data.type))

    @staticmethod
    def encode(obj: Any, *, expected_type: type | None) -> _Plain:  # noqa: ARG004 - the interface
        """A datum for any value that JSON has."""
        if obj is None:
            return _Plain(None, None)
        if isinstance(obj, (bytes, bytearray)):
            return _Plain("bytes", bytes(obj))
        for pytype, kind in ((str, "string"), (dict, "dict"), (list, "list"), (int, "int"), (float, "double")):
            if isinstance(obj, pytype):
                return _Plain(kind, obj)
        raise NotImplementedError


class Bindings:
    """The converters of one app.

    `deferred` is the registry of SDK-type bindings, of azurefunctions.extensions.base, where the app imported that;
    `streams` is that module itself, where the app's HTTP is the extension's.
    """

    def __init__(self, library: ModuleType, deferred: Any = None, streams: Any = None) -> None:
        self._converters = library.get_binding_registry()
        self._datum = library.meta.Datum
        self._http_trigger = self._converters.get("httpTrigger")
        self._make_request = shortcut(library)
        self.deferred = deferred
        self.streams = streams

    def converter(self, binding_type: str, *, deferred: bool = False) -> Any:
        """The converter of a binding type."""
        registry = self.deferred if deferred else self._converters
        return registry.get(binding_type) or Generic

    def accepts_input(self, binding_type: str, pytype: Any, *, deferred: bool) -> bool:
        """Whether a parameter may be annotated so."""
        if binding_type == "httpTrigger" and self.streams is not None:
            return bool(self.streams.RequestTrackerMeta.check_type(pytype))
        return bool(self.converter(binding_type, deferred=deferred).check_input_type_annotation(pytype))

    def accepts_output(self, binding_type: str, pytype: Any) -> bool:
        """Whether an output may be annotated so."""
        if binding_type == "http" and self.streams is not None:
            return bool(self.streams.ResponseTrackerMeta.check_type(pytype))
        return bool(self.converter(binding_type).check_output_type_annotation(pytype))

    def has_implicit_output(self, binding_type: str) -> bool:
        """Whether the return value of a function with such a binding is an output without a $return binding."""
        converter = self.converter(binding_type)
        if converter is Generic:
            return Generic.has_implicit_output(binding_type)
        return hasattr(converter, "has_implicit_output") and bool(converter.has_implicit_output())

    def is_trigger(self, binding_type: str) -> bool:
        """Whether values of this type are decoded with the trigger's metadata."""
        return bool(self.converter(binding_type).has_trigger_support())

    # -- to the function ----------------------------------------------------------------------------------------------

    def metadata(self, metadata: Mapping[str, Datum]) -> dict[str, Any]:
        """Trigger metadata as the converters want them."""
        return {key: self._to_library(datum) for key, datum in metadata.items()}

    def decode(self, converter: Any, datum: Datum, metadata: Mapping[str, Any], **deferred: Any) -> Any:
        """The value of a parameter.

        Raises:
            TypeError: the converter does not take such data.
            NotImplementedError: the platform does not take such data.
            Exception: whatever the converter raises on data that it cannot read.
        """
        if datum.type == "http" and converter is self._http_trigger and self._make_request is not None:
            return self._make_request(datum.value)
        data = self._to_library(datum)
        try:
            return converter.decode(data, trigger_metadata=metadata, **deferred)
        except NotImplementedError:
            raise TypeError(
                "unable to decode incoming TypedData: unsupported combination of TypedData field "
                f"{datum.type!r} and expected binding type {converter}"
            ) from None

    def _to_library(self, datum: Datum) -> Any:
        kind, value = datum
        if kind is None:
            return None
        if kind in _PLAIN:
            return self._datum(value, kind)
        if kind == "http":
            return self._datum(to_dict(value, self._datum), kind)
        if kind in _COLLECTIONS:
            return self._datum(_Collection(_COLLECTIONS[kind], value), kind)
        raise NotImplementedError(f"unsupported TypeData kind: {kind}")

    # -- from the function --------------------------------------------------------------------------------------------

    def encode(self, binding_type: str, value: Any, pytype: Any) -> Datum:
        """The datum of an output.

        Raises:
            TypeError: the binding does not take such a value.
            Exception: whatever the converter raises on a value that it cannot write.
        """
        try:
            data = self.converter(binding_type).encode(value, expected_type=pytype)
        except NotImplementedError:
            raise TypeError(
                f'unable to encode outgoing TypedData: unsupported type "{binding_type}" for '
                f'Python type "{type(value).__name__}"'
            ) from None
        return from_library(data)


def from_library(data: Any) -> Datum:
    """The protocol's datum of a converter's.

    Raises:
        NotImplementedError: the platform has no way to carry it.
        TypeError, ValueError: a value that JSON cannot carry, or a cookie that cannot be read.
        AttributeError: the converter made nothing; the text is the one that the platform shows.
    """
    kind, value = data.type, data.value
    pytype = _CARRIED.get(kind)
    if pytype is not None:
        if value is None:
            return NOTHING
        if not isinstance(value, pytype):
            raise TypeError(f"the binding made {kind} data of a {type(value).__name__}, which cannot be sent")
        if isinstance(value, int) and not -_TOO_BIG <= value < _TOO_BIG:
            raise ValueError(f"Value out of range: {value}")
        return Datum(kind, value)
    if kind is None:
        return NOTHING
    if kind == "http":
        headers = {name: header.value for name, header in value["headers"].items()}
        cookies = to_cookies(value.get("cookies") or [])
        return Datum("http", HttpResponse(value["status_code"].value, headers, cookies, from_library(value["body"])))
    if kind in ("dict", "list"):
        return Datum("json", json.dumps(value))
    if kind == "bool":
        return Datum("int", int(value))
    raise NotImplementedError(f"unexpected Datum type: {kind}")
