"""The oracle: what the official library and worker say about apps, in the interpreter that has them.

Reads one app as a line of JSON from standard input, `{path: text}`, and answers with a line:
`{"functions": [...], "error": null | {"stage", "type", "text"}}`. The stage is `import` (importing the entry file and the
library's `get_functions()`) or `worker` (the worker's own checks). Apps are never written to a disk, so that thousands
of them run within a minute.
"""

import importlib
import importlib.abc
import importlib.util
import json
import logging
import sys
import types
import warnings
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec
from typing import Any

from azure_functions_runtime import functions, loader
from azure_functions_runtime.bindings import meta

ROOT = "/app/"


class Apps(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports modules from the app at hand."""

    def __init__(self) -> None:
        self.files: Mapping[str, str] = {}
        self.loaded: list[str] = []

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, _: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        folder = (path or [ROOT])[0].removeprefix(ROOT)
        if path is not None and not path[0].startswith(ROOT):
            return None
        stem = folder + fullname.rpartition(".")[2]
        for name, package in ((f"{stem}/__init__.py", True), (f"{stem}.py", False)):
            if name in self.files:
                spec = importlib.util.spec_from_file_location(
                    fullname,
                    ROOT + name,
                    loader=self,
                    submodule_search_locations=[f"{ROOT}{stem}/"] if package else None,
                )
                self.loaded.append(fullname)
                return spec
        if any(name.startswith(stem + "/") for name in self.files):  # a folder without __init__.py
            spec = ModuleSpec(fullname, None, is_package=True)
            spec.submodule_search_locations = [f"{ROOT}{stem}/"]
            self.loaded.append(fullname)
            return spec
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        path = module.__spec__.origin or ""  # type: ignore[union-attr]  # every imported module has one
        exec(compile(self.files[path.removeprefix(ROOT)], path, "exec", dont_inherit=True), module.__dict__)

    def forget(self) -> None:
        for name in self.loaded:
            sys.modules.pop(name, None)
        self.loaded.clear()


class Record(types.SimpleNamespace):
    """A protobuf message: whatever it is made with."""


class BindingInfo(Record):
    """A binding."""

    undefined, out, inout = 0, 1, 2


class RpcRetryOptions(Record):
    """A retry policy; protobuf takes the labels of its enum and raises for any other text."""

    def __init__(self, retry_strategy: str, **more: object) -> None:
        if retry_strategy not in ("fixed_delay", "exponential_backoff"):
            raise ValueError(f'unknown enum label "{retry_strategy}"')
        super().__init__(retry_strategy=retry_strategy, **more)


PROTOS = types.SimpleNamespace(BindingInfo=BindingInfo, RpcRetryOptions=RpcRetryOptions, RpcFunctionMetadata=Record)


def index(apps: Apps, files: Mapping[str, str]) -> dict[str, Any]:
    """Import and index an app as the worker does when the host starts it."""
    apps.files = files
    stage = "import"
    try:
        found = loader.index_function_app(ROOT + "function_app.py")
        stage = "worker"
        metadata, _ = loader.process_indexed_function(PROTOS, functions.Registry(), found, ROOT)
    except BaseException as error:  # whatever an app may raise
        said = {"stage": stage, "type": type(error).__name__, "text": str(error)}
        return {"functions": [], "error": said}
    finally:
        apps.forget()
    return {"functions": [each.name for each in metadata], "error": None}


def main() -> None:
    """Answer until standard input ends."""
    warnings.simplefilter("ignore")
    sys.unraisablehook = lambda _: None  # an AsgiFunctionApp whose constructor raised says so when it goes
    logging.disable(logging.CRITICAL)
    meta.load_binding_registry()
    apps = Apps()
    sys.meta_path.insert(0, apps)
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        answers.write(json.dumps(index(apps, json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
