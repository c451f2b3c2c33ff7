"""The stubs' docstrings: complete, in step with the markers, and with examples that the library takes."""

import re
from typing import Any

import azure.durable_functions as df
import azure.functions as func
import pytest

from pystein_lsp.catalogue import catalogue
from pystein_lsp.catalogue.docstrings import split
from pystein_lsp.catalogue.location import stubs_directory
from pystein_lsp.catalogue.stub_classes import Knowledge, read_stubs
from pystein_lsp.catalogue.stub_modules import Stubs
from pystein_lsp.catalogue.types import Decorator, Parameter

BUNDLES = {
    "host": "built into the host",
    "ga": "extension bundle 4.x",
    "preview": "only in the preview extension bundle",
    "v3": "extension bundle 3.x or older",
}
DECORATORS = sorted(catalogue().decorators)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return read_stubs(Stubs(stubs_directory()))


def footer(decorator: Decorator) -> str:
    """The last paragraph but the address: type, version and bundle, as the markers have them."""
    text = f"Binding type `{decorator.binding_type}`; " if decorator.binding_type else ""
    text += "Binding type as given; " if "generic" in decorator.name else ""
    if decorator.package == "azure-functions":
        since = "1.13.3" if decorator.name == "schedule" else decorator.since
        second = "and in every 2.x" if decorator.since_2 == "2.0.0" else f"and {decorator.since_2}"
        text += f"azure-functions since {since} {second}"
    else:
        text += f"azure-functions-durable since {decorator.since}"
    return text + ("." if decorator.role == "setting" else f"; {BUNDLES[decorator.bundle]}.")


@pytest.mark.parametrize("key", DECORATORS)
def test_complete(key: str, knowledge: Knowledge) -> None:
    decorator = knowledge.decorators[key]
    parts = split(knowledge.docstrings[key])
    assert re.fullmatch(r"[A-Z][^\n]*\.", parts.text.partition("\n\n")[0]), "a summary of one sentence in one line"
    names = [parameter.name for parameter in decorator.parameters]
    assert sorted(parts.arguments) == sorted(names), "each parameter once"
    assert parts.example
    assert parts.footer == f"{footer(decorator)}\n{decorator.reference}"


@pytest.mark.parametrize("key", DECORATORS)
def test_parameters_say_what_is_resolved(key: str, knowledge: Knowledge) -> None:
    decorator = knowledge.decorators[key]
    arguments = split(knowledge.docstrings[key]).arguments
    for parameter in decorator.parameters:
        text = arguments[parameter.name]
        assert ("%SETTING%" in text) is parameter.settings, parameter.name
        assert ("`{expression}`" in text) is parameter.expressions, parameter.name
        assert since(decorator, parameter) in text, parameter.name
        assert "Since" not in text or parameter.since, parameter.name


def since(decorator: Decorator, parameter: Parameter) -> str:
    if not parameter.since:
        return ""
    if decorator.package != "azure-functions" or parameter.since_2 in (None, parameter.since):
        return f"Since {parameter.since}."
    return f"Since {parameter.since} and {parameter.since_2}."


@pytest.mark.parametrize("key", DECORATORS)
def test_example_is_taken_by_the_library(key: str, knowledge: Knowledge) -> None:
    decorator = knowledge.decorators[key]
    example = split(knowledge.docstrings[key]).example
    assert f"@app.{decorator.alias_of or decorator.name}" in example
    if key == "durable:durable_openai_agent_orchestrator":
        pytest.skip("needs the package openai-agents")
    app: Any = df.DFApp() if key.startswith("durable:") or "df." in example else func.FunctionApp()
    preamble = (
        "import json\nfrom typing import Any, Generator, List\n"
        "import azure.functions as func\nimport azure.durable_functions as df\n"
        "from azure.functions.decorators.openai import InputType\n"
    )
    exec(compile(preamble + example, key, "exec"), {"app": app})
    bindings = [binding.get_dict_repr() for function in app.get_functions() for binding in function.get_bindings()]
    if decorator.binding_type:
        wanted = {"in": "IN", "out": "OUT"}[decorator.direction or "in"]
        found = [(binding["type"], binding["direction"].name) for binding in bindings]
        assert (decorator.binding_type, wanted) in found
