"""From the stubs' classes to catalogue records: markers, parameters, decorators."""

from __future__ import annotations

import ast
import textwrap
from typing import Any, NamedTuple, cast

from .loader import REFERENCES
from .stub_modules import Found, Module, StubError, Stubs, statements
from .types import Decorator, Kind, Parameter, Removed, Role

MARKERS = "azure.functions._api.markers"
ROLES: dict[str, Role] = {
    "Trigger": "trigger",
    "Input": "input",
    "Output": "output",
    "Client": "client",
    "Setting": "setting",
}


class Marker(NamedTuple):
    """A call like `Value("queue", settings=True)` from the metadata of an `Annotated`."""

    name: str
    arguments: dict[str, Any]


class Method(NamedTuple):
    """A decorator method as the stubs define it."""

    decorator: Decorator | None
    removed: Removed | None
    gone_parameters: tuple[Removed, ...]
    docstring: str


class TypeText(NamedTuple):
    """An annotation, seen through: its text, the markers on it, and whether None is allowed."""

    text: str
    markers: tuple[Marker, ...]


def read_marker(stubs: Stubs, module: Module, node: ast.expr) -> Marker | None:
    """The marker that an expression in `Annotated` is, None for any other."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return None
    found = stubs.resolve(module, node.func.id)
    if not found or found.module.name != MARKERS:
        return None
    names = {"Choice": "enum", "Value": "kind", "Since": "version", "Removed": "version"}
    arguments: dict[str, Any] = {}
    if node.args:
        arguments[names.get(found.name, "type")] = _argument(stubs, module, node.args[0])
    if len(node.args) > 1:
        arguments["version_2"] = _argument(stubs, module, node.args[1])
    for keyword in node.keywords:
        arguments[str(keyword.arg)] = _argument(stubs, module, keyword.value)
    return Marker(found.name, arguments)


def _argument(stubs: Stubs, module: Module, node: ast.expr) -> Any:
    if isinstance(node, ast.Tuple):
        return tuple(_argument(stubs, module, element) for element in node.elts)
    if isinstance(node, (ast.Constant, ast.Dict)):
        return ast.literal_eval(node)
    return qualified(stubs, module, node)


def qualified(stubs: Stubs, module: Module, node: ast.expr) -> str:
    """A type expression with every name of the libraries in full, by its shortest public path."""
    match node:
        case ast.Name(id=name):
            found = stubs.resolve(module, name)
            return public_name(stubs, found) if found else name
        case ast.Subscript(value=value, slice=inner):
            return f"{qualified(stubs, module, value)}[{qualified(stubs, module, inner)}]"
    raise module.error(node, f"cannot name the type `{ast.unparse(node)}`")


def public_name(stubs: Stubs, found: Found) -> str:
    """`azure.functions.QueueMessage` for what `azure.functions._queue` defines."""
    for package in ("azure.functions", "azure.durable_functions"):
        exporter = stubs.module(package)
        if exporter and stubs.resolve(exporter, found.name) == found:
            return f"{package}.{found.name}"
    return f"{found.module.name}.{found.name}"


def read_type(stubs: Stubs, module: Module, node: ast.expr) -> TypeText:
    """An annotation as a reader would write it, with the markers found on the way."""
    match node:
        case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[inner, *metadata])):
            seen = read_type(stubs, module, inner)
            markers = [marker for item in metadata if (marker := read_marker(stubs, module, item))]
            return TypeText(seen.text, (*seen.markers, *markers))
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            one, other = read_type(stubs, module, left), read_type(stubs, module, right)
            return TypeText(f"{one.text} | {other.text}", one.markers + other.markers)
        case ast.Subscript(value=ast.Name(id="Literal"), slice=choices):
            values = choices.elts if isinstance(choices, ast.Tuple) else [choices]
            return TypeText(" | ".join(ast.unparse(value).replace("'", '"') for value in values), ())
        case ast.Subscript(value=value, slice=inner):
            seen = (
                read_type(stubs, module, inner)
                if not isinstance(inner, ast.Tuple)
                else TypeText(ast.unparse(inner).strip("()"), ())
            )
            return TypeText(f"{ast.unparse(value)}[{seen.text}]", seen.markers)
        case ast.Name(id=name):
            found = stubs.resolve(module, name)
            if found and isinstance(found.node, ast.AnnAssign) and found.node.value:
                return read_type(stubs, found.module, found.node.value)
    return TypeText(ast.unparse(node), ())


def read_enum(stubs: Stubs, name: str) -> tuple[str, ...]:
    """The names of an enum's members, given its qualified name."""
    module_name, _, class_name = name.rpartition(".")
    module = stubs.module(module_name)
    found = stubs.resolve(module, class_name) if module else None
    if not found or not isinstance(found.node, ast.ClassDef):
        raise StubError(f"{name} is no class of the stubs")
    return tuple(member for member, _ in enum_members(found.module, found.node))


def enum_members(module: Module, node: ast.ClassDef) -> list[tuple[str, bool]]:
    """The members of an enum, each with whether only the 2.x line has it."""
    found = []
    for statement, line_2 in statements(node.body, module):
        match statement:
            case ast.Assign(targets=[ast.Name(id=member)]):
                found.append((member, line_2))
    return found


def read_parameters(
    stubs: Stubs, module: Module, function: ast.FunctionDef
) -> tuple[tuple[Parameter, ...], tuple[Removed, ...], tuple[tuple[str, str, str], ...]]:
    """The parameters of a method without `self`; those that are gone; the names that bindings have by default."""
    arguments = function.args
    defaults: list[ast.expr | None] = [None] * (len(arguments.args) - len(arguments.defaults))
    defaults += arguments.defaults
    pairs = [(argument, default, False) for argument, default in zip(arguments.args, defaults, strict=True)][1:]
    pairs += [
        (argument, default, True) for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    parameters: list[Parameter] = []
    gone: list[Removed] = []
    names: list[tuple[str, str, str]] = []
    for argument, default, keyword_only in pairs:
        if argument.annotation is None:
            raise module.error(argument, f"`{argument.arg}` has no annotation")
        seen = read_type(stubs, module, argument.annotation)
        markers = {marker.name: marker.arguments for marker in seen.markers}
        if "Removed" in markers:
            gone.append(_removed(argument.arg, markers["Removed"]))
            continue
        parameter = _parameter(stubs, argument.arg, seen, markers, default)
        parameters.append(parameter._replace(keyword_only=keyword_only))
        if parameter.kind == "arg_name" and isinstance(default, ast.Constant):
            names.append((argument.arg, str(default.value), markers["Value"].get("direction", "in")))
    return tuple(parameters), tuple(gone), tuple(names)


def _parameter(
    stubs: Stubs, name: str, seen: TypeText, markers: dict[str, dict[str, Any]], default: ast.expr | None
) -> Parameter:
    value, since, choice = markers.get("Value", {}), markers.get("Since", {}), markers.get("Choice")
    choices: tuple[str, ...] = ()
    annotation = seen.text
    if choice:
        choices = read_enum(stubs, choice["enum"])
        written = choice.get("texts")
        texts = " | ".join(f'"{text}"' for text in (choices if written is None else written))
        annotation = " | ".join(filter(None, (choice["enum"].rpartition(".")[2], texts)))
        annotation = f"Iterable[{annotation}]" if value.get("kind") == "methods" else annotation
        annotation += " | None" if seen.text.endswith("| None") else ""
    return Parameter(
        name=name,
        required=default is None,
        kind=cast("Kind", value.get("kind") or ("enum" if choice else "")),
        annotation=annotation,
        default=None if default is None else ast.unparse(default).replace("'", '"'),
        choices=choices,
        ignore_case=not choice or choice.get("ignore_case", True),
        settings=value.get("settings", False),
        expressions=value.get("expressions", False),
        connection_default=value.get("default_setting") or None,
        identity=value.get("identity", ()),
        since=since.get("version"),
        texts=choice.get("texts") if choice else None,
        since_2=since.get("version_2"),
    )


def _removed(name: str, marker: dict[str, Any]) -> Removed:
    return Removed(name, marker.get("use", ()), marker["version"], note=marker.get("note", ""))


def read_method(stubs: Stubs, module: Module, overloads: list[ast.FunctionDef], package: str) -> Method | None:
    """A decorator from its method, None where the method is none. Of overloads the first carries the marker."""
    function = overloads[0]
    if function.returns is None or "Annotated" not in ast.unparse(function.returns):
        return None
    markers = {marker.name: marker.arguments for marker in read_type(stubs, module, function.returns).markers}
    docstring = textwrap.dedent(ast.get_docstring(overloads[-1]) or ast.get_docstring(function) or "")
    if "Removed" in markers:
        return Method(None, _removed(function.name, markers["Removed"]), (), docstring)
    role_name = next((name for name in markers if name in ROLES), None)
    if role_name is None:
        return None
    role, marker = ROLES[role_name], markers[role_name]
    parameters, gone, names = read_parameters(stubs, module, function)
    direction = {"trigger": "in", "input": "in", "client": "in", "output": "out"}.get(role)
    decorator = Decorator(
        name=function.name,
        role=role,
        binding_type=marker.get("type") or None,
        direction=cast("Any", direction),
        parameters=parameters,
        accepts_extra=marker.get("extra", True),
        default_names=names,
        value_types=marker.get("takes", ()),
        since=marker["since"],
        package=package,
        bundle=marker.get("bundle", "ga"),
        alias_of=None,
        reference=REFERENCES + marker["see"],
        since_2=marker.get("since_2", "2.0.0"),
        return_types=marker.get("returns", ()),
        also_tried=marker.get("also_tried", ()),
    )
    return Method(decorator, None, gone, docstring)


def aliases(stubs: Stubs, module: Module, function: ast.FunctionDef) -> dict[str, str]:
    """Other names of a decorator method with the version of each, as its marker says."""
    assert function.returns is not None
    for marker in read_type(stubs, module, function.returns).markers:
        if marker.name in ROLES:
            return dict(marker.arguments.get("aliases", {}))
    return {}
