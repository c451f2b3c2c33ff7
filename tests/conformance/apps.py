"""Function apps as hypothesis draws them: mostly right, with a slip here and there."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from pystein_lsp.catalogue import catalogue
from pystein_lsp.catalogue.types import Decorator, Parameter

IMPORTS = """import typing
from typing import Any, Dict, List, Optional, Union
import functools
import azure.functions as func
import azure.durable_functions as df
"""
HELPERS = {
    "keeping": "def keeping(f):\n    return f\n",
    "copying": "def copying(f):\n    @functools.wraps(f)\n    def inner(*a, **k):\n        return f(*a, **k)\n    return inner\n",
    "replacing": "def replacing(f):\n    def inner(*a, **k):\n        return f(*a, **k)\n    return inner\n",
    "configured": "def configured(option):\n    def decorate(f):\n        @functools.wraps(f)\n        def inner(*a, **k):\n"
    "            return f(*a, **k)\n        return inner\n    return decorate\n",
    "Own": "class Own: ...\n",
    "Message": "class Message(func.QueueMessage): ...\n",
    "Alias": "Alias = Optional[str]\n",
    "TEXT": 'TEXT = "msg"\n',
}
"""What generated functions may use, by name."""


def module(body: str, future: str = "") -> str:
    """A module with the imports, and those of the helpers that its body uses."""
    return future + IMPORTS + "".join(text for name, text in HELPERS.items() if name in body) + body


DURABLE = ("activity_trigger", "orchestration_trigger", "entity_trigger")
_OTHERS = {*DURABLE, "route", "mcp_tool", "durable_client_input"}
_ROLES = [(known.name, known.role) for known in catalogue().decorators.values() if known.name not in _OTHERS]
TRIGGERS = tuple(sorted(name for name, role in _ROLES if role == "trigger")) + ("queue_trigger", "generic_trigger") * 3
OUTPUTS = tuple(sorted(name for name, role in _ROLES if role == "output")) + ("queue_output", "blob_output") * 3
INPUTS = tuple(sorted(name for name, role in _ROLES if role == "input"))
TYPES = {
    "generic_trigger": ["'x'", "'queueTrigger'", "'httpTrigger'", "'blobTrigger'", "'activityTrigger'"],
    "generic_input_binding": ["'x'", "'blob'", "'cosmosDB'", "'sql'"],
    "generic_output_binding": ["'x'", "'queue'", "'http'", "'blob'", "'cosmosDB'"],
}
"""What function.json calls the bindings that the generic decorators make."""
NAMES = ("msg", "req", "out", "data", "context", "item")
FUNCTIONS = ("f", "g", "h", "main")
CLASSES = (
    "str", "bytes", "dict", "int", "list", "Any", "Own", "Message", "Alias", "object", "None",
    "func.QueueMessage", "func.HttpRequest", "func.HttpResponse", "func.TimerRequest", "func.InputStream", "func.Context",
    "func.Document", "func.DocumentList", "func.EventHubEvent", "func.ServiceBusMessage", "func.SqlRow",
    "List[str]", "List[func.EventHubEvent]", "List[func.ServiceBusMessage]", "Dict[str, Any]", "list[str]", "dict[str, Any]",
    "Optional[str]", "Optional[func.QueueMessage]", "str | None", "Union[str, bytes]", "typing.Tuple[str, int]",
    "'func.QueueMessage'", "'Optional[str]'", "'Missing'", "func.Out", "func.Out[str]", "func.Out[bytes]", "func.Out[dict]",
    "func.Out[List[str]]", "func.Out[Optional[str]]", "func.Out[func.Document]", "func.Out[func.HttpResponse]",
    "func.Out['str']", "df.DurableOrchestrationClient", "typing.Annotated[str, 1]", "func.QueueMesage",
)  # fmt: skip


CONSTRUCTORS = (
    *("func.FunctionApp()", "df.DFApp()") * 8,
    "func.FunctionApp(func.AuthLevel.ANONYMOUS)", "func.FunctionApp(http_auth_level='ADMIN')",
    "func.FunctionApp(http_auth_level='admin')", "func.FunctionApp(auth_level='ADMIN')", "df.DFApp('FUNCTION')",
    "func.AsgiFunctionApp(app=None)", "func.AsgiFunctionApp()", "func.WsgiFunctionApp(print, function_name='f')",
    "func.FunctionApp(http_auth_level=func.AuthLevel.NOBODY)", "func.FunctionApp(*[])",
)  # fmt: skip


def rarely(draw: DrawFn, one_in: int = 12) -> bool:
    """Whether to make a slip here."""
    return draw(st.integers(1, one_in)) == one_in


def one(draw: DrawFn, values: tuple[str, ...] | list[str]) -> str:
    """One of some texts."""
    return draw(st.sampled_from(values))


class Written(NamedTuple):
    """A decorator as it is written, and the parameters that it fills: name, and the annotations that fit."""

    text: str
    parameters: tuple[tuple[str, tuple[str, ...]], ...]


@st.composite
def value(draw: DrawFn, parameter: Parameter, slips: bool) -> str:
    """An argument's value."""
    if parameter.kind == "methods":
        good = ["['GET']", "['get', 'POST']", "[func.HttpMethod.PUT]", "('GET',)", "None"]
        return one(draw, [*good, "'GET'", "['GETT']", "func.HttpMethod.GET"] if slips else good)
    if parameter.annotation.startswith("dict"):
        return one(draw, ["{}", "{'more': 1}"])
    if "list" in parameter.annotation:
        return "[]"
    if parameter.choices:
        name = one(draw, list(parameter.choices))
        if slips and rarely(draw, 4):
            return one(draw, ["'nonsense'", "5", "func.AuthLevel.NOBODY", "func.DataType.STREAM", "None"])
        if parameter.texts is not None:
            return repr(parameter.texts[0]) if parameter.texts else "func.decorators.openai.InputType.RawText"
        return repr(name.lower() if parameter.ignore_case and draw(st.booleans()) else name)
    return one(draw, ["'x'", "'a' + 'b'", "TEXT"])


@st.composite
def decorator(draw: DrawFn, container: str, known: Decorator, name: str, slips: bool = True) -> Written:
    """A call of a decorator that binds a name."""
    arguments: list[str] = []
    bound: list[tuple[str, tuple[str, ...]]] = []
    positional = True
    for parameter in known.parameters:
        if parameter.keyword_only or (parameter.name == "input_type"):
            continue
        names = parameter.kind == "arg_name" and parameter.required
        if not parameter.required and not rarely(draw, 6):
            positional = False
            continue
        if slips and parameter.required and rarely(draw, 40):
            positional = False
            continue
        text = repr(name) if names else draw(value(parameter, slips))
        if parameter.name == "type":
            text = one(draw, TYPES[known.name])
        if parameter.kind == "arg_name" and not parameter.required:
            text = repr(one(draw, ["req", "$return", "out"]))
        if names:
            text = "TEXT" if name == "msg" and rarely(draw, 8) else text
            bound.append((name, known.value_types))
        spelt = parameter.name
        if slips and rarely(draw, 60):
            spelt = one(draw, [spelt[:-1] or "x", spelt + "s", "name", "authLevel", "extra"])
        positional = positional and draw(st.booleans())
        arguments.append(text if positional else f"{spelt}={text}")
    if known.name == "event_grid_output":
        arguments.append("connection='C'")
    if known.name == "route":
        bound.append(("req", known.value_types))
    written = f"@{container}.{known.name}({', '.join(arguments)})"
    if slips and rarely(draw, 120):
        written = f"@{container}.{known.name}"
    elif slips and rarely(draw, 120):
        written = written.replace("_trigger", "_triger")
    return Written(written, tuple(bound))


def fitting(known: tuple[str, ...], *, output: bool) -> list[str]:
    """Annotations that a binding accepts, as they are written."""
    texts = [text.replace("azure.functions.", "func.").replace("azure.durable_functions.", "df.") for text in known]
    return [f"func.Out[{text}]" for text in texts] if output else texts


@st.composite
def signature(draw: DrawFn, parameters: list[tuple[str, tuple[str, ...], bool]], slips: bool = True) -> str:
    """The signature of a function for bindings: name, annotations that fit, whether it is an output."""
    parts: list[str] = []
    for name, known, output in draw(st.permutations(parameters)):
        if slips and rarely(draw, 25):
            continue
        written = name
        if slips and rarely(draw, 25):
            written = one(draw, ["_" + name, name + "s", *NAMES])
        if any(part.partition(":")[0].strip() == written for part in parts) or not written.isidentifier():
            continue
        match draw(st.integers(0, 9)):
            case 0 | 1 | 2 | 3:
                annotation = ""
            case 9 if slips:
                annotation = one(draw, CLASSES)
            case _:
                good = fitting(known, output=output)
                annotation = one(draw, good) if good else ""
        parts.append(f"{written}: {annotation}" if annotation else written)
    taken = {part.partition(":")[0].strip() for part in parts}
    if "context" not in taken and rarely(draw, 8):
        parts.append(
            one(
                draw,
                ["context", "context: func.Context", "context: 'func.Context'", "context: str"]
                if slips
                else ["context"],
            )
        )
    if slips and rarely(draw, 30):
        parts.append(one(draw, ["*args", "extra=None"] if not any("=" in part for part in parts) else ["*args"]))
    returns = ""
    if rarely(draw, 3):
        returns = " -> " + one(draw, ["str", "func.HttpResponse"] if not slips or not rarely(draw, 4) else CLASSES)
    return f"({', '.join(parts)}){returns}"


class Stack(NamedTuple):
    """Decorators from top to bottom, and the parameters that they fill."""

    lines: list[str]
    parameters: list[tuple[str, tuple[str, ...], bool]]


@st.composite
def stack(draw: DrawFn, container: str, class_name: str, slips: bool = True, others: bool = True) -> Stack:
    """The decorators of one function."""
    known = catalogue()
    lines: list[str] = []
    parameters: list[tuple[str, tuple[str, ...], bool]] = []

    def add(name: str, bound: str) -> None:
        found = known.decorator(class_name, name)
        assert found is not None, name
        made = draw(decorator(container, found, bound, slips))
        lines.append(made.text)
        parameters.extend((each, types, found.direction == "out") for each, types in made.parameters)

    triggers = draw(st.sampled_from([1] * 30 + ([0, 2] if slips else [])))
    for _ in range(triggers):
        kind = draw(st.integers(0, 9))
        if kind < 5:
            add("route", "req")
        elif kind < 8:
            add(one(draw, TRIGGERS), one(draw, ["msg", "msg", "data", "item"]))
        else:
            name = one(draw, DURABLE)
            bound = "data" if name == "activity_trigger" else "context"
            add(name, "ctx" if slips and rarely(draw, 15) else bound)
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 1, 2]))):
        if draw(st.booleans()):
            add(one(draw, OUTPUTS), one(draw, ["out", "out", "item", "$return"] if slips else ["out"]))
        else:
            add(one(draw, INPUTS), one(draw, ["item", "data", "$return"] if slips and rarely(draw, 10) else ["item"]))
    if rarely(draw, 8):
        add("durable_client_input", "client")
    if rarely(draw, 4):
        lines.append(f"@{container}.function_name({one(draw, [repr(name) for name in (*FUNCTIONS, 'Other')])})")
    if rarely(draw, 12):
        lines.append(draw(retry(container, slips)))
    if others and rarely(draw, 8):
        lines.append(one(draw, ["@keeping", "@copying", "@replacing", "@configured(1)"]))
    if draw(st.booleans()):
        lines = list(draw(st.permutations(lines)))
    elif lines and rarely(draw, 2):
        lines.reverse()
    return Stack(lines, parameters)


@st.composite
def retry(draw: DrawFn, container: str, slips: bool) -> str:
    """A retry policy."""
    interval = ["'00:00:05'", "'1:2:3'", "'23:59:59'"]
    wrong = ["'5s'", "'24:00:00'", "5", "None", "''"]
    strategy = one(draw, ["fixed_delay", "exponential_backoff", *(["fixedDelay"] if slips else [])])
    count = one(draw, ["'3'", "3", "'-1'", *(["'x'", "None", "'3.5'"] if slips and rarely(draw, 4) else [])])
    names = ["delay_interval"] if strategy == "fixed_delay" else ["minimum_interval", "maximum_interval"]
    given = [f"{name}={one(draw, interval + wrong if slips and rarely(draw, 3) else interval)}" for name in names]
    return f"@{container}.retry({', '.join([repr(strategy), count, *given])})"


@st.composite
def function(draw: DrawFn, container: str, class_name: str, slips: bool = True, others: bool = True) -> str:
    """A function with its decorators."""
    made = draw(stack(container, class_name, slips, others))
    head = draw(signature(made.parameters, slips))
    is_async = "async " if "durable_client_input" in " ".join(made.lines) or draw(st.booleans()) else ""
    name = one(draw, FUNCTIONS)
    if rarely(draw, 40) and not others and all("(" in line for line in made.lines):
        call = name
        for line in reversed(made.lines):
            call = f"{line.removeprefix('@')}({call})"
        return f"{is_async}def {name}{head}: ...\n{call}\n"
    return "".join(line + "\n" for line in made.lines) + f"{is_async}def {name}{head}: ...\n"


def class_of(constructor: str) -> str:
    """The class that a constructor's call makes an instance of."""
    alias, _, name = constructor.partition("(")[0].partition(".")
    return f"azure.durable_functions.{name}" if alias == "df" else f"azure.functions.{name}"


@st.composite
def one_function(draw: DrawFn) -> dict[str, str]:
    """An app of one function, with slips in its decorators and signature."""
    made = one(draw, CONSTRUCTORS)
    future = "from __future__ import annotations\n" if rarely(draw, 4) else ""
    body = f"app = {made}\n" + draw(function("app", class_of(made)))
    return {"function_app.py": module(body, future)}


@st.composite
def several_functions(draw: DrawFn) -> dict[str, str]:
    """An app of several functions that are right by themselves, with clashing names and containers."""
    made = one(draw, ["func.FunctionApp()", "df.DFApp()"])
    blueprint = one(draw, ["func.Blueprint()", "df.Blueprint()"])
    lines = [f"app = {made}\n"]
    with_blueprint = draw(st.booleans())
    if with_blueprint:
        lines.append(f"bp = {blueprint}\n")
    parts: list[str] = []
    for _ in range(draw(st.integers(0, 4))):
        container = one(draw, ["app", "app", "bp"]) if with_blueprint else "app"
        text = draw(function(container, class_of(made if container == "app" else blueprint), slips=False, others=False))
        if with_blueprint and rarely(draw, 15):
            text = text.replace(f"@{container}.", "@bp." if container == "app" else "@app.", 1)
        if rarely(draw, 15) and text.startswith("@"):
            text = "if typing.TYPE_CHECKING:\n    pass\nelse:\n" + "".join(
                f"    {line}\n" for line in text.splitlines()
            )
        parts.append(text)
    for _ in range(draw(st.sampled_from([0, 1, 1, 1, 1, 2])) if with_blueprint else 0):
        register = one(draw, ["app.register_functions(bp)\n", "app.register_blueprint(bp)\n"])
        register = one(draw, [register, register, "for each in (bp,):\n    app.register_functions(each)\n"])
        place = len(parts) if not rarely(draw, 4) else draw(st.integers(0, len(parts)))
        parts.insert(place, register)
    if rarely(draw, 25):
        parts.insert(
            draw(st.integers(0, len(parts))),
            one(draw, ["other = app\n", "other = func.FunctionApp()\n", f"app = {made}\n"]),
        )
    if rarely(draw, 25) and with_blueprint:
        parts.insert(
            draw(st.integers(0, len(parts))), one(draw, ["app.register_functions(app)\n", f"bp = {blueprint}\n"])
        )
    return {"function_app.py": module("".join([*lines, *parts]))}


@st.composite
def several_files(draw: DrawFn) -> dict[str, str]:
    """An app with blueprints in other files, imported in one way or another."""
    files: dict[str, str] = {}
    made = one(draw, ["func.FunctionApp()", "df.DFApp()"])
    entry = [f"app = {made}\n"]
    for number in range(draw(st.integers(1, 2))):
        path = one(draw, [f"orders{number}", f"parts.orders{number}"])
        blueprint = one(draw, ["func.Blueprint()", "df.Blueprint()"])
        own = f"bp = {blueprint}\n"
        for _ in range(draw(st.integers(0, 2))):
            own += draw(function("bp", class_of(blueprint), slips=rarely(draw, 4), others=False))
        files[path.replace(".", "/") + ".py"] = module(own)
        if "." in path and draw(st.booleans()):
            files["parts/__init__.py"] = ""
        name = f"bp{number}"
        last = path.rpartition(".")[2]
        ways = [
            (f"from {path} import bp as {name}\n", name),
            (f"import {path} as m{number}\n", f"m{number}.bp"),
            (f"import {path}\n", f"{path}.bp"),
        ]
        if "." in path:
            ways.append((f"from parts import {last}\n", f"{last}.bp"))
        how, spelt = draw(st.sampled_from(ways))
        if rarely(draw, 15):
            how = "if typing.TYPE_CHECKING:\n    " + how
            spelt = ""
        entry.append(how)
        if spelt and not rarely(draw, 6):
            entry.append(f"app.register_functions({spelt})\n")
    own_functions = draw(st.lists(function("app", class_of(made), slips=False, others=False), max_size=2))
    entry.extend(own_functions)
    if rarely(draw, 6):
        unused = draw(function("bp", "azure.functions.Blueprint"))
        files["unused.py"] = module("bp = func.Blueprint()\n" + unused)
    return {"function_app.py": module("".join(entry)), **files}
