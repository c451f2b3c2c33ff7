"""unavailable-decorator, durable-missing-package and missing-requirement."""

from __future__ import annotations

import pytest

from tests.conftest import Check

HEAD = "import azure.functions as func\napp = func.FunctionApp()\n"
MCP = HEAD + '@app.mcp_tool_trigger(arg_name="context", tool_name="t")\ndef f(context: str) -> str: ...\n'


@pytest.mark.parametrize(
    "pin",
    [
        "==1.17.0",
        "~=1.17.0",
        "<1.24",
        "<=1.23.9",
        "==1.20.*",
        ">=1.10,<1.20",
        " == 1.17.0  # why",
        "[x]==1.17.0; python_version<'4'",
    ],
)
def test_pinned_too_low(check: Check, pin: str) -> None:
    [found] = check(MCP, {"requirements.txt": f"azure-functions{pin}\n"})
    assert (found.code, found.text, found.severity) == ("unavailable-decorator", "mcp_tool_trigger", "warning")
    assert "1.24.0" in found.message


@pytest.mark.parametrize(
    "pin", ["", "==1.24.0", ">=1.17", "~=1.17", "!=1.24.0", "<2", "==2.1.0", " @ https://example.org/x.whl"]
)
def test_pin_allows_it(check: Check, pin: str) -> None:
    assert check(MCP, {"requirements.txt": f"Azure_Functions{pin}\n"}) == []


DURABLE = "import azure.durable_functions as df\n" + HEAD


def test_durable_is_not_listed(check: Check) -> None:
    [found] = check(DURABLE, {"requirements.txt": "azure-functions\n"})
    assert (found.code, found.severity, found.line) == ("durable-missing-package", "error", 1)
    assert found.diagnostic.fixes[0].edits[0].text == "azure-functions-durable\n"


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"requirements.txt": ""},
        {"requirements.txt": "azure-functions-durable==1.2\n"},
        {"requirements.txt": "azure-functions\n-e .\n"},
        {"requirements.txt": "azure-functions\ngit+https://example.org/x\n"},
        {"requirements.txt": "-r other.txt\nazure-functions\n", "other.txt": "azure.functions_durable>=1\n"},
        {"requirements.txt": "-r missing.txt\nazure-functions\n"},
    ],
)
def test_durable_may_be_there(check: Check, files: dict[str, str]) -> None:
    assert check(DURABLE, files) == []


def test_requirement_is_missing(check: Check) -> None:
    source = (
        "import yaml\nimport requests\nfrom azure.storage.blob import BlobClient\nimport mine\nimport json\n" + HEAD
    )
    found = check(source, {"requirements.txt": "azure-functions\nrequests\n", "mine.py": "import pandas as pd\n"})
    assert [(each.code, each.file, each.text) for each in found] == [
        ("missing-requirement", "function_app.py", "yaml"),
        ("missing-requirement", "function_app.py", "BlobClient"),
        ("missing-requirement", "mine.py", "pandas as pd"),
    ]
    assert {each.severity for each in found} == {"hint"}


def test_own_module_shadows_a_package(check: Check) -> None:
    assert check("import yaml\n" + HEAD, {"requirements.txt": "azure-functions\n", "yaml.py": ""}) == []


def installed(version: str, *, whole: bool = True) -> dict[str, str]:
    site = ".venv/lib/python3.11/site-packages/"
    files = {site + f"azure_functions-{version}.dist-info/METADATA": ""}
    return {**files, site + "azure/functions/__init__.py": ""} if whole else files


def test_environment_is_too_old(check: Check) -> None:
    [found] = check(MCP, installed("1.17.0"))
    assert (found.code, found.text) == ("unavailable-decorator", "mcp_tool_trigger")
    assert ".venv has 1.17.0" in found.message
    assert check(MCP, installed("1.26.0")) == []


def test_pin_counts_before_the_environment(check: Check) -> None:
    assert check(MCP, {**installed("1.17.0"), "requirements.txt": "azure-functions==1.26.0\n"}) == []


def test_argument_is_too_new(check: Check) -> None:
    source = (
        HEAD
        + '@app.event_grid_trigger("e")\n@app.event_grid_output("o", connection="C")\ndef f(e, o: func.Out[str]): ...\n'
    )
    [found] = check(source, {"requirements.txt": "azure-functions==1.18.0\n"})
    assert (found.code, found.text) == ("unavailable-decorator", 'connection="C"')


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"requirements.txt": "azure-functions==99.1.0\n"}, "99.1.0"),
        ({"requirements.txt": "azure-functions==1.2.0\n"}, "1.2.0"),
        (installed("99.1.0"), "99.1.0"),
        (installed("1.26.0", whole=False), "broken"),
    ],
)
def test_which_knowledge_is_used(check: Check, files: dict[str, str], said: str) -> None:
    [found] = check(HEAD, files)
    assert (found.code, found.severity) == ("library-version", "information")
    assert said in found.message
