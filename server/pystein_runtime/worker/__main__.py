"""Starts the worker: `python .../pystein_runtime/worker/__main__.py`, in the app's folder, with the app's interpreter.

The interpreter has put this folder in front of its search path; it goes before anything is imported from there, and the
package is loaded from its own place under the name `pystein_worker`, so that no name of ours is among the app's.
Kept in the syntax of any Python 3, whose users shall read a sentence and not a traceback.
"""

import gc
import sys


def _load_package(folder: str) -> None:
    from importlib.util import module_from_spec, spec_from_file_location  # noqa: PLC0415 - not before the path is clean

    spec = spec_from_file_location("pystein_worker", folder + "/__init__.py", submodule_search_locations=[folder])
    assert spec is not None
    assert spec.loader is not None
    package = module_from_spec(spec)
    sys.modules["pystein_worker"] = package
    spec.loader.exec_module(package)


def _main() -> None:
    folder = __file__.replace("\\", "/").rpartition("/")[0]
    sys.path[:] = [place for place in sys.path if place.replace("\\", "/") != folder]
    if sys.version_info < (3, 10):  # noqa: UP036 - the app's interpreter may be any
        sys.exit("The runtime needs Python 3.10 or newer; %s is %s." % (sys.executable, sys.version.split()[0]))  # noqa: UP031 - it may be Python 2
    gc.disable()  # imports make no garbage, and looking for it costs 4 ms of the start; the app's import comes after
    _load_package(folder)
    from pystein_worker.main import run  # type: ignore[import-not-found]  # noqa: PLC0415 - exists from now on

    run()


if __name__ == "__main__":
    _main()
