"""`--write-baseline` and `--baseline`: known findings, wherever they have moved to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import BAD, GOOD, HEAD, Cli, Write

CRON = '@app.timer_trigger(arg_name="t", schedule="0 0 2 ? * *")\ndef {}(t): ...\n'


def test_known_findings_are_not_reported(cli: Cli, write: Write) -> None:
    write({"function_app.py": HEAD + CRON.format("nightly")})
    written = cli("--check", "--write-baseline", "known.json")
    assert (written.status, written.err) == (0, "pystein-lsp: known.json holds 1 finding\n")
    assert "nothing to report (1 finding in the baseline)" in written.out
    moved = HEAD.replace("\n\n", "\n\nimport os\n\n\n") + CRON.format("nightly").replace("0 0 2", "0 0 3")
    write({"function_app.py": moved})
    result = cli("--check", "--baseline", "known.json")
    assert (result.status, result.err) == (0, "")


def test_new_findings_are(cli: Cli, write: Write) -> None:
    write({"function_app.py": HEAD + CRON.format("nightly")})
    cli("--check", "--write-baseline", "known.json")
    write({"function_app.py": HEAD + CRON.format("daily") + CRON.format("nightly")})
    result = cli("--check", "--baseline", "known.json", "--output-format", "json")
    assert [each["function"] for each in result.json["diagnostics"]] == ["daily"]


def test_more_of_a_kind_are_new(cli: Cli, write: Write) -> None:
    write({"function_app.py": HEAD + "x = (\n\n\n" + GOOD.removeprefix(HEAD)})
    cli("--check", "--write-baseline", "known.json")
    write({"function_app.py": HEAD + "x = (\n\n\n@app.route()\ndef f(req): ...\n\n\ny = (\n" + GOOD.removeprefix(HEAD)})
    result = cli("--check", "--baseline", "known.json", "--output-format", "json", "--select", "syntax-error")
    assert [each["line"] for each in result.json["diagnostics"]] == [13]


def test_apps_of_one_tree_are_told_apart(cli: Cli, write: Write) -> None:
    write({"a/function_app.py": BAD, "b/function_app.py": GOOD})
    cli("--check", "--write-baseline", "known.json")
    assert cli("--check", "--baseline", "known.json").status == 0
    assert cli("--check", "a", "--baseline", "known.json").status == 0
    write({"b/function_app.py": BAD})
    result = cli("--check", "--baseline", "known.json", "--output-format", "json")
    assert {each["file"] for each in result.json["diagnostics"]} == {"b/function_app.py"}


def test_the_working_directory_does_not_matter(cli: Cli, write: Write, tmp_path: Path) -> None:
    write({"a/function_app.py": BAD})
    cli("--check", "--write-baseline", "known.json")
    assert cli("--check", "--baseline", "../known.json", cwd=tmp_path / "a").status == 0


def test_findings_that_are_gone(cli: Cli, write: Write) -> None:
    write({"function_app.py": HEAD + CRON.format("nightly")})
    cli("--check", "--write-baseline", "known.json")
    write({"function_app.py": GOOD})
    result = cli("--check", "--baseline", "known.json")
    assert (result.status, result.err) == (0, "pystein-lsp: 1 of the baseline's findings are gone: write it again\n")


def test_in_the_configuration(cli: Cli, write: Write) -> None:
    write({"a/function_app.py": BAD, "pystein-lsp.toml": 'baseline = "known.json"'})
    missing = cli("--check")
    assert missing.status == 2
    assert "the baseline cannot be read" in missing.err
    cli("--check", "--write-baseline", "known.json")
    assert cli("--check").status == 0
    assert cli("--check", "a").status == 0


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"findings": [{"rule": "x"}]}', '{"findings": 5}', b"\xff", "[" * 100_000]
)
def test_what_is_no_baseline(cli: Cli, write: Write, content: str | bytes) -> None:
    write({"function_app.py": GOOD, "known.json": content})
    result = cli("--check", "--baseline", "known.json")
    assert (result.status, result.out) == (2, "")
    assert result.err == "pystein-lsp: known.json: this is no baseline; write one with --write-baseline\n"


def test_where_it_cannot_be_written(cli: Cli, write: Write) -> None:
    write({"function_app.py": BAD})
    result = cli("--check", "--write-baseline", "nowhere/known.json")
    assert result.status == 2
    assert "the baseline cannot be written" in result.err
