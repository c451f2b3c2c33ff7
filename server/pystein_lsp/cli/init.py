"""`pystein-lsp init [DIR]`: the files of a new app."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from pystein_lsp.cli import status
from pystein_lsp.cli.output import emit
from pystein_lsp.cli.report import shown_path

if TYPE_CHECKING:
    import argparse

_APP = """\
import logging

import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.FUNCTION)


@app.route(route="hello", methods=["GET"])
def hello(req: func.HttpRequest) -> func.HttpResponse:
    name = req.params.get("name", "world")
    logging.info("greeting %s", name)
    return func.HttpResponse(f"Hello, {name}!")
"""

_HOST = """\
{
  "version": "2.0",
  "logging": {
    "applicationInsights": {
      "samplingSettings": {
        "isEnabled": true,
        "excludedTypes": "Request"
      }
    }
  },
  "extensionBundle": {
    "id": "Microsoft.Azure.Functions.ExtensionBundle",
    "version": "[4.*, 5.0.0)"
  }
}
"""

_SETTINGS = """\
{
  "IsEncrypted": false,
  "Values": {
    "FUNCTIONS_WORKER_RUNTIME": "python",
    "AzureWebJobsStorage": "UseDevelopmentStorage=true"
  }
}
"""

_REQUIREMENTS = """\
# The platform brings azure-functions; it is listed for tools and for running the app here.
azure-functions
"""

_TEST = """\
\"""Run these with pytest: pystein-lsp brings the fixture.\"""

from pystein_runtime.testing import FunctionApp


def test_hello(function_app: FunctionApp) -> None:
    response = function_app.call("hello", query={"name": "Ada"}).response
    assert (response.status, response.text) == (200, "Hello, Ada!")
"""

_NOT_DEPLOYED = """\
.git*
.pystein/
.venv/
.vscode/
__pycache__/
local.settings.json
tests/
"""

_NOT_KEPT = """\
.pystein/
.python_packages/
.venv/
__pycache__/
local.settings.json
"""

FILES = {
    "function_app.py": _APP,
    "host.json": _HOST,
    "local.settings.json": _SETTINGS,
    "requirements.txt": _REQUIREMENTS,
    ".funcignore": _NOT_DEPLOYED,
    ".gitignore": _NOT_KEPT,
    "tests/test_function_app.py": _TEST,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("folder", nargs="?", default=".", metavar="DIR", help="where to put it; by default here")


def run(args: argparse.Namespace) -> int:
    """Write the files, unless one of them is there already."""
    folder = args.folder
    there = [name for name in FILES if os.path.lexists(os.path.join(folder, name))]
    if there:
        raise status.UnusableError(f"{folder}: there is {', '.join(there)} already; nothing was written")
    written: list[str] = []
    try:
        for name, text in FILES.items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "x", encoding="utf-8", newline="\n") as file:
                written.append(path)
                file.write(text)
    except OSError as error:
        for path in written:  # half an app would be in the way of the next try
            with suppress(OSError):
                os.remove(path)
        raise status.UnusableError(f"{folder}: the app cannot be written: {error.strerror}") from error
    place = "" if os.path.samefile(folder, ".") else f" {shown_path(os.path.abspath(folder))}"
    emit(f"A new app with one function: {', '.join(FILES)}\nRun it: pystein-lsp start{place}\n")
    return status.OK
