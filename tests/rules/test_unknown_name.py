"""unknown-name: names of the library that do not exist."""

from __future__ import annotations

import azure.durable_functions
import azure.functions
import pytest

from pystein_lsp.catalogue import catalogue
from tests.conftest import Check

HEAD = "import azure.functions as func\nimport azure.durable_functions as df\napp = func.FunctionApp()\n"
BP = "bp = func.Blueprint()\n@bp.route()\ndef hello(req: func.HttpRequest) -> str: ...\n"


@pytest.mark.parametrize(
    ("source", "text", "meant"),
    [
        ("import azure.functions as func\napp = func.FunctionsApp()\n", "FunctionsApp", "FunctionApp"),
        (HEAD + "from azure.functions import HttpReqest\n", "HttpReqest", "HttpRequest"),
        (HEAD + "from azure.durable_functions import DFAp as X\n", "DFAp", "DFApp"),
        (HEAD + BP + "app.register_blueprints(bp)\n", "register_blueprints", "register_blueprint"),
        (HEAD + "app.register_functions(users)\n", "users", "import the Blueprint"),
        (HEAD + "app.register_functions(users.bp)\n", "users", "import the Blueprint"),
    ],
)
def test_reports(check: Check, source: str, text: str, meant: str) -> None:
    [found] = check(source, only="unknown-name")
    assert (found.text, found.severity) == (text, "error")
    assert meant in found.message


@pytest.mark.parametrize(
    "source",
    [
        HEAD + "try:\n    from azure.functions import Newer\nexcept ImportError:\n    Newer = None\n",
        HEAD + "from azure.functions import *\n",
        HEAD + "from azure.functions import decorators\nfrom azure.functions.decorators.core import AuthLevel\n",
        HEAD + "import azure.functions\nx = azure.functions.HttpResponse('x')\n",
        HEAD + BP + "app.register_functions(bp)\n",
        "from mine import *\nimport azure.functions as func\napp = func.FunctionApp()\napp.register_functions(users)\n",
        HEAD + "class Mine(func.FunctionApp): ...\nmine = Mine()\nmine.register_all()\n",
    ],
)
def test_is_silent(check: Check, source: str) -> None:
    assert check(source, only="unknown-name") == []


@pytest.mark.parametrize("module", [azure.functions, azure.durable_functions])
def test_every_public_name_is_known(module: object) -> None:
    own = {name for name, value in vars(module).items() if getattr(value, "__module__", "").startswith("azure.")}
    public = {name for name in own if not name.startswith("_")}
    library = module.__name__
    known = set(catalogue().members[library]) | {key.removeprefix(library + ".") for key in catalogue().members}
    assert public - known == set()
