"""Every binding that an app can name: in the page's table, and what is not served can be run by hand all the same."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from host_driver import Host, run

sys.path.append(str(Path(__file__).parent))

from bindings_page import BY_HAND, PAGE, ROOT, SERVICES, Type, page, types

from pystein_lsp.catalogue import catalogue
from pystein_runtime.host import unserved

OTHERS = [each for each in types() if not each.served]
VALUES = {"entity": "x", "connection": "Setting", "": "x"}


def name_of(each: Type) -> str:
    return f"{each.role}_{each.name}"


def arguments(each: Type) -> str:
    """What a binding's decorator must be given."""
    if each.decorator is None:
        return f', type="{each.name}"'
    given = [p for p in catalogue().decorators[each.decorator].parameters if p.required and p.kind != "arg_name"]
    return "".join(f', {p.name}="{p.choices[0] if p.choices else VALUES[p.kind]}"' for p in given)


def decorator(each: Type) -> str:
    generic = {"trigger": "generic_trigger", "input": "generic_input_binding", "output": "generic_output_binding"}
    return f'@app.{each.decorator or generic[each.role]}(arg_name="value"{arguments(each)})'


def functions() -> Iterator[str]:
    """A function for each type that is not served."""
    for each in OTHERS:
        name = name_of(each)
        if each.role == "trigger":
            yield f'{decorator(each)}\ndef {name}(value: str) -> None:\n    logging.info("{name} had %s", value)\n'
        elif each.role == "input":
            yield (
                f'@app.route(route="{name}")\n{decorator(each)}\n'
                f"def {name}(req: func.HttpRequest, value: str) -> str:\n    return value\n"
            )
        else:
            yield (
                f'@app.route(route="{name}")\n{decorator(each)}\n'
                f"def {name}(req: func.HttpRequest, value: func.Out[str]) -> str:\n"
                f'    value.set("for {each.name}")\n    return "done"\n'
            )


@pytest.fixture(scope="module")
def host(serve: Callable[..., Host]) -> Host:
    bundle = {"id": "Microsoft.Azure.Functions.ExtensionBundle.Preview", "version": "[4.*, 5.0.0)"}
    return serve("\n".join(functions()), host_json={"version": "2.0", "extensionBundle": bundle})


@pytest.mark.parametrize("each", OTHERS, ids=name_of)
def test_what_is_not_served_is_said_and_can_be_run(host: Host, each: Type) -> None:
    name, why = name_of(each), unserved.why(each.name)
    said = {
        "trigger": f"'{name}': nothing listens for {each.name}: {why}. Run it by hand.",
        "input": f"'{name}': the input 'value' of type {each.name} is not read: {why}. Its value is taken from"
        f" .pystein/inputs/{name}.value.json.",
        "output": f"'{name}': the output 'value' of type {each.name} is shown and not written: {why}.",
    }
    host.wait("host", lambda line: line["message"] == said[each.role])
    if each.role == "trigger":
        result = host.invoke(name, data='{"id": 1}')
        assert result["status"] == "succeeded"
        assert result["logs"][0]["message"] == f'{name} had {{"id": 1}}'
    elif each.role == "input":
        missing = host.invoke(name)["error"]["message"]
        assert f"Put a value for it into .pystein/inputs/{name}.value.json." in missing
        place = host.root / ".pystein" / "inputs" / f"{name}.value.json"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps({"id": 2}), "utf-8")
        assert host.invoke(name)["return"]["body"] == '{"id": 2}'
        assert host.get(f"/api/{name}").text == '{"id": 2}', "a request has it, too"
    else:
        assert host.invoke(name)["outputs"] == {"value": f"for {each.name}"}
        assert host.get(f"/api/{name}").text == "done"


def test_nothing_is_wrong_with_them(host: Host) -> None:
    found = run("check", str(host.root), "--output-format", "json").json
    assert [each for each in found["diagnostics"] if each["severity"] == "error"] == []
    assert {each["name"] for each in found["apps"][0]["functions"]} == {name_of(each) for each in OTHERS}


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `python tests/runtime/unserved/bindings_page.py`"


def test_every_type_is_in_one_row() -> None:
    rows = [each.types for each in SERVICES], [(start,) for _, start in BY_HAND]
    for each in types():
        known = rows[0 if each.served else 1]
        assert sum(each.name.lower().startswith(starts) for starts in known) == 1, each


def test_the_tests_that_it_stands_on_are_there() -> None:
    assert [path for each in SERVICES for path in each.tests if not (ROOT / "tests" / path).is_file()] == []
