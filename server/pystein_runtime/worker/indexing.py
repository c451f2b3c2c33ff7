"""Which of the app's functions the platform would run, and how: the official worker's checks, with its texts.

Rules and texts: azure-functions-runtime 1.3.0, functions.py and loader.py. Whatever is raised here means that the
platform loads none of the app's functions.
"""

from __future__ import annotations

import inspect
import json
import os
import time
import typing
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from .annotations import is_class, is_generic, is_out, out_argument

if TYPE_CHECKING:
    from collections.abc import Callable

    from .bindings import Bindings

_OUT, _INOUT = 1, 2  # azure.functions.decorators.core.BindingDirection
_UNDEFINED = 0  # azure.functions.decorators.core.DataType


class FunctionLoadError(RuntimeError):
    """A function whose declaration and parameters do not fit."""

    def __init__(self, function_name: str, text: str) -> None:
        super().__init__(f"cannot load the {function_name} function: {text}")


class Parameter(NamedTuple):
    """How the value of a parameter, or of the return, is converted."""

    binding_type: str
    pytype: Any
    deferred: bool = False


class IndexedFunction(NamedTuple):
    """A function that can be invoked."""

    call: Callable[..., Any]
    name: str
    id: str
    directory: str
    bindings: list[dict[str, Any]]
    retry: dict[str, str] | None
    requires_context: bool
    is_async: bool
    http_parameter: str | None
    has_return: bool
    inputs: dict[str, Parameter]
    outputs: dict[str, Parameter]
    returns: Parameter | None
    settlement: str | None  # the parameter that gets the Service Bus settlement client


class _Checker(NamedTuple):
    """What the checks of one function share."""

    name: str
    bindings: Bindings
    annotations: dict[str, Any]

    def refuse(self, text: str) -> FunctionLoadError:
        return FunctionLoadError(self.name, text)


def index_function(function: Any, bindings: Bindings) -> IndexedFunction:
    """Check one of the library's `Function` objects.

    Raises:
        FunctionLoadError: parameters and bindings do not fit.
        NameError: an annotation names something unknown.
        TypeError, ValueError: a retry policy that cannot be read.
    """
    call = function.get_user_function()
    name = function.get_function_name()
    parameters = dict(inspect.signature(call).parameters)
    check = _Checker(name, bindings, typing.get_type_hints(call))
    bound = {}
    for binding in function.get_bindings():
        _check_direction(check, binding)
        if binding.name != "$return":
            bound[binding.name] = binding
    requires_context = _takes_context(check, parameters, bound)
    settlement = _settlement_parameter(check, parameters, bound)
    inputs, outputs = _parameters(check, parameters, bound)
    returns = _returns(check, function.get_bindings())
    retry = _retry(function)
    return IndexedFunction(
        call,
        name,
        str(uuid.uuid5(uuid.NAMESPACE_OID, name)),
        os.path.dirname(inspect.getfile(call)),  # noqa: PTH120 - pathlib costs 3 ms
        _raw_bindings(function, bindings, inputs),
        retry,
        requires_context,
        inspect.iscoroutinefunction(call),
        next((name for name, parameter in inputs.items() if parameter.binding_type == "httpTrigger"), None),
        returns is not None,
        inputs,
        outputs,
        returns,
        settlement,
    )


def _check_direction(check: _Checker, binding: Any) -> None:
    if binding.direction == _INOUT:
        raise check.refuse('"inout" bindings are not supported')
    if binding.name == "$return" and binding.direction != _OUT:
        raise check.refuse('"$return" binding must have direction set to "out"')


def _takes_context(check: _Checker, parameters: dict[str, Any], bound: dict[str, Any]) -> bool:
    if "context" not in parameters or "context" in bound:
        return False
    del parameters["context"]
    annotation = check.annotations.get("context")
    if "context" in check.annotations and not (is_class(annotation) and annotation.__name__ == "Context"):
        raise check.refuse(
            f'the "context" parameter is expected to be of type azure.functions.Context, got "{annotation!r}"'
        )
    return True


def _settlement_parameter(check: _Checker, parameters: dict[str, Any], bound: dict[str, Any]) -> str | None:
    """The one parameter that may be without a binding: a Service Bus settlement client; it is taken out."""
    unbound = set(parameters) - set(bound)
    missing = set(bound) - set(parameters)
    settlement = None
    if len(unbound) == 1 and check.bindings.deferred is not None:
        (candidate,) = unbound
        if _is_settlement_client(check, candidate):
            del parameters[candidate]
            settlement = candidate
            unbound = set()
    if unbound:
        raise check.refuse(
            "the following parameters are declared in Python but not in the function definition "
            f"(function.json or function decorators):  {unbound!r}"
        )
    if missing:
        raise check.refuse(
            "Extra parameters in binding definition — the following parameters are declared as bindings but are not "
            f"present in Python: {missing!r}"
        )
    return settlement


def _is_settlement_client(check: _Checker, parameter: str) -> bool:
    try:
        return bool(check.bindings.deferred.check_supported_grpc_client_type(check.annotations.get(parameter)))
    except Exception:  # an older extension, or an annotation that it does not understand
        return False


def _parameters(
    check: _Checker, parameters: dict[str, Any], bound: dict[str, Any]
) -> tuple[dict[str, Parameter], dict[str, Parameter]]:
    inputs: dict[str, Parameter] = {}
    outputs: dict[str, Parameter] = {}
    for name in parameters:
        target = outputs if bound[name].direction == _OUT else inputs
        target[name] = _parameter(check, name, bound[name])
    return inputs, outputs


def _parameter(check: _Checker, name: str, binding: Any) -> Parameter:
    if name not in check.annotations:
        return Parameter(binding.type, None, _is_deferred(check, None))
    annotation = check.annotations[name]
    deferred = _is_deferred(check, annotation)
    pytype = annotation
    if is_out(annotation):
        pytype = out_argument(annotation)
        if pytype is None:
            raise check.refuse(f"binding {name} has invalid Out annotation {annotation!r}")
    if not is_class(pytype) and not is_generic(pytype):
        raise check.refuse(f"binding {name} has invalid non-type annotation {annotation!r}")
    _check_out(check, name, binding, is_declared_out=is_out(annotation))
    generic = pytype in (str, bytes) and not check.bindings.has_implicit_output(binding.type)
    parameter = Parameter("generic" if generic else binding.type, pytype, deferred)
    if is_out(annotation):
        accepted = check.bindings.accepts_output(parameter.binding_type, pytype)
    else:
        accepted = check.bindings.accepts_input(parameter.binding_type, pytype, deferred=deferred)
    if not accepted:
        raise check.refuse(_mismatch(name, binding, pytype))
    return parameter


def _check_out(check: _Checker, name: str, binding: Any, *, is_declared_out: bool) -> None:
    if binding.direction == _OUT and not is_declared_out:
        raise check.refuse(
            f'binding {name} is declared to have the "out" direction, but its annotation in Python is not '
            "a subclass of azure.functions.Out"
        )
    if binding.direction != _OUT and is_declared_out:
        raise check.refuse(
            f'binding {name} is declared to have the "in" direction in the binding decorator, but its annotation '
            "is azure.functions.Out in Python"
        )


def _mismatch(name: str, binding: Any, pytype: Any) -> str:
    if binding.data_type != _UNDEFINED:  # None, too: what was not said is not "undefined"
        return (
            f'binding type "{name!r}" and dataType "{binding.type}" in the binding decorator do not match the '
            f"corresponding function parameter's Python type annotation {pytype.__name__}"
        )
    return (
        f'type of {name} binding in the binding decorator "{binding.type}" does not match its '
        f'Python annotation "{pytype.__name__}"'
    )


def _is_deferred(check: _Checker, annotation: Any) -> bool:
    deferred = check.bindings.deferred
    return deferred is not None and bool(deferred.check_supported_type(annotation))


def _returns(check: _Checker, bindings: list[Any]) -> Parameter | None:
    """How the return value is converted; None where it must be None."""
    explicit = next((binding.type for binding in bindings if binding.name == "$return"), None)
    implicit = [
        binding.type
        for binding in bindings
        if binding.name != "$return" and check.bindings.has_implicit_output(binding.type)
    ]
    if explicit is None and not implicit:
        return None
    binding_type = explicit or implicit[-1]
    if "return" not in check.annotations:
        return Parameter(binding_type, None)
    annotation = check.annotations["return"]
    if explicit is not None:
        if not is_class(annotation) and is_out(annotation):
            raise check.refuse("return annotation should not be azure.functions.Out")
        if not is_class(annotation):
            raise check.refuse(f"has invalid non-type return annotation {annotation!r}")
        if not check.bindings.accepts_output(binding_type, annotation):
            raise check.refuse(
                f'Python return annotation "{annotation.__name__}" does not match binding type "{binding_type}"'
            )
    return Parameter(binding_type, annotation)


def _raw_bindings(function: Any, bindings: Bindings, inputs: dict[str, Parameter]) -> list[dict[str, Any]]:
    """The bindings as the library writes them for the host."""
    if any(parameter.deferred for parameter in inputs.values()):
        texts, _ = bindings.deferred.get_raw_bindings(function, inputs)
    else:
        texts = function.get_raw_bindings()
    return [json.loads(text) for text in texts]


def _retry(function: Any) -> dict[str, str] | None:
    """The settings of @app.retry.

    Raises:
        TypeError, ValueError: a count or an interval that cannot be read.
    """
    settings: dict[str, Any] | None = function.get_settings_dict("retry_policy")
    if not settings:
        return None
    int(settings.get("max_retry_count"))  # type: ignore[arg-type] # None raises what it raises there
    if settings.get("strategy") == "fixed_delay":
        _seconds(settings.get("delay_interval"))
    else:
        for name in ("minimum_interval", "maximum_interval"):
            if settings.get(name):
                _seconds(settings[name])
    return {name: str(value) for name, value in settings.items() if value is not None and name != "setting_name"}


def _seconds(interval: Any) -> float:
    parsed = time.strptime(interval, "%H:%M:%S")
    return timedelta(hours=parsed.tm_hour, minutes=parsed.tm_min, seconds=parsed.tm_sec).total_seconds()
