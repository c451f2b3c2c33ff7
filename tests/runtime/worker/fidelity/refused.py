"""Apps that the platform does not load."""

HEAD = "import typing\nimport azure.functions as func\napp = func.FunctionApp()\n"


def queue(signature: str, more: str = "") -> str:
    """An app with one queue function."""
    return f'{HEAD}{more}@app.queue_trigger("t", "q", "C")\ndef f({signature}: return None\n'


OUT = '@app.queue_output("out", "q", "C")\n'
RETURN = '@app.queue_output("$return", "q", "C")\n'
REFUSED: dict[str, str] = {
    "unbound parameter": queue("t, a)"),
    "two unbound parameters of one name": queue("t, *a)"),
    "default does not help": queue("t, a=1)"),
    "binding without parameter": queue(")"),
    "context annotated": queue("t, context: int)"),
    "optional": queue("t: typing.Optional[str])"),
    "union": queue("t: str | bytes)"),
    "wrong class": queue("t: dict)"),
    "wrong list": queue("t: typing.List[str])"),
    "plain list": queue("t: list[func.QueueMessage])"),
    "out without Out": queue("t, out: str)", OUT),
    "in with Out": queue("t: func.Out[str])"),
    "bare Out": queue("t, out: func.Out)", OUT),
    "Out of an optional": queue("t, out: func.Out[typing.Optional[str]])", OUT),
    "Out of a wrong class": queue("t, out: func.Out[int])", OUT),
    "return Out": queue("t) -> func.Out[str]", RETURN),
    "return union": queue("t) -> typing.Optional[str]", RETURN),
    "return wrong": queue("t) -> int", RETURN),
    "forward reference": queue("t: 'Nowhere')"),
    "http returns a dict": HEAD + '@app.route("a")\ndef f(req: func.HttpRequest) -> dict: return {}\n',
    "http takes a number": HEAD + '@app.route("a")\ndef f(req: int): return ""\n',
    "return that comes in": HEAD
    + '@app.queue_trigger("t", "q", "C")\n@app.generic_input_binding("$return", "queue")\ndef f(t): pass\n',
    "no app": "import azure.functions as func\nbp = func.Blueprint()\n",
    "two apps": HEAD + "other = func.FunctionApp()\n",
    "one app, two names": HEAD + "other = app\n",
    "syntax error": HEAD + "def f(:\n",
    "missing module": "import no_such_module_at_all\n" + HEAD,
    "missing name": "from json import no_such_name\n" + HEAD,
    "missing submodule": "import json.nothing\n" + HEAD,
    "own import error": "raise ImportError\n",
    "environment": "import os\nos.environ['NO_SUCH_SETTING']\n",
    "no trigger": HEAD + '@app.queue_output("out", "q", "C")\ndef f(out): pass\n',
    "two triggers": HEAD
    + '@app.timer_trigger("t", "* * * * * *")\n@app.queue_trigger("t", "q", "C")\ndef f(t): pass\n',
    "same name twice": HEAD + '@app.route("a")\ndef f(req): pass\n@app.route("b")\ndef f(req): pass\n',
    "app in app": HEAD + "app.register_functions(func.FunctionApp())\n",
    "unknown decorator": HEAD + '@app.warmup_trigger("t")\ndef f(t): pass\n',
    "bad enumeration": HEAD + '@app.route("a", auth_level="foo")\ndef f(req): pass\n',
    "bad retry": queue("t)", '@app.retry("fixed_delay", "many")\n'),
    "bad retry interval": queue("t)", '@app.retry("fixed_delay", "3", delay_interval="5s")\n'),
    "retry without interval": queue("t)", '@app.retry("fixed_delay", "3")\n'),
    "bad retry backoff": queue("t)", '@app.retry("exponential_backoff", "3", minimum_interval="x")\n'),
    "wrapped without wraps": HEAD
    + 'def d(f):\n    def inner(*a, **k): return f(*a, **k)\n    return inner\n@app.route("a")\n@d\ndef f(req): pass\n',
    "durable context name": HEAD + '@app.orchestration_trigger("ctx")\ndef f(ctx): yield\n',
    "error in a module": "import broken\n" + HEAD,
}
