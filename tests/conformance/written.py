"""Apps that are compared one by one: name to text, or to texts by path."""

from __future__ import annotations

from collections.abc import Mapping

IMPORTS = "import typing\nimport azure.functions as func\nimport azure.durable_functions as df\n"
HEAD = IMPORTS + "app = func.FunctionApp()\n"
DURABLE = IMPORTS + "app = df.DFApp()\n"
QUEUE = '@app.queue_trigger("msg", "q", "C")\n'
OUT = '@app.queue_output("out", "q", "C")\n'
HTTP = '@app.route("r")\n'
RETURN = '@app.queue_output("$return", "q", "C")\n'
BLUEPRINT = "import azure.functions as func\nbp = func.Blueprint()\n"
WRAPS = """import functools
def deco(f):
    @functools.wraps(f)
    def inner(*a, **k): return f(*a, **k)
    return inner
"""
PLAIN = """def deco(f):
    def inner(*a, **k): return f(*a, **k)
    return inner
"""
PASSES = "def deco(f):\n    print(f)\n    return f\n"
NAMED = '@app.function_name("n")\n'
BLOB = '@app.blob_input("b", "c/b", "C")\n'
ORCHESTRATES = '@app.orchestration_trigger("context")\n'
STARTS = '@app.durable_client_input("client")\n'
B_HTTP = '@bp.route("b")\ndef b(req): ...\n'


def http(signature: str = "(req)", above: str = "", before: str = "", name: str = "f") -> str:
    """An app with one HTTP function."""
    return f"{HEAD}{before}{HTTP}{above}def {name}{signature}: ...\n"


def queue(signature: str, below: str = "", before: str = "") -> str:
    """An app with one queue function."""
    return f"{HEAD}{before}{QUEUE}{below}def f{signature}: ...\n"


APPS: dict[str, str | Mapping[str, str]] = {
    "nothing but an app": HEAD,
    "one function": http("(req: func.HttpRequest) -> func.HttpResponse"),
    # imports of the app's own modules
    "relative import in the entry file": {"function_app.py": "from .x import y\n" + http(), "x.py": "y = 1\n"},
    "relative import of a module": {"function_app.py": "from . import x\n" + http(), "x.py": "y = 1\n"},
    "relative import that may fail": {
        "function_app.py": "try:\n    from .x import y\nexcept ImportError:\n    from x import y\n" + http(),
        "x.py": "y = 1\n",
    },
    "relative import in a package": {
        "function_app.py": "from p import a\n" + http(),
        "p/__init__.py": "",
        "p/a.py": "from .b import z\nfrom . import b\n",
        "p/b.py": "z = 1\n",
    },
    "relative import in a folder": {
        "function_app.py": "import p.a\n" + http(),
        "p/a.py": "from .b import z\n",
        "p/b.py": "z = 1\n",
    },
    "relative import out of the app": {
        "function_app.py": "from p import a\n" + http(),
        "p/__init__.py": "",
        "p/a.py": "from ..b import z\n",
        "b.py": "z = 1\n",
    },
    "relative import beside the entry file": {"function_app.py": "import a\n" + http(), "a.py": "from .b import z\n", "b.py": "z = 1\n"},
    "import of a name that is not there": {"function_app.py": "from a import nothere\n" + http(), "a.py": "z = 1\n"},
    "import of a name that a branch binds": {"function_app.py": "from a import z\n" + http(), "a.py": "if 1:\n    z = 1\n"},
    "import of a name that a function binds": {
        "function_app.py": "from a import z\n" + http(),
        "a.py": "def f():\n    global z\n    z = 1\nf()\n",
    },
    "blueprint of a module that is nowhere": HEAD + "from orders_bp import bp\napp.register_functions(bp)\n" + HTTP + "def f(req): ...\n",
    "blueprint of a folder that lacks the module": {
        "function_app.py": HEAD + "from pages.b import bp\napp.register_functions(bp)\n",
        "pages/a.py": "",
    },
    "an import that may fail in a with": HEAD + "import contextlib\nwith contextlib.suppress(ImportError):\n    from a import z\n",
    "raises at the end": http() + "raise ValueError('no')\n",
    "raises in a module": {"function_app.py": "import a\n" + http(), "a.py": "raise LookupError('no')\n"},
    "raises in a module that is tried": {
        "function_app.py": "try:\n    import a\nexcept LookupError:\n    pass\n" + http(),
        "a.py": "raise LookupError('no')\n",
    },
    "a handler that is a partial": IMPORTS + "import functools\napp = func.FunctionApp()\napp.route('r')(functools.partial(print, 1))\n",
    "import of a name that is made": {"function_app.py": "from a import z\n" + http(), "a.py": "globals()['z'] = 1\n"},
    "import of a name that is asked for": {
        "function_app.py": "from a import z\n" + http(),
        "a.py": "def __getattr__(name): return 1\n",
    },
    "import of a submodule": {"function_app.py": "from p import a\n" + http(), "p/__init__.py": "", "p/a.py": ""},
    "import of a submodule that is not there": {"function_app.py": "import p.b\n" + http(), "p/__init__.py": "", "p/a.py": ""},
    "import of a module that fails, in a branch": {
        "function_app.py": "try:\n    import a\nexcept ImportError: ...\n" + http(),
        "a.py": "from .b import z\n",
    },
    "import in a function": {"function_app.py": "def g():\n    from .x import y\n" + http(), "x.py": "y = 1\n"},
    "import for checkers": {
        "function_app.py": "import typing\nif typing.TYPE_CHECKING:\n    from .x import y\n" + http(),
        "x.py": "y = 1\n",
    },
    "own module with the name of one of Python's": {"function_app.py": "from json import loads\n" + http(), "json.py": "x = 1\n"},
    "annotation of a function that a call adds to a blueprint nobody registers": {
        "function_app.py": HEAD + "import parts\n",
        "parts.py": BLUEPRINT + "def f(req, out: func.Out[dict]): ...\nbp.route()(bp.queue_output('out', 'q', 'C')(f))\n",
    },
    # names and triggers
    "no trigger": HEAD + OUT + "def f(out): ...\n",
    "only a name": HEAD + '@app.function_name("n")\ndef f(): ...\n',
    "two triggers": queue("(msg, req)", HTTP),
    "same name twice": http() + http()[len(HEAD) :],
    "same name, other case": http() + HTTP + "def F(req): ...\n",
    "same function_name": http(above='@app.function_name("n")\n') + HTTP + '@app.function_name("n")\ndef g(req): ...\n',
    "name of a definition and a function_name": http() + HTTP + '@app.function_name("f")\ndef g(req): ...\n',
    "function_name twice, lower counts": http(above='@app.function_name("a")\n@app.function_name("b")\n')
    + HTTP
    + '@app.function_name("a")\ndef g(req): ...\n',
    "name below the trigger": http(above='@app.function_name("n")\n'),
    "twins in if": HEAD + "if True:\n    @app.route('a')\n    def f(req): ...\nelse:\n    @app.route('a')\n    def f(req): ...\n",
    # bindings and parameters
    "unbound": http("(req, other)"),
    "unbound with default": http("(req, other=1)"),
    "star": http("(req, *args)"),
    "stars": http("(req, **more)"),
    "keyword only": http("(req, *, other)"),
    "keyword only bound": queue("(msg, *, out)", OUT),
    "positional only": http("(req, /)"),
    "no parameter": http("()"),
    "misnamed": http("(request)"),
    "context": http("(req, context)"),
    "context annotated": http("(req, context: func.Context)"),
    "context of another class": http("(req, context: dict)"),
    "context optional": http("(req, context: typing.Optional[func.Context])"),
    "own class called Context": http("(req, context: Context)", before="class Context: ...\n"),
    "context bound": HEAD + '@app.queue_trigger("context", "q", "C")\ndef f(context: func.QueueMessage): ...\n',
    "a method": HEAD + "class A:\n    @app.route('r')\n    def f(self, req): ...\n",
    "a static method": HEAD + "class A:\n    @app.route('r')\n    def f(req): ...\n",
    "arg names in a constant": HEAD + 'NAME = "m"\n@app.queue_trigger(NAME, "q", "C")\ndef f(m): ...\n',
    "arg names in a wrong constant": HEAD + 'NAME = "m"\n@app.queue_trigger(NAME, "q", "C")\ndef f(n): ...\n',
    "trigger and response renamed": HEAD
    + '@app.route("r", trigger_arg_name="a", binding_arg_name="b")\ndef f(a, b: func.Out[func.HttpResponse]): ...\n',
    "response renamed, not in the signature": HEAD + '@app.route("r", binding_arg_name="b")\ndef f(req): ...\n',
    "the same parameter twice": HEAD + QUEUE + '@app.blob_input("msg", "c/b", "C")\ndef f(msg): ...\n',
    "empty name": HEAD + '@app.queue_trigger("", "q", "C")\ndef f(msg): ...\n',
    # annotations
    "optional": queue("(msg: typing.Optional[func.QueueMessage])"),
    "union": queue("(msg: func.QueueMessage | None)"),
    "union of texts": queue("(msg: typing.Union[str, bytes])"),
    "a list": queue("(msg: list[func.QueueMessage])"),
    "typing list": queue("(msg: typing.List[func.QueueMessage])"),
    "a dict": queue("(msg: dict)"),
    "any": queue("(msg: typing.Any)"),
    "builtin any": queue("(msg: any)"),
    "a text": queue("(msg: 'func.QueueMessage')"),
    "a text that is no expression": queue("(msg: 'the message')"),
    "a text that names nothing": queue("(msg: 'Message')"),
    "a name that nothing defines": queue("(msg: Message)"),
    "a number": queue("(msg: 1)"),
    "a display": queue("(msg: [str])"),
    "a module": queue("(msg: typing)"),
    "a function": queue("(msg: g)", before="def g(): ...\n"),
    "a misspelt class": queue("(msg: func.QueueMesage)"),
    "annotated": queue("(msg: typing.Annotated[func.QueueMessage, 1])"),
    "annotated optional": queue("(msg: typing.Annotated[typing.Optional[str], 1])"),
    "a subclass": queue("(msg: M)", before="class M(func.QueueMessage): ...\n"),
    "another class": queue("(msg: M)", before="class M: ...\n"),
    "a dataclass": queue("(msg: M)", before="import dataclasses\n@dataclasses.dataclass\nclass M:\n    a: int\n"),
    "a new type": queue("(msg: M)", before='M = typing.NewType("M", str)\n'),
    "an alias": queue("(msg: M)", before="M = func.QueueMessage\n"),
    "an alias of an optional": queue("(msg: M)", before="M = typing.Optional[str]\n"),
    "postponed": "from __future__ import annotations\n" + queue("(msg: func.QueueMessage)"),
    "postponed optional": "from __future__ import annotations\n" + queue("(msg: func.QueueMessage | None)"),
    "postponed, nothing defines it": "from __future__ import annotations\n" + queue("(msg: Message)"),
    "postponed, defined below": "from __future__ import annotations\n" + queue("(msg: M)") + "class M(func.QueueMessage): ...\n",
    "only for checkers": "from __future__ import annotations\n"
    + queue("(msg: M)", before="if typing.TYPE_CHECKING:\n    from azure.functions import QueueMessage as M\n"),
    "only for checkers, in a text": queue(
        "(msg: 'M')", before="if typing.TYPE_CHECKING:\n    from azure.functions import QueueMessage as M\n"
    ),
    "for checkers and otherwise": queue(
        "(msg: 'M')",
        before="if typing.TYPE_CHECKING:\n    from azure.functions import QueueMessage as M\nelse:\n    M = func.QueueMessage\n",
    ),
    "output with Out": queue("(msg, out: func.Out[str])", OUT),
    "output without Out": queue("(msg, out: str)", OUT),
    "output with bare Out": queue("(msg, out: func.Out)", OUT),
    "output of an optional": queue("(msg, out: func.Out[typing.Optional[str]])", OUT),
    "optional output": queue("(msg, out: typing.Optional[func.Out[str]])", OUT),
    "output of a list": queue("(msg, out: func.Out[typing.List[str]])", OUT),
    "output of a plain list": queue("(msg, out: func.Out[list[str]])", OUT),
    "output of a dict": queue("(msg, out: func.Out[dict])", OUT),
    "output of messages": queue("(msg, out: func.Out[typing.List[func.QueueMessage]])", OUT),
    "output of two": queue("(msg, out: func.Out[str, bytes])", OUT),
    "output imported": HEAD + "from azure.functions import Out\n" + QUEUE + OUT + "def f(msg, out: Out[str]): ...\n",
    "input with Out": queue("(msg: func.Out[str])"),
    "request as text": http("(req: str)"),
    "request as number": http("(req: int)"),
    "unused annotation that names nothing": http("(req, context: 'Nowhere')"),
    "third-party class": queue("(msg: M)", before="from third import M\n"),
    # return annotations
    "return str": http("(req) -> str"),
    "return None": http("(req) -> None"),
    "return dict": http("(req) -> dict"),
    "return optional": http("(req) -> typing.Optional[func.HttpResponse]"),
    "return tuple": http("(req) -> typing.Tuple[str, int]"),
    "return union": http("(req) -> str | func.HttpResponse"),
    "return Out": http("(req) -> func.Out[str]"),
    "return text": http("(req) -> 'func.HttpResponse'"),
    "return what nothing defines": queue("(msg) -> 'Nothing'"),
    "return without a binding": queue("(msg) -> typing.Optional[dict]"),
    "return to a queue": queue("(msg) -> str", RETURN),
    "return a list to a queue": queue("(msg) -> typing.List[str]", RETURN),
    "return a document": queue("(msg) -> func.Document", '@app.cosmos_db_output("$return", "C", "d", "c")\n'),
    "return text to cosmos": queue("(msg) -> str", '@app.cosmos_db_output("$return", "C", "d", "c")\n'),
    "two returns, the lower counts": HEAD + RETURN + HTTP + "def f(req) -> func.HttpResponse: ...\n",
    "two returns, the other class": HEAD + HTTP + RETURN + "def f(req) -> func.HttpResponse: ...\n",
    # return binding
    "trigger to the return": HEAD + '@app.queue_trigger("$return", "q", "C")\ndef f(): ...\n',
    "input to the return": queue("(msg)", '@app.blob_input("$return", "c/b", "C")\n'),
    # retry
    "retry fixed": queue("(msg)", '@app.retry("fixed_delay", "3", delay_interval="00:00:05")\n'),
    "retry count": queue("(msg)", '@app.retry("fixed_delay", "many", delay_interval="00:00:05")\n'),
    "retry count none": queue("(msg)", '@app.retry("fixed_delay", None, delay_interval="00:00:05")\n'),
    "retry count number": queue("(msg)", '@app.retry("fixed_delay", 3, delay_interval="00:00:05")\n'),
    "retry count minus": queue("(msg)", '@app.retry("fixed_delay", "-1", delay_interval="00:00:05")\n'),
    "retry interval": queue("(msg)", '@app.retry("fixed_delay", "3", delay_interval="5s")\n'),
    "retry a day": queue("(msg)", '@app.retry("fixed_delay", "3", delay_interval="24:00:00")\n'),
    "retry short": queue("(msg)", '@app.retry("fixed_delay", "3", delay_interval="1:2:3")\n'),
    "retry leap second": queue("(msg)", '@app.retry("fixed_delay", "3", delay_interval="23:59:61")\n'),
    "retry no interval": queue("(msg)", '@app.retry("fixed_delay", "3")\n'),
    "retry strategy": queue("(msg)", '@app.retry("fixedDelay", "3", delay_interval="00:00:05")\n'),
    "retry exponential": queue(
        "(msg)", '@app.retry("exponential_backoff", "3", minimum_interval="00:00:01", maximum_interval="00:01:00")\n'
    ),
    "retry exponential wrong": queue(
        "(msg)", '@app.retry("exponential_backoff", "3", minimum_interval="1s", maximum_interval="00:01:00")\n'
    ),
    "retry twice, the lower counts": queue(
        "(msg)", '@app.retry("fixed_delay", "x")\n@app.retry("fixed_delay", "3", delay_interval="00:00:05")\n'
    ),
    # arguments
    "missing argument": HEAD + '@app.queue_trigger(arg_name="msg", queue_name="q")\ndef f(msg): ...\n',
    "unknown argument": HEAD + '@app.route(rout="r")\ndef f(req): ...\n',
    "swallowed argument": HEAD + '@app.queue_trigger("msg", "q", "C", conection="D")\ndef f(msg): ...\n',
    "too many": HEAD + '@app.function_name("a", {}, 1)\n@app.route()\ndef f(req): ...\n',
    "twice": HEAD + '@app.queue_trigger("msg", "q", "C", arg_name="m")\ndef f(msg): ...\n',
    "name, type or direction as an extra": HEAD + '@app.queue_trigger("msg", "q", "C", type="x")\ndef f(msg): ...\n',
    "name as an extra": HEAD + '@app.queue_trigger("msg", "q", "C", name="x")\ndef f(msg): ...\n',
    "unpacked": HEAD + 'A = {"queue_name": "q"}\n@app.queue_trigger("msg", connection="C", **A)\ndef f(msg): ...\n',
    "odd keyword": HEAD + '@app.queue_trigger("msg", "q", "C", **{"foo-bar": 1})\ndef f(msg): ...\n',
    "enum text": HEAD + '@app.route("r", auth_level="anonymous")\ndef f(req): ...\n',
    "enum wrong text": HEAD + '@app.route("r", auth_level="anon")\ndef f(req): ...\n',
    "enum member": HEAD + '@app.route("r", auth_level=func.AuthLevel.ADMIN)\ndef f(req): ...\n',
    "enum wrong member": HEAD + '@app.route("r", auth_level=func.AuthLevel.ADMON)\ndef f(req): ...\n',
    "enum of another kind": HEAD + '@app.route("r", auth_level=func.DataType.STRING)\ndef f(req): ...\n',
    "enum number": HEAD + '@app.route("r", auth_level=5)\ndef f(req): ...\n',
    "methods as text": HEAD + '@app.route("r", methods="GET")\ndef f(req): ...\n',
    "methods as letters": HEAD + '@app.route("r", methods="")\ndef f(req): ...\n',
    "methods": HEAD + '@app.route("r", methods=["get", func.HttpMethod.POST])\ndef f(req): ...\n',
    "methods wrong": HEAD + '@app.route("r", methods=["GETT"])\ndef f(req): ...\n',
    "methods tuple": HEAD + '@app.route("r", methods=("GET",))\ndef f(req): ...\n',
    "methods number": HEAD + '@app.route("r", methods=1)\ndef f(req): ...\n',
    "methods member": HEAD + '@app.route("r", methods=func.HttpMethod.GET)\ndef f(req): ...\n',
    "app auth level": IMPORTS + "app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)\n",
    "app auth level text": IMPORTS + 'app = func.FunctionApp(http_auth_level="ANONYMOUS")\n',
    "app auth level lower": IMPORTS + 'app = func.FunctionApp(http_auth_level="anonymous")\n',
    "app old keyword": IMPORTS + "app = func.FunctionApp(auth_level=func.AuthLevel.ANONYMOUS)\n",
    "app positional": IMPORTS + "app = func.FunctionApp(func.AuthLevel.ANONYMOUS)\n",
    "blueprint with arguments": {"function_app.py": HEAD + 'bp = func.Blueprint("x", y=1)\n' + B_HTTP + "app.register_functions(bp)\n"},
    "event grid without a topic": queue("(msg, out)", '@app.event_grid_output("out")\n'),
    "event grid with half a topic": queue("(msg, out)", '@app.event_grid_output("out", topic_endpoint_uri="U")\n'),
    "event grid with all": queue(
        "(msg, out)", '@app.event_grid_output("out", topic_endpoint_uri="U", topic_key_setting="K", connection="C")\n'
    ),
    "event grid with half and connection": queue(
        "(msg, out)", '@app.event_grid_output("out", topic_endpoint_uri="U", connection="C")\n'
    ),
    "event grid with a topic": queue(
        "(msg, out)", '@app.event_grid_output("out", topic_endpoint_uri="U", topic_key_setting="K")\n'
    ),
    # decorators
    "not called": HEAD + "@app.route\ndef f(req): ...\n",
    "not called, above": HEAD + "@app.route\n@app.function_name('n')\ndef f(req): ...\n",
    "not called, below": HEAD + "@app.route('r')\n@app.route\ndef f(req): ...\n",
    "not called, a trigger": HEAD + "@app.queue_trigger\ndef f(msg): ...\n",
    "not called, no arguments needed": HEAD + "@app.mcp_tool\ndef f(a: str): ...\n",
    "unknown": HEAD + '@app.http_trigger("r")\ndef f(req): ...\n',
    "alpha": HEAD + '@app.on_queue_change("msg", "q", "C")\ndef f(msg): ...\n',
    "of the module": HEAD + '@func.route("r")\ndef f(req): ...\n',
    "generic with a known type": HEAD + '@app.generic_trigger("msg", "queueTrigger")\ndef f(msg: func.QueueMessage): ...\n',
    "generic with a wrong class": HEAD + '@app.generic_trigger("msg", "queueTrigger")\ndef f(msg: dict): ...\n',
    "generic of its own": HEAD + '@app.generic_trigger("msg", "redisPubSubTrigger")\ndef f(msg: str): ...\n',
    "generic with a class": HEAD + '@app.generic_trigger("msg", "redisPubSubTrigger")\ndef f(msg: dict): ...\n',
    "generic http": HEAD
    + '@app.generic_trigger("req", "httpTrigger")\n@app.generic_output_binding("$return", "http")\n'
    + "def f(req: func.HttpRequest) -> func.HttpResponse: ...\n",
    "generic http, wrong return": HEAD
    + '@app.generic_trigger("req", "httpTrigger")\n@app.generic_output_binding("$return", "http")\n'
    + "def f(req: func.HttpRequest) -> dict: ...\n",
    "generic durable client": HEAD + '@app.route("r")\n@app.generic_input_binding("c", "durableClient")\ndef f(req, c: str): ...\n',
    "called": HEAD + "def f(req): ...\napp.route('r')(f)\n",
    "called, misnamed": HEAD + "def f(request): ...\napp.route('r')(f)\n",
    "called twice": HEAD + "def f(req): ...\napp.function_name('n')(app.route('r')(f))\n",
    "mcp tool": HEAD + '@app.mcp_tool()\ndef f(a: str, b: int = 1) -> str: "x"\n',
    "mcp tool with a property": HEAD
    + '@app.mcp_tool()\n@app.mcp_tool_property(arg_name="a", description="d")\ndef f(a: str) -> str: "x"\n',
    "mcp tool with a binding below": HEAD + '@app.mcp_tool()\n@app.blob_input("b", "c/b", "C")\ndef f(a: str, b: str): "x"\n',
    "mcp tool with a binding above": HEAD + '@app.blob_input("b", "c/b", "C")\n@app.mcp_tool()\ndef f(a: str, b: str): "x"\n',
    "mcp tool with a wrong class": HEAD + '@app.mcp_tool()\n@app.blob_input("b", "c/b", "C")\ndef f(a: str, b: dict): "x"\n',
    "mcp tool with a text": HEAD + '@app.mcp_tool()\ndef f(a: "Nothing"): "x"\n',
    # containers
    "two containers, theirs above": HEAD + "bp = func.Blueprint()\n@bp.function_name('n')\n@app.route('r')\ndef f(req): ...\n",
    "two containers, with another function": HEAD
    + "bp = func.Blueprint()\n"
    + B_HTTP
    + "@bp.function_name('n')\n@app.route('r')\ndef f(req): ...\napp.register_functions(bp)\n",
    "registered": HEAD + "bp = func.Blueprint()\n" + B_HTTP + "app.register_functions(bp)\n",
    "registered by the other name": HEAD + "bp = func.Blueprint()\n" + B_HTTP + "app.register_blueprint(bp)\n",
    "not registered": http() + "bp = func.Blueprint()\n" + B_HTTP,
    "registered too early": HEAD + "bp = func.Blueprint()\napp.register_functions(bp)\n" + B_HTTP,
    "registered twice": HEAD + "bp = func.Blueprint()\n" + B_HTTP + "app.register_functions(bp)\n" * 2,
    "registered twice, empty": HEAD + "bp = func.Blueprint()\n" + "app.register_functions(bp)\n" * 2,
    "registered in a loop": HEAD + "bp = func.Blueprint()\n" + B_HTTP + "for each in (bp,):\n    app.register_functions(each)\n",
    "app registered": {"function_app.py": HEAD + "from other import other\napp.register_functions(other)\n", "other.py": "import azure.functions as func\nother = func.FunctionApp()\n"},
    "a mistake in a blueprint that is not registered": http() + "bp = func.Blueprint()\n@bp.route('b')\ndef b(other): ...\n",
    "a bad argument in a blueprint that is not registered": http() + "bp = func.Blueprint()\n@bp.route(rout='b')\ndef b(req): ...\n",
    "no trigger in a blueprint that is not registered": http() + "bp = func.Blueprint()\n@bp.function_name('b')\ndef b(req): ...\n",
    "same name in a blueprint that is not registered": http() + "bp = func.Blueprint()\n@bp.route('b')\ndef f(req): ...\n",
    "two apps": HEAD + "other = func.FunctionApp()\n",
    "one app, two names": HEAD + "other = app\n",
    "no app": BLUEPRINT,
    "an app imported twice": {"function_app.py": "from a import app\nfrom a import app as other\n", "a.py": HEAD},
    "an app imported": {"function_app.py": "from a import app\n" + HTTP + "def f(req): ...\n", "a.py": HEAD},
    "an app in a list": IMPORTS + "apps = [func.FunctionApp()]\n",
    "an app made anew": HEAD + HTTP + "def f(req): ...\napp = func.FunctionApp()\n" + HTTP + "def g(req): ...\n",
    "a blueprint made anew": HEAD + "bp = func.Blueprint()\n" + B_HTTP + "bp = func.Blueprint()\n@bp.route('c')\ndef c(req): ...\napp.register_functions(bp)\n",
    "a subclass of the app": IMPORTS + "class A(func.FunctionApp): ...\napp = A()\n" + HTTP + "def f(req): ...\n",
    # several files
    "blueprint in another file": {"function_app.py": HEAD + "from other import bp\napp.register_functions(bp)\n", "other.py": BLUEPRINT + B_HTTP},
    "blueprint in a package": {
        "function_app.py": HEAD + "from parts.other import bp\napp.register_functions(bp)\n",
        "parts/__init__.py": "",
        "parts/other.py": BLUEPRINT + B_HTTP,
    },
    "blueprint of a module": {"function_app.py": HEAD + "import other\napp.register_functions(other.bp)\n", "other.py": BLUEPRINT + B_HTTP},
    "blueprint re-exported": {
        "function_app.py": HEAD + "from parts import bp\napp.register_functions(bp)\n",
        "parts/__init__.py": "from .other import bp\n",
        "parts/other.py": BLUEPRINT + B_HTTP,
    },
    "a file that is not imported": {"function_app.py": http(), "other.py": BLUEPRINT + "@bp.route(rout=1)\ndef f(other): ...\n"},
    "same name in two files": {
        "function_app.py": http() + "from other import bp\napp.register_functions(bp)\n",
        "other.py": BLUEPRINT + "@bp.route('o')\ndef f(req): ...\n",
    },
    "a mistake in another file": {
        "function_app.py": http() + "from other import bp\napp.register_functions(bp)\n",
        "other.py": BLUEPRINT + "@bp.route('o')\ndef g(request): ...\n",
    },
    "imported, not registered": {"function_app.py": http() + "from other import bp\n", "other.py": BLUEPRINT + B_HTTP},
    "constants of another file": {
        "function_app.py": HEAD + "from other import NAME\n@app.queue_trigger(NAME, 'q', 'C')\ndef f(msg): ...\n",
        "other.py": "NAME = 'm' + 's' + 'g'\n",
    },
    "imported only for checkers": {
        "function_app.py": "import typing\nif typing.TYPE_CHECKING:\n    from other import bp\n" + http(),
        "other.py": BLUEPRINT + "@bp.route(rout='r')\ndef g(req): ...\n",
    },
    "registered with a blueprint": HEAD + "bp = func.Blueprint()\nother = func.Blueprint()\nbp.register_functions(other)\n",
    "registered with a durable blueprint": DURABLE + "bp = df.Blueprint()\nother = df.Blueprint()\nbp.register_functions(other)\n",
    # annotations that call a class
    "an output that is made": queue("(msg, o: func.Out(str))", '@app.queue_output("o", "q", "C")\n'),
    "an output that is made on an orchestrator": DURABLE + ORCHESTRATES + "def f(context: func.Out()): yield\n",
    "a request that is made": http("(req: func.HttpRequest())"),
    # functions inside functions
    "inside one that nothing calls": http() + "def make():\n    @app.route('x')\n    def g(req, z): ...\n    return g\n",
    "inside one that only a comment names": http() + "# make\ndef make():\n    @app.route('x')\n    def g(req, z): ...\n",
    "inside one that another uncalled one calls": http()
    + "def make():\n    @app.route('x')\n    def g(req, z): ...\ndef main():\n    make()\n",
    "inside one that is called": http() + "def make():\n    @app.route('x')\n    def g(req, z): ...\nmake()\n",
    # names that are not there
    "decorated above the app": IMPORTS + "@app.route('x')\ndef g(req): ...\napp = func.FunctionApp()\n",
    "a constant that nothing binds": HEAD + "@app.route(route=ROUTE)\ndef g(req): ...\n",
    "a constant that is bound below": HEAD + "@app.route(route=ROUTE)\ndef g(req): ...\nROUTE = 'r'\n",
    "a constant that a function binds": HEAD
    + "def f():\n    global ROUTE\n    ROUTE = 'r'\nf()\n@app.route('r')\ndef g(req): ...\nX = ROUTE\n",
    "a name alone": HEAD + HTTP + "def f(req): ...\nmissing\n",
    "a missing default": HEAD + HTTP + "def f(req): ...\ndef g(a=missing): ...\n",
    "a missing base": HEAD + HTTP + "def f(req): ...\nclass A(missing): ...\n",
    "a missing callee": HEAD + HTTP + "def f(req): ...\nmissing.setup(1)\n",
    "missing in a text": HEAD + HTTP + "def f(req): ...\nX = f'{missing}'\n",
    "missing behind or": HEAD + HTTP + "def f(req): ...\nX = 1 or missing\n",
    "missing in a comprehension of nothing": HEAD + HTTP + "def f(req): ...\nX = [missing for _ in ()]\n",
    "missing in a lambda": HEAD + HTTP + "def f(req): ...\nX = lambda: missing\n",
    "missing in a branch": HEAD + HTTP + "def f(req): ...\nif False:\n    missing\n",
    "a name of a comprehension": HEAD + HTTP + "def f(req): ...\nX = [n for n in 'ab']\n",
    "a name that an expression binds": HEAD + HTTP + "def f(req): ...\nX = (n := 1) + n\nY = n\n",
    "a name that is deleted and bound": HEAD + HTTP + "def f(req): ...\nn = 1\ndel n\nn = 2\nX = n\n",
    "a member that the library lacks": HEAD + "X = func.Nothing\n" + HTTP + "def f(req): ...\n",
    "a module of the library": HEAD + "X = func.blob\n" + HTTP + "def f(req): ...\n",
    # other decorators
    "wraps": http(above="@deco\n", before=WRAPS),
    "wraps without wraps": http(above="@deco\n", before=PLAIN),
    "wraps with the same signature": http(above="@deco\n", before="def deco(f):\n    def inner(req): return f(req)\n    return inner\n"),
    "passes through": http(above="@deco\n", before=PASSES),
    "passes through and misnamed": http("(request)", above="@deco\n", before=PASSES),
    "wraps and misnamed": http("(request)", above="@deco\n", before=WRAPS),
    "wraps above": HEAD + PLAIN + "@deco\n" + HTTP + "def f(req): ...\n",
    "wraps between": HEAD + PLAIN + NAMED + "@deco\n" + HTTP + "def f(req): ...\n",
    "wraps between, trigger above": HEAD + PLAIN + HTTP + "@deco\n@app.function_name('n')\ndef f(req): ...\n",
    "passes through between": HEAD + PASSES + NAMED + "@deco\n" + HTTP + "def f(req): ...\n",
    "wraps with wraps between": HEAD + WRAPS + NAMED + "@deco\n" + HTTP + "def f(req): ...\n",
    "returns nothing": http(above="@deco\n", before="def deco(f): ...\n"),
    "partial": HEAD + "import functools\ndef g(a, req): ...\napp.route('r')(functools.partial(g, 1))\n",
    # durable
    "orchestrator": DURABLE + '@app.orchestration_trigger("context")\ndef f(context): yield\n',
    "orchestrator on FunctionApp": HEAD + '@app.orchestration_trigger("context")\ndef f(context): yield\n',
    "orchestrator, other name": DURABLE + '@app.orchestration_trigger("ctx")\ndef f(ctx): yield\n',
    "orchestrator, other parameter": DURABLE + '@app.orchestration_trigger("context")\ndef f(anything: int | str): yield\n',
    "orchestrator, no parameter": DURABLE + '@app.orchestration_trigger("context")\ndef f(): yield\n',
    "orchestrator, two parameters": DURABLE + '@app.orchestration_trigger("context")\ndef f(context, more): yield\n',
    "orchestrator with a binding above": DURABLE + BLOB + ORCHESTRATES + 'def f(context, b): yield\n',
    "orchestrator with a binding above on FunctionApp": HEAD + BLOB + ORCHESTRATES + 'def f(context, b): yield\n',
    "orchestrator with a binding below": DURABLE + ORCHESTRATES + BLOB + 'def f(context, b): yield\n',
    "orchestrator with a binding below on FunctionApp": HEAD + ORCHESTRATES + BLOB + 'def f(context, b): yield\n',
    "orchestrator named above": DURABLE + '@app.function_name("n")\n@app.orchestration_trigger("context")\ndef f(context): yield\n',
    "orchestrator named below": DURABLE + ORCHESTRATES + NAMED + 'def f(context): yield\n',
    "orchestrator named below on FunctionApp": HEAD + ORCHESTRATES + NAMED + 'def f(context): yield\n',
    "orchestrator and a trigger": DURABLE + '@app.route("r")\n@app.orchestration_trigger("context")\ndef f(context): yield\n',
    "orchestrator over a trigger on FunctionApp": HEAD + ORCHESTRATES + HTTP + 'def f(context): yield\n',
    "entity": DURABLE + '@app.entity_trigger("context")\ndef f(context): ...\n',
    "entity, other name": HEAD + '@app.entity_trigger("ctx")\ndef f(ctx): ...\n',
    "activity": DURABLE + '@app.activity_trigger("data")\ndef f(data: dict): ...\n',
    "activity, any class": DURABLE + '@app.activity_trigger("data")\ndef f(data: typing.Dict[str, int]) -> typing.Optional[dict]: ...\n',
    "activity, optional": DURABLE + '@app.activity_trigger("data")\ndef f(data: typing.Optional[dict]): ...\n',
    "activity, list": DURABLE + '@app.activity_trigger("data")\ndef f(data: list[str]): ...\n',
    "activity, tuple": DURABLE + '@app.activity_trigger("data")\ndef f(data: typing.Tuple[str, int]): ...\n',
    "activity misnamed": HEAD + '@app.activity_trigger("data")\ndef f(payload): ...\n',
    "activity over a name on FunctionApp": HEAD + '@app.activity_trigger("data")\n@app.function_name("n")\ndef f(data): ...\n',
    "activity over a binding on FunctionApp": HEAD + '@app.activity_trigger("data")\n' + BLOB + 'def f(data, b): ...\n',
    "client below": HEAD + HTTP + STARTS + 'async def f(req, client): ...\n',
    "client annotated": HEAD + HTTP + STARTS + 'async def f(req, client: typing.Optional[df.DurableOrchestrationClient]): ...\n',
    "client above": HEAD + '@app.durable_client_input("client")\n' + HTTP + "async def f(req, client): ...\n",
    "client above on DFApp": DURABLE + '@app.durable_client_input("client")\n' + HTTP + "async def f(req, client): ...\n",
    "client misnamed": DURABLE + HTTP + '@app.durable_client_input("starter")\nasync def f(req, client): ...\n',
    "client not bound": DURABLE + HTTP + "async def f(req, client): ...\n",
    "client over a name on FunctionApp": HEAD + HTTP + STARTS + NAMED + 'async def f(req, client): ...\n',
    "client over a binding on FunctionApp": HEAD + HTTP + STARTS + BLOB + 'async def f(req, client, b): ...\n',
    "durable blueprint": DURABLE + "bp = df.Blueprint()\n@bp.activity_trigger('a')\ndef f(a): ...\napp.register_functions(bp)\n",
    "module-level durable decorator": HEAD + "@df.activity_trigger('a')\ndef f(a): ...\n",
}  # fmt: skip

UNSURE = frozenset(
    {
        "third-party class",
        "unpacked",
        "odd keyword",
        "partial",
        "wraps with the same signature",
        "inside one that only a comment names",
        "inside one that another uncalled one calls",
    }
)
"""Those of which the checker need not know."""
