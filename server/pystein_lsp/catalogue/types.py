"""What is known about a decorator, a parameter and a class: plain frozen data.

Everything here is generated from the stubs; no other module holds a table of decorators.

There is no `from __future__ import annotations` here on purpose: with it NamedTuple compiles every annotation from text, which
made this module cost 2.1 ms instead of 0.5.
"""

from typing import Literal, NamedTuple

Role = Literal["trigger", "input", "output", "client", "setting"]
"""What a decorator adds to a function. `client` is the durable client, an input that calls out; `setting` covers
`function_name`, `retry`, `http_type` and the like, which bind no parameter."""

Kind = Literal[
    "",  # nothing special is known about the value
    "arg_name",  # the name of a parameter of the decorated function, or `$return` for an output
    "function_name",  # names the function
    "connection",  # the name of an app setting (or the prefix of an identity-based connection)
    "setting",  # the name of an app setting that is not a connection
    "cron",  # NCRONTAB expression or time span
    "route",  # HTTP route template
    "methods",  # list of HTTP methods
    "queue",  # storage queue name
    "blob_path",  # container/blob pattern
    "table",  # storage table name
    "entity",  # name of a queue, topic, subscription, hub, database, container ... of another service
    "enum",  # one of `choices`, in any case
    "broker_list",  # Kafka: a setting's name or the list itself
    "activity_name",
    "orchestrator_name",
    "entity_name",  # durable entity
    "sql",  # command text
    "time_span",  # hh:mm:ss
    "json",  # text that holds JSON
    "uri",
]


class Parameter(NamedTuple):
    """One parameter of a decorator or constructor."""

    name: str
    required: bool
    kind: Kind
    annotation: str
    """The type as a reader would write it: `str`, `bool | None`, `"ONE" | "MANY"`."""
    default: str | None
    """Source text of the default, None where there is none."""
    choices: tuple[str, ...] = ()
    """Member names, for enums; compared without regard to case where `ignore_case`."""
    ignore_case: bool = True
    settings: bool = False
    """Whether `%SETTING%` inside the value is resolved."""
    expressions: bool = False
    """Whether `{expression}` inside the value is resolved."""
    connection_default: str | None = None
    """For kind `connection`: the setting that is used when the value is empty."""
    identity: tuple[str, ...] = ()
    """For kind `connection`: the suffixes of an identity-based connection (`NAME__suffix`)."""
    since: str | None = None
    """First azure-functions version with this parameter, where it is younger than its decorator."""
    keyword_only: bool = False
    texts: tuple[str, ...] | None = None
    """For kind `enum`: the strings that are accepted in place of a member, where those are not the names in `choices`;
    empty: only the enum itself."""
    since_2: str | None = None
    """As `since`, for the 2.x line of azure-functions; None: as old as its decorator."""


class Decorator(NamedTuple):
    """One decorator method of an app or blueprint class."""

    name: str
    role: Role
    binding_type: str | None
    """The `type` in function.json (`queueTrigger`); None for settings and for `generic_*` (their `type` argument)."""
    direction: Literal["in", "out"] | None
    parameters: tuple[Parameter, ...]
    accepts_extra: bool
    """Whether it swallows unknown keywords (`**kwargs`) instead of raising TypeError."""
    default_names: tuple[tuple[str, str, str], ...]
    """Bindings that are named without an arg_name: (parameter that renames it, name, direction);
    `route` has ("trigger_arg_name", "req", "in") and ("binding_arg_name", "$return", "out")."""
    value_types: tuple[str, ...]
    """Annotations that the bound parameter may carry, as qualified names (`azure.functions.QueueMessage`, `str`,
    `List[azure.functions.EventHubEvent]`); for outputs the `T` of `azure.functions.Out[T]`. Empty: anything."""
    since: str
    """First azure-functions (or azure-functions-durable) version with this name."""
    package: str
    """Distribution that has it: `azure-functions` or `azure-functions-durable`."""
    bundle: Literal["host", "ga", "preview", "v3"]
    """Who brings the binding: the host itself, the GA bundle 4.x, only Preview/Experimental, or bundle 3.x."""
    alias_of: str | None
    reference: str
    """Address of the platform's reference page."""
    since_2: str = "2.0.0"
    """First version with this name in the 2.x line of azure-functions (Python 3.13 and later)."""
    return_types: tuple[str, ...] = ()
    """Annotations of the function itself, where the decorator binds `$return` (`route`). Empty: anything."""
    also_tried: tuple[str, ...] = ()
    """Names that never existed and are often written for this one (`http_trigger` for `route`)."""


class Removed(NamedTuple):
    """A decorator or parameter that once existed and raises today."""

    name: str
    replaced_by: tuple[str, ...]
    """Current names, the most direct first; empty where it was dropped."""
    removed_in: str
    parameters: tuple[tuple[str, str | None], ...] = ()
    """Old parameter name to new one (None: dropped), for the first replacement."""
    note: str = ""


class AppClass(NamedTuple):
    """A class whose instances carry decorators."""

    name: str
    """Qualified: `azure.functions.FunctionApp`."""
    is_app: bool
    """Whether the worker accepts an instance as the app (a Blueprint is not one)."""
    parameters: tuple[Parameter, ...]
    accepts_extra: bool
    decorators: tuple[str, ...]
    """Keys into `Catalogue.decorators`; `durable:` prefixes the durable package's own version of a name."""
    removed: tuple[Removed, ...]
    """Constructor keywords that are gone (`auth_level`)."""


class Member(NamedTuple):
    """A public name of a library module."""

    name: str
    kind: Literal["class", "enum", "function", "module", "value"]
    members: tuple[str, ...] = ()
    """The members of an enum."""
    since_2: str | None = None
    """The version that brings it, for a name that only the 2.x line has."""
    members_2: tuple[str, ...] = ()
    """Those of `members` that only the 2.x line has."""
