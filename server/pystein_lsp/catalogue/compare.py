"""What an installed library has that the stubs lack, and the other way round.

`python -m pystein_lsp.catalogue.compare [--python INTERPRETER]` is for the day a new azure-functions comes out: it prints one
line per difference. Exit status 0: none, 1: some, 2: the library cannot be looked at.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from .loader import Catalogue, catalogue
from .types import Decorator, Parameter
from .versions import FUNCTIONS, has, knowledge_of, parse

DURABLE = "azure-functions-durable"
MODULES = {FUNCTIONS: "azure.functions", DURABLE: "azure.durable_functions"}


class CompareError(Exception):
    """The library cannot be looked at; the message says why."""


class Library(NamedTuple):
    """An installed library, as `library_facts` describes it."""

    versions: dict[str, str]
    """Of the distributions that could be imported."""
    broken: dict[str, str]
    classes: dict[str, dict[str, Any]]
    enums: dict[str, list[str]]
    names: dict[str, list[str]]


def look_at(python: str = sys.executable) -> Library:
    """What the libraries of an interpreter have.

    Raises:
        CompareError: The interpreter does not run, or has no azure-functions that can be imported.
    """
    source = Path(__file__).with_name("library_facts.py").read_text("utf-8")
    try:
        ran = subprocess.run(  # noqa: S603 - the interpreter that the developer names
            [python, "-I", "-"], input=source, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise CompareError(f"{python} does not run: {(error.strerror or str(error)).lower()}") from error
    if ran.returncode:
        raise CompareError(f"{python} cannot look at its libraries: {ran.stderr.strip().splitlines()[-1]}")
    library = Library(**json.loads(ran.stdout))
    if FUNCTIONS in library.broken:
        raise CompareError(f"{python} has no {FUNCTIONS} that can be imported ({library.broken[FUNCTIONS]})")
    return library


def differences(library: Library, known: Catalogue | None = None) -> list[str]:
    """One sentence per difference between a library and what is known of its version."""
    known = known or catalogue()
    found: list[str] = []
    for class_name, real in library.classes.items():
        package = DURABLE if class_name.startswith(MODULES[DURABLE]) else FUNCTIONS
        found += _constructor(class_name, real, library, known)
        if class_name.endswith((".FunctionApp", ".DFApp")):
            own = package if package == DURABLE else None
            found += _decorators(class_name, real["decorators"], library, known, own)
    found += _enums(library, known)
    found += _names(library, known)
    return found


def _there(library: Library, decorator: Decorator, parameter: Parameter | None = None) -> bool:
    return has(library.versions[decorator.package], decorator, parameter)


def _decorators(
    class_name: str, real: dict[str, Any], library: Library, known: Catalogue, package: str | None
) -> Iterator[str]:
    """Differences between the decorators of a class; with `package` only of those that it defines itself."""
    expected = {}
    for key in known.classes[class_name].decorators:
        decorator = known.decorators[key]
        if _there(library, decorator) and package in (None, decorator.package):
            expected[decorator.name] = key
    for name in sorted(real):
        if name not in expected:
            if package is None and name not in known.removed:
                names = ", ".join(item["name"] for item in real[name]["parameters"])
                yield f"{class_name} has a decorator {name}({names}) that the stubs lack"
            continue
        yield from _parameters(f"@{name}", expected[name], real[name], library, known)
    for name in sorted(expected.keys() - real.keys()):
        yield f"{class_name} has no decorator {name}, which the stubs have"


def _parameters(label: str, key: str, real: dict[str, Any], library: Library, known: Catalogue) -> Iterator[str]:
    decorator = known.decorators[key]
    expected = {item.name: item for item in decorator.parameters if _there(library, decorator, item)}
    for item in real["parameters"]:
        parameter = expected.pop(item["name"], None)
        if parameter is None:
            if not known.removed_parameter(key, item["name"]):
                yield f"{label} has a parameter {item['name']} that the stubs lack"
        elif parameter.required != item["required"]:
            yield f"{label} {'requires' if item['required'] else 'does not require'} {item['name']}, unlike in the stubs"
    for name in expected:
        yield f"{label} has no parameter {name}, which the stubs have"
    if real["extra"] != decorator.accepts_extra:
        yield f"{label} {'takes' if real['extra'] else 'refuses'} unknown keywords, unlike in the stubs"
    bindings = [(kind, direction.lower()) for kind, direction in real["bindings"]]
    wanted = (decorator.binding_type, decorator.direction)
    if bindings and decorator.binding_type and bindings[0] != wanted:
        yield f"{label} adds a binding {bindings[0]}, in the stubs {wanted}"


def _constructor(class_name: str, real: dict[str, Any], library: Library, known: Catalogue) -> Iterator[str]:
    expected = known.classes.get(class_name)
    if expected is None or expected.accepts_extra or (parse(library.versions[FUNCTIONS]) or ()) < (1, 12):
        return
    wanted = {item.name: item.required for item in expected.parameters}
    found = {item["name"]: item["required"] for item in real["parameters"]}
    if wanted != found and known.describes[FUNCTIONS][0] <= library.versions[FUNCTIONS]:
        yield f"{class_name} takes {', '.join(found) or 'nothing'}, in the stubs {', '.join(wanted) or 'nothing'}"


def _enums(library: Library, known: Catalogue) -> Iterator[str]:
    second = library.versions[FUNCTIONS].startswith("2.")
    for name, members in library.enums.items():
        expected = known.enum(name)
        if expected is None:
            yield f"{name} is an enum that the stubs lack"
            continue
        wanted = [item for item in expected.members if second or item not in expected.members_2]
        if wanted != members and _newest(library, known):
            yield f"{name} has the members {', '.join(members)}, in the stubs {', '.join(wanted)}"


def _names(library: Library, known: Catalogue) -> Iterator[str]:
    for module, names in library.names.items():
        for name in names:
            if name not in known.members[module] and _newest(library, known) and name not in IMPORTED:
                yield f"{module}.{name} is a public name that the stubs lack"


IMPORTED = {"json", "logging", "os", "re", "sys", "warnings", "Path"}
"""What azure.durable_functions imports for itself."""


def _newest(library: Library, known: Catalogue) -> bool:
    """Whether the library is as new as what is known; for older ones the stubs do not say when a class or member came."""
    version = parse(library.versions[FUNCTIONS]) or ()
    newest = knowledge_of(library.versions[FUNCTIONS]).version
    return version >= (parse(newest) or ()) and newest in known.describes[FUNCTIONS]


def main(arguments: list[str] | None = None) -> int:
    """Print the differences."""
    parser = argparse.ArgumentParser(prog="pystein_lsp.catalogue.compare", description=__doc__)
    parser.add_argument("--python", default=sys.executable, metavar="INTERPRETER", help="whose libraries to look at")
    args = parser.parse_args(arguments)
    try:
        library = look_at(args.python)
    except CompareError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    lines = [
        f"{package}: {why}; what is known of {catalogue().describes[package][0]} stays"
        for package, why in library.broken.items()
    ]
    for package, version in library.versions.items():
        note = knowledge_of(version, package).note
        lines.append(note or f"{package} {version}")
    found = differences(library)
    lines += found or ["no differences"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
