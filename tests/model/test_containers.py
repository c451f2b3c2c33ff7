"""Which object a decorator belongs to, whatever way its name came about; and silence where that cannot be known."""

from __future__ import annotations

import pytest

from pystein_lsp.model.app import App
from tests.conftest import MakeApp

ROUTE = "\n@app.route(route='hello')\ndef hello(req): ...\n"
APP = "import azure.functions as func\napp = func.FunctionApp()\n"
BLUEPRINT = "import azure.functions as func\nbp = func.Blueprint()\n@bp.route()\ndef inner(req): ...\n"


def seen(app: App) -> dict[str | None, str]:
    """The functions that the platform can see, with the class of their container."""
    return {function.name: function.container.class_name.rpartition(".")[2] for function in app.indexed}


@pytest.mark.parametrize(
    "head",
    [
        "import azure.functions as func\napp = func.FunctionApp()",
        "import azure.functions as f\napp = f.FunctionApp()",
        "import azure.functions\napp = azure.functions.FunctionApp()",
        "from azure import functions\napp = functions.FunctionApp()",
        "from azure import functions as fn\napp = fn.FunctionApp(http_auth_level=fn.AuthLevel.ANONYMOUS)",
        "from azure.functions import FunctionApp\napp = FunctionApp()",
        "from azure.functions import FunctionApp as FA, AuthLevel\napp: FA = FA(AuthLevel.ADMIN)",
        "from azure.functions import *\napp = FunctionApp()",
        "from azure.functions.decorators.function_app import FunctionApp\napp = FunctionApp()",
        "from azure.functions.decorators import FunctionApp\napp = FunctionApp()",
        "import azure.functions as func\nfunctions = func\nFA = functions.FunctionApp\napp = FA()",
        "import azure.functions as func\napi = func.FunctionApp()\napp = api",
        "import azure.functions as func\napi = app = func.FunctionApp()",
        "import azure.functions as func\nname, app = 'x', func.FunctionApp()",
        "import azure.functions as func\nif True:\n    app = func.FunctionApp()",
        "import azure.functions as func\nif DEBUG:\n    app = func.FunctionApp('ANONYMOUS')\nelse:\n    app = func.FunctionApp()",
        "try:\n    import azure.functions as func\nexcept ImportError:\n    raise\napp = func.FunctionApp()",
        "from typing import cast\nimport azure.functions as func\napp = cast(func.FunctionApp, func.FunctionApp())",
        "import azure.functions as func\napp = (func.FunctionApp())",
        "import azure.functions as func\nwith open('x') as f:\n    app = func.FunctionApp()",
        "import azure.functions as func\napp = None\napp = func.FunctionApp()",
        "import azure.functions as func\ndef make():\n    return func.FunctionApp()\napp = make()",
        "import azure.functions as f\ndef make(a=1):\n    app = f.FunctionApp(a)\n    log(app)\n    return app\napp = make(1)",
        "import azure.functions as func\ndef make():\n    return inner()\ndef inner():\n    return func.FunctionApp()\napp = make()",
        "import azure.functions as func\nclass Mine(func.FunctionApp):\n    pass\napp = Mine()",
    ],
)
def test_ways_to_make_an_app(make_app: MakeApp, head: str) -> None:
    assert seen(make_app(f"{head}\n{ROUTE}")) == {"hello": "FunctionApp"}


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("import azure.durable_functions as df\napp = df.DFApp()", "DFApp"),
        ("from azure import durable_functions\napp = durable_functions.DFApp()", "DFApp"),
        ("from azure.durable_functions import Blueprint\napp = Blueprint()", "Blueprint"),
        ("import azure.durable_functions as df\napp = df.Blueprint(http_auth_level=1)", "Blueprint"),
        ("import azure.functions as func\nweb = object()\napp = func.AsgiFunctionApp(app=web)", "AsgiFunctionApp"),
        ("import azure.functions as func\napp = flask()\napp = func.WsgiFunctionApp(app=app)", "WsgiFunctionApp"),
        ("import azure.functions as func\napp = func.Blueprint('name')", "Blueprint"),
        (
            "import azure.functions as func, azure.durable_functions as df\nclass A(df.DFApp): ...\nclass B(A): ...\napp = B()",
            "DFApp",
        ),
    ],
)
def test_classes_of_containers(make_app: MakeApp, head: str, name: str) -> None:
    assert seen(make_app(f"{head}\n{ROUTE}")) == {"hello": name}


@pytest.mark.parametrize(
    ("entry", "files"),
    [
        ("from core import app", {"core.py": APP}),
        ("from core import app as application\napp = application", {"core.py": APP}),
        ("import core\napp = core.app", {"core.py": APP}),
        ("import core as c\napp = c.app", {"core.py": APP}),
        ("from core import *", {"core.py": APP}),
        ("from core import *", {"core.py": "from base import *\n", "base.py": APP + "__all__ = ['app']\n"}),
        ("from pack import app", {"pack/__init__.py": "from .core import app\n", "pack/core.py": APP}),
        ("from pack import app", {"pack/__init__.py": "from pack.core import app\n", "pack/core.py": APP}),
        ("from pack.core import app", {"pack/__init__.py": "", "pack/core.py": APP}),
        ("import pack.core\napp = pack.core.app", {"pack/__init__.py": "", "pack/core.py": APP}),
        ("import pack.core as core\napp = core.app", {"pack/__init__.py": "", "pack/core.py": APP}),
        ("from pack import core\napp = core.app", {"pack/__init__.py": "", "pack/core.py": APP}),
        ("from space.deep import core\napp = core.app", {"space/deep/core.py": APP}),
        ("from space.deep.core import app", {"space/deep/core.py": APP}),
        ("import space.deep.core\napp = space.deep.core.app", {"space/deep/core.py": APP}),
        (
            "from pack.a.b import app",
            {"pack/a/b.py": "from ...pack.core import app\n", "pack/core.py": APP, "pack/__init__.py": ""},
        ),
        (
            "from pack.a.b import app",
            {"pack/a/b.py": "from ..core import app\n", "pack/a/__init__.py": "", "pack/core.py": APP},
        ),
        (
            "from core import make\napp = make()",
            {"core.py": "import azure.functions as func\ndef make():\n    return func.FunctionApp()\n"},
        ),
        (
            "from core import Mine\napp = Mine()",
            {"core.py": "import azure.functions as func\nclass Mine(func.FunctionApp): ...\n"},
        ),
        ("try:\n    from core import app\nexcept ImportError:\n    from .core import app", {"core.py": APP}),
        ("try:\n    from pack.core import app\nexcept ImportError:\n    from core import app", {"core.py": APP}),
        (
            "from core import hub\napp = hub.app",
            {"core.py": "from base import app\nimport base as hub\n", "base.py": APP},
        ),
    ],
)
def test_an_app_of_another_module(make_app: MakeApp, entry: str, files: dict[str, str]) -> None:
    assert seen(make_app(f"{entry}\n{ROUTE}", files)) == {"hello": "FunctionApp"}


@pytest.mark.parametrize(
    "head",
    [
        "import azure.functions as func\nassert (app := func.FunctionApp())",
        "from flask import Flask\napp = Flask(__name__)",
        "import modal\napp = modal.App()",
        "from fastapi import FastAPI\nimport azure.functions as func\napp = FastAPI()",
        "import azure.functions as func\napp = make_it()",
        "import azure.functions as func\napp = func.FunctionApp() if x else other()",
        "import azure.functions as func\nif x:\n    app = func.FunctionApp()\nelse:\n    app = Other()",
        "import azure.functions as func\napp = func.FunctionApp()\napp = wrap(app)",
        "import azure.functions as func\napp = func.FunctionApp()\ndel app",
        "import azure.functions as func\nclass Mine:\n    pass\napp = Mine()",
        "import azure.functions as func\nclass Mine(Base):\n    pass\napp = Mine()",
        "import azure.functions as func\nclass Mine(func.FunctionApp):\n    def route(self, *a, **k): ...\napp = Mine()",
        "import azure.functions as f\nclass Mix:\n    def route(self): ...\nclass Mine(Mix, f.FunctionApp): ...\napp = Mine()",
        "from core import app",
        "from core import *",
        "import azure.functions as f\ndef make(x):\n    if x:\n        return f.FunctionApp()\n    return other()\napp = make(1)",
        "import azure.functions as func\n@cache\ndef make():\n    return func.FunctionApp()\napp = make()",
        "import azure.functions as func\ndef make():\n    yield func.FunctionApp()\napp = make()",
        "import azure.functions as func\nasync def make():\n    return func.FunctionApp()\napp = make()",
        "import azure.functions as func\napp = func.FunctionApp()\ndef later():\n    global app\n    app = None\n",
        "import azure.functions as func\nfor app in (func.FunctionApp(), x): ...",
        "import azure.functions as func\nmatch x:\n    case app: ...",
        "import azure.functions as func\nwith make() as app: ...",
        "import azure.storage.blob as blob\napp = blob.FunctionApp()",
        "class func:\n    class FunctionApp:\n        def route(self, **k): ...\napp = func.FunctionApp()",
        "import azure.functions as func\nfunc = Other()\napp = func.FunctionApp()",
    ],
)
def test_unknown_is_silent(make_app: MakeApp, head: str) -> None:
    assert seen(make_app(f"{head}\n{ROUTE}")) == {}


def test_where_a_name_is_rebound_position_decides(make_app: MakeApp) -> None:
    app = make_app(
        """
        import azure.functions as func
        app = func.FunctionApp()
        @app.route()
        def first(req): ...
        app = func.Blueprint()
        @app.route()
        def second(req): ...
        from flask import Flask
        app = Flask(__name__)
        @app.route("/")
        def third(): ...
        """
    )
    assert seen(app) == {"first": "FunctionApp", "second": "Blueprint"}


def test_a_subclass_may_add_decorators(make_app: MakeApp) -> None:
    app = make_app(
        """
        import azure.functions as func
        class Mine(func.FunctionApp):
            def nightly(self, **options): ...
        app = Mine()
        @app.nightly()
        def sweep(t): ...
        @app.route()
        def hello(req): ...
        """
    )
    assert seen(app) == {"hello": "FunctionApp"}


def test_decorated_methods_branches_and_loops(make_app: MakeApp) -> None:
    app = make_app(
        """
        import azure.functions as func
        app = func.FunctionApp()
        class Handlers:
            @app.route()
            def method(self, req): ...
        if DEBUG:
            @app.route()
            def twin(req): ...
        else:
            @app.timer_trigger(arg_name="t", schedule="0 * * * * *")
            def twin(t): ...
        try:
            import extra
            @app.route()
            def optional(req): ...
        except ImportError:
            pass
        finally:
            @app.route()
            def always(req): ...
        for each in range(3):
            @app.route()
            def looped(req): ...
        with suppress():
            @app.route()
            def within(req): ...
        if __name__ == "__main__":
            @app.route()
            def never(req): ...
        """
    )
    found = {(function.name, function.conditional) for function in app.indexed}
    assert found == {
        ("method", False), ("twin", True), ("optional", True), ("always", False), ("looped", True), ("within", False)
    }  # fmt: skip
    assert len({function.arms for function in app.indexed if function.name == "twin"}) == 2


@pytest.mark.parametrize(
    "register",
    [
        "app.route(route='a')(handler)",
        "app.function_name('handler')(app.route(route='a')(handler))",
        "handler = app.route(route='a')(handler)",
        "_ = app.function_name(name='handler')(app.route(route='a')(handlers.handler))",
        "from handlers import handler as h\napp.route(route='a')(h)",
    ],
)
def test_registration_by_call(make_app: MakeApp, register: str) -> None:
    body = "def handler(req): ...\n"
    app = make_app(f"{APP}import handlers\n{body}{register}\n", {"handlers.py": body})
    [function] = app.indexed
    assert function.name == "handler"
    assert [binding.type for binding in function.bindings] == ["httpTrigger", "http"]


def test_registration_by_call_in_a_loop(make_app: MakeApp) -> None:
    """A whole app may be a table of handlers."""
    app = make_app(
        """
        import azure.functions as func
        import users, orders
        app = func.FunctionApp()
        for path, handler in (("users", users.main), ("orders/{id}", orders.main)):
            app.function_name(name=path.replace("/", "_"))(app.route(route=path)(handler))
        for handler in [users.listed, orders.listed]:
            app.route(methods=["GET"])(handler)
        ROUTES = [("a", users.a), ("b", orders.b)]
        for name, handler in ROUTES:
            app.function_name(name)(app.route(route=name)(handler))
        """,
        {
            "users.py": "def main(req): ...\ndef listed(req): ...\ndef a(req): ...\n",
            "orders.py": "def main(req): ...\ndef listed(req): ...\ndef b(req): ...\n",
        },
    )
    found = [(function.name, function.uses[-1].text("route")) for function in app.indexed]
    assert found == [(None, "users"), (None, "orders/{id}"), ("listed", None), ("listed", None), ("a", "a"), ("b", "b")]


def test_functions_inside_factories(make_app: MakeApp) -> None:
    app = make_app(
        """
        import azure.functions as func
        def create_app():
            app = func.FunctionApp()
            @app.route(route="inside")
            def inside(req): ...
            if True:
                @app.timer_trigger(arg_name="t", schedule="0 * * * * *")
                def deeper(t): ...
            register(app)
            return app
        def register(target: func.FunctionApp):
            @target.route(route="annotated")
            def annotated(req): ...
        def not_ours(app):
            @app.route("/")
            def flask(): ...
        app = create_app()
        @app.route()
        def outside(req): ...
        """
    )
    assert {function.name for function in app.indexed} == {"inside", "deeper", "annotated", "outside"}
    inside = next(function for function in app.indexed if function.name == "inside")
    assert inside.location(inside.name_span).absolute.line == 5
    assert inside.trigger
    assert inside.trigger.type == "httpTrigger"


def test_a_factory_that_nobody_calls_makes_no_functions(make_app: MakeApp) -> None:
    app = make_app(f"{APP}def make():\n    @app.route()\n    def inner(req): ...\n")
    assert seen(app) == {}
    assert app.entry
    assert [function.name for function in app.functions(app.entry)] == ["inner"]


@pytest.mark.parametrize(
    "body",
    [
        "    func = other()\n    app = func.FunctionApp()\n",
        "    from flask import Flask\n    app = Flask()\n",
        "    for app in all_apps():\n        pass\n",
        "    with make() as app:\n        pass\n",
    ],
)
def test_inner_names_shadow_outer_ones(make_app: MakeApp, body: str) -> None:
    app = make_app(f"{APP}def make(x):\n{body}    @app.route()\n    def inner(req): ...\nmake(1)\n")
    assert seen(app) == {}


def test_parameters_shadow_outer_names(make_app: MakeApp) -> None:
    app = make_app(f"{APP}def make(app):\n    @app.route()\n    def inner(req): ...\nmake(flask)\n")
    assert seen(app) == {}


def test_a_global_app_inside_a_function(make_app: MakeApp) -> None:
    app = make_app(f"{APP}def make():\n    @app.route()\n    def inner(req): ...\nmake()\n")
    assert seen(app) == {"inner": "FunctionApp"}
