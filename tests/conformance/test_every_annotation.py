"""Every binding with every kind of annotation, for a parameter and for what the function returns."""

from __future__ import annotations

import re

import pytest
from agreement import LONG, Agree

from pystein_lsp.catalogue import catalogue
from pystein_lsp.catalogue.types import Decorator

HEAD = """import collections.abc, dataclasses, datetime, enum, io, typing
import azure.functions as func
import azure.durable_functions as df
app = df.DFApp()
"""
HELPERS = {
    "T": 'T = typing.TypeVar("T")\n',
    "Own": "class Own: ...\n",
    "Message": "class Message(func.QueueMessage): ...\n",
    "SubText": "class SubText(str): ...\n",
    "Table": "class Table(typing.TypedDict):\n    a: int\n",
    "Reader": "class Reader:\n    def read(self): ...\n",
    "Box": 'T = typing.TypeVar("T")\nclass Box(typing.Generic[T]): ...\n',
    "UserId": 'UserId = typing.NewType("UserId", str)\n',
    "Alias": "Alias = typing.Optional[str]\n",
    "OutAlias": "OutAlias = func.Out[str]\n",
}
"""What an annotation may use, by name."""
ANNOTATIONS = """str bytes bytearray dict list tuple int object None any typing.Any Own Message SubText Table Reader Box Box[int]
UserId Alias OutAlias T datetime.datetime datetime io.BytesIO typing.BinaryIO typing.List typing.Dict typing.Tuple typing.Callable
func func.HttpRequest func.HttpResponse func.QueueMessage func.InputStream func.TimerRequest func.Context func.EventHubEvent
func.ServiceBusMessage func.EventGridEvent func.EventGridOutputEvent func.CloudEvent func.Document func.DocumentList func.SqlRow
func.SqlRowList func.MySqlRow func.MySqlRowList func.KafkaEvent func.MCPToolContext func.PromptInvocationContext
func.warmup.WarmUpContext df.DurableOrchestrationClient df.DurableOrchestrationContext func.Out func.Out[str] func.AuthLevel
list[str] dict[str,int] tuple[str] collections.abc.Sequence[str] typing.Optional[str] str|None typing.Union[str,bytes]
typing.Union[str] typing.Optional[func.QueueMessage] typing.Tuple[str,int] typing.Callable[[],str]
typing.Type[str] typing.Literal["a"] typing.Annotated[str,1] typing.Annotated[Alias,1] typing.Dict[str,int] typing.Mapping[str,int] typing.List[str] typing.List[bytes]
typing.List[object] typing.List[int] typing.List[typing.Any] typing.List[T] typing.List[str|None] typing.List[list[str]]
typing.List[func.QueueMessage] typing.List[func.EventHubEvent] typing.List[func.ServiceBusMessage] typing.List[func.KafkaEvent]
typing.List[func.EventGridOutputEvent] typing.Sequence[str] typing.Iterable[func.EventHubEvent] typing.Awaitable[str]
"str" "func.QueueMessage" "typing.Optional[str]" "Missing" "no expression" typing.List["str"] Missing func.Missing 5 [str]""".replace(
    "no expression", "no~expression"
).split()
UNSURE = ("SubText",)
"""Subclasses of texts, which some converters take."""


def bindings() -> dict[str, Decorator]:
    """A decorator for each binding type and direction; those of one type share a converter.

    Unless a long run is asked for, of types that accept the same only one.
    """
    found: dict[str, Decorator] = {}
    for key, known in catalogue().decorators.items():
        other = catalogue().decorators.get(f"durable:{known.name}") if not key.startswith("durable:") else None
        if known.role != "setting" and known.name != "mcp_tool" and other is None:
            kind = "in" if known.direction == "in" else "out"
            found.setdefault(f"{known.binding_type or known.name} {kind}", known)
    if LONG:
        return found
    distinct = {(each.direction, each.value_types, each.return_types): name for name, each in found.items()}
    return {name: found[name] for name in distinct.values()}


BINDINGS = bindings()


def app(written: str, function: str) -> str:
    """An app with a function that uses an annotation."""
    names = re.findall(r"\w+", written)
    return HEAD + "".join(text for name, text in HELPERS.items() if name in names) + function


def call(known: Decorator, name: str) -> str:
    """The decorator with what it has to be given."""
    if known.name == "route":
        return f'@app.route("r", trigger_arg_name="{name}")\n'
    given = [f'{each.name}="{name if each.kind == "arg_name" else "x"}"' for each in known.parameters if each.required]
    if known.name == "event_grid_output":
        given.append('connection="C"')
    return f"@app.{known.name}({', '.join(given)})\n"


@pytest.mark.parametrize("binding", BINDINGS)
def test_parameter(binding: str, agree: Agree) -> None:
    known = BINDINGS[binding]
    name = "context" if "context_name" in {each.name for each in known.parameters} else "x"
    trigger = "" if known.role == "trigger" else '@app.timer_trigger("t", "* * * * * *")\n'
    for written in ANNOTATIONS:
        annotation = written.replace("~", " ")
        for each in [annotation] if known.direction == "in" else [f"func.Out[{annotation}]"]:
            parameters = f"{name}: {each}" if not trigger else f"t, {name}: {each}"
            function = f"{trigger}{call(known, name)}async def f({parameters}): ...\n"
            agree(app(written, function), may_be_unsure=written in UNSURE)


@pytest.mark.parametrize("binding", [name for name in BINDINGS if name.endswith("out")])
def test_return(binding: str, agree: Agree) -> None:
    for written in ANNOTATIONS:
        annotation = written.replace("~", " ")
        decorator = call(BINDINGS[binding], "$return")
        function = f'@app.timer_trigger("t", "* * * * * *")\n{decorator}def f(t) -> {annotation}: ...\n'
        agree(app(written, function))


def test_response(agree: Agree) -> None:
    for written in ANNOTATIONS:
        annotation = written.replace("~", " ")
        agree(app(written, f'@app.route("r")\ndef f(req) -> {annotation}: ...\n'))
        out = f'@app.route("r", binding_arg_name="x")\ndef f(req, x: func.Out[{annotation}]): ...\n'
        agree(app(written, out), may_be_unsure=written in UNSURE)
