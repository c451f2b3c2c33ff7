"""The formats for services: what is in them, that it is well formed, and that nothing in a file can break out of them."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import BAD, GOOD, HEAD, Cli, Write

ROOT = Path(__file__).parents[2]
SARIF_SCHEMA = ROOT / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"

ODD = """x = '100%,:\\n"]]>&amp;<a>' '::error::no'\n"""
APP = {
    "function_app.py": BAD
    + "\n\n@app.timer_trigger(arg_name='t', schedule='0 0 2 ? * *')  # pystein: ignore[invalid-cron]\n"
    "def nightly(t): ...\n",
    "a b/ä,c:d%.py": ODD + "y = 'a' 5 '%,:<&\"]]>\n",
    "host.json": '{"version": "2.0"}',
}


@pytest.fixture
def app(write: Write) -> Path:
    return write(APP)


def validate_sarif(log: Any) -> None:
    """Against the official schema (OASIS), as an npm package brings it."""
    if not SARIF_SCHEMA.exists():
        pytest.skip("the schema comes with the npm package @microsoft/jest-sarif")
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft7Validator(json.loads(SARIF_SCHEMA.read_text("utf-8"))).validate(log)


def test_sarif(cli: Cli, app: Path) -> None:
    result = cli("--check", "--output-format", "sarif")
    assert result.status == 1
    log = result.json
    validate_sarif(log)
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["columnKind"] == "unicodeCodePoints"
    for found in run["results"]:
        assert rules[found["ruleIndex"]]["id"] == found["ruleId"]
    found = {each["ruleId"]: each for each in run["results"]}
    assert set(found) >= {"arg-name-mismatch", "syntax-error", "invalid-cron"}
    mismatch = found["arg-name-mismatch"]
    assert mismatch["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "function_app.py", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 6, "startColumn": 6, "endLine": 6, "endColumn": 11},
    }
    assert mismatch["locations"][0]["logicalLocations"] == [{"name": "hello", "kind": "function"}]
    assert mismatch["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"]
    assert "suppressions" not in mismatch
    assert found["invalid-cron"]["suppressions"] == [{"kind": "inSource"}]
    uri = found["syntax-error"]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "a%20b/%C3%A4%2Cc%3Ad%25.py"
    described = rules[mismatch["ruleIndex"]]
    assert described["help"]["markdown"].count("## ") == 6
    assert described["helpUri"].endswith("/docs/rules/arg-name-mismatch.md")


def test_sarif_of_nothing(cli: Cli, write: Write) -> None:
    write({"function_app.py": GOOD})
    log = cli("--check", "--output-format", "sarif").json
    validate_sarif(log)
    assert log["runs"][0]["results"] == []


def test_sarif_outside_the_working_directory(cli: Cli, app: Path, tmp_path: Path) -> None:
    (tmp_path / "else").mkdir()
    log = cli("--check", "--output-format", "sarif", "../function_app.py", cwd=tmp_path / "else").json
    validate_sarif(log)
    uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == (tmp_path / "function_app.py").as_uri()


def test_github(cli: Cli, app: Path) -> None:
    lines = cli("--check", "--output-format", "github").out.splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert len(commands) == len(lines) - 1
    mismatch = next(line for line in commands if "arg-name-mismatch" in line)
    assert mismatch.startswith(
        "::error title=pystein-lsp (arg-name-mismatch),file=function_app.py,line=6,endLine=6,col=6,endColumn=11::"
        "function_app.py:6:6: the route binding 'req' has no parameter"
    )
    broken = next(line for line in commands if "syntax-error" in line)
    assert "file=a b/ä%2Cc%3Ad%25.py,line=2,endLine=2,col=" in broken
    assert "::a b/ä,c:d%25.py:2:" in broken


def test_github_paths_are_those_of_the_repository(cli: Cli, app: Path, tmp_path: Path) -> None:
    env = {"GITHUB_WORKSPACE": str(tmp_path.parent)}
    out = cli("--check", "--output-format", "github", "--select", "arg-name-mismatch", env=env).out
    assert f",file={tmp_path.name}/function_app.py,line=6," in out


def test_github_levels(cli: Cli, write: Write) -> None:
    write({"function_app.py": HEAD + "@app.timer_trigger(arg_name='t', schedule='0 2 * * *')\ndef f(t): ...\n"})
    lines = cli("--check", "--output-format", "github").out.splitlines()
    assert any(line.startswith("::notice title=pystein-lsp (cron-five-fields)") for line in lines)


def test_gitlab(cli: Cli, app: Path) -> None:
    found = cli("--check", "--output-format", "gitlab").json
    assert all(
        each["description"] and each["check_name"] and each["fingerprint"] and each["location"]["path"]
        for each in found
    )
    assert {each["severity"] for each in found} <= {"info", "minor", "major", "critical", "blocker"}
    assert len({each["fingerprint"] for each in found}) == len(found)
    mismatch = next(each for each in found if each["check_name"] == "arg-name-mismatch")
    assert mismatch["severity"] == "critical"
    assert mismatch["location"]["path"] == "function_app.py"
    assert mismatch["location"]["lines"]["begin"] == 6


def test_gitlab_fingerprints_outlive_an_edit_above(cli: Cli, app: Path) -> None:
    def fingerprints() -> list[str]:
        return [each["fingerprint"] for each in cli("--check", "--output-format", "gitlab").json]

    before = fingerprints()
    text = (app / "function_app.py").read_text("utf-8")
    (app / "function_app.py").write_text("import json\nimport logging\n\n\n" + text, "utf-8")
    assert fingerprints() == before


def test_junit(cli: Cli, app: Path) -> None:
    document = ET.fromstring(cli("--check", "--output-format", "junit").out)
    cases = {case.get("name"): case for case in document.iter("testcase")}
    assert set(cases) == {"hello", "nightly", "function_app.py", "ä,c:d%.py"}
    assert cases["nightly"].find("failure") is None
    failure = cases["hello"].find("failure")
    assert failure is not None
    assert failure.get("type") == "arg-name-mismatch"
    assert "line 6, column 6: error[arg-name-mismatch]" in (failure.text or "")
    assert all(len(case.findall("failure")) <= 1 for case in document.iter("testcase"))
    assert (document.get("tests"), document.get("failures")) == ("4", "3")


def test_junit_of_an_empty_app(cli: Cli, write: Write) -> None:
    write({"function_app.py": GOOD.replace("\x01", "")})
    document = ET.fromstring(cli("--check", "--output-format", "junit").out)
    assert (document.get("tests"), document.get("failures")) == ("1", "0")


@pytest.mark.parametrize("output_format", ["json", "sarif", "github", "gitlab", "junit"])
def test_what_programs_read_is_utf_8(cli: Cli, app: Path, output_format: str) -> None:
    result = cli("--check", "--output-format", output_format, env={"PYTHONIOENCODING": "cp1252"})
    assert "ä,c:d%.py" in result.out or "ä%2Cc%3Ad%25.py" in result.out or "%C3%A4%2Cc%3Ad%25.py" in result.out
