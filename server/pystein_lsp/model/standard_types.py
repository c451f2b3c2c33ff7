"""Names of `typing` and of the standard library that stand in annotations, and what they are for the worker."""

from __future__ import annotations

ITERABLE_GENERICS = frozenset(
    {
        "AbstractSet", "ChainMap", "Collection", "Counter", "DefaultDict", "Deque", "Dict", "FrozenSet", "Generator", "ItemsView",
        "Iterable", "Iterator", "KeysView", "List", "Mapping", "MutableMapping", "MutableSequence", "MutableSet", "OrderedDict",
        "Reversible", "Sequence", "Set", "ValuesView",
    }
)  # fmt: skip
OTHER_GENERICS = frozenset(
    {
        "AsyncContextManager", "AsyncGenerator", "AsyncIterable", "AsyncIterator", "Awaitable", "Container", "ContextManager",
        "Coroutine", "Hashable", "MappingView", "Match", "Pattern", "Sized", "Type",
    }
)  # fmt: skip
NO_TYPES = frozenset(
    {
        "AnyStr", "Callable", "ClassVar", "Final", "Literal", "LiteralString", "NamedTuple", "Never", "NewType", "NoReturn",
        "Optional", "Self", "Tuple", "TypedDict", "Union",
    }
)  # fmt: skip
TYPING_CLASSES = {
    "BinaryIO": True,
    "ForwardRef": False,
    "Generic": False,
    "IO": True,
    "Protocol": False,
    "TextIO": True,
}
"""Classes of `typing` and whether they have a method `read`."""
TYPING_OF_BUILTIN = {
    "dict": "Dict", "frozenset": "FrozenSet", "list": "List", "set": "Set", "tuple": "Tuple", "type": "Type",
    "collections.OrderedDict": "OrderedDict", "collections.defaultdict": "DefaultDict", "collections.deque": "Deque",
}  # fmt: skip
STANDARD = {
    "collections.ChainMap": "", "collections.Counter": "dict", "collections.OrderedDict": "dict", "collections.defaultdict": "dict",
    "collections.deque": "", "datetime.date": "", "datetime.datetime": "", "datetime.time": "", "datetime.timedelta": "",
    "datetime.timezone": "", "decimal.Decimal": "", "enum.Enum": "", "enum.Flag": "", "enum.IntEnum": "", "enum.StrEnum": "str",
    "fractions.Fraction": "", "io.BytesIO": "read", "io.StringIO": "read", "ipaddress.IPv4Address": "", "pathlib.Path": "",
    "pathlib.PurePath": "", "types.SimpleNamespace": "", "uuid.UUID": "", "abc.ABC": "",
}  # fmt: skip
"""Classes of the standard library that stand in annotations and bases: their builtin ancestor, or `read` for files."""
MAKERS = {"collections.namedtuple": "", "typing.NamedTuple": "", "typing.TypedDict": "dict", "enum.Enum": ""}
"""Calls that make a class, and its builtin ancestor."""
KEEPING = frozenset(
    {
        "dataclasses.dataclass", "enum.unique", "functools.total_ordering", "typing.final", "typing.runtime_checkable",
        "azure.functions.mcp_content",
    }
)  # fmt: skip
"""Decorators of classes that return the class."""
