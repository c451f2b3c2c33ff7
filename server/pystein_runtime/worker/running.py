"""One invocation: the function's arguments from the host's data, the call, the host's data from its results.

Order and texts: azure-functions-runtime 1.3.0, handle_event.py and native_invocation.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .bindings import Out
from .context import make_context

if TYPE_CHECKING:
    from .bindings import Bindings
    from .indexing import IndexedFunction
    from .messages import Datum, Invoke


class Answer(NamedTuple):
    """What a function gave: its return value, None without a return binding, and the outputs that it set."""

    returned: Datum | None
    outputs: dict[str, Datum]


def arguments(function: IndexedFunction, bindings: Bindings, invoke: Invoke) -> dict[str, Any]:
    """The keyword arguments of a call.

    Raises:
        KeyError: an input that the function has no parameter for.
        TypeError, NotImplementedError: a parameter cannot be made of such data.
        Exception: whatever a converter raises on data that it cannot read.
    """
    values = {}
    for name, datum in invoke.inputs.items():
        binding_type, pytype, deferred = function.inputs[name]
        converter = bindings.converter(binding_type, deferred=deferred)
        metadata = bindings.metadata(invoke.metadata) if invoke.metadata and bindings.is_trigger(binding_type) else {}
        if deferred:
            values[name] = bindings.decode(converter, datum, metadata, pytype=pytype)
        else:
            values[name] = bindings.decode(converter, datum, metadata)
    if function.requires_context:
        values["context"] = make_context(invoke.id, function.name, function.directory, invoke.trace, invoke.retry)
    if function.settlement is not None:
        values[function.settlement] = bindings.deferred.get("serviceBusClient").get_client()
    for name in function.outputs:
        values[name] = Out()
    return values


def answer(function: IndexedFunction, bindings: Bindings, values: dict[str, Any], returned: Any) -> Answer:
    """What goes back to the host after a call with these arguments.

    Raises:
        RuntimeError: a return value that nothing is bound to.
        TypeError: a binding does not take such a value.
        Exception: whatever a converter raises on a value that it cannot write.
    """
    if returned is not None and not function.has_return:
        raise RuntimeError(f"function {function.name!r} without a $return binding returned a non-None value")
    outputs = {}
    for name, (binding_type, pytype, _) in function.outputs.items():
        value = values[name].get()
        if value is not None:
            outputs[name] = bindings.encode(binding_type, value, pytype)
    if function.returns is None:
        return Answer(None, outputs)
    return Answer(bindings.encode(function.returns.binding_type, returned, function.returns.pytype), outputs)
