"""Configurations as users write them, and the messages about those that cannot be used."""

from __future__ import annotations

import pytest

from tests.cli.conftest import GOOD, HEAD, Cli, Write

BAD_CRON = '@app.timer_trigger(arg_name="t", schedule="0 0 2 ? * *")\ndef nightly(t): ...\n'
MISSING = '@app.queue_trigger(arg_name="m", queue_name="orders", connection="Bus")\ndef take(m): ...\n'
SETTINGS = '{"IsEncrypted": false, "Values": {"Other": "x"}}'


def found(cli: Cli, *options: str) -> list[tuple[str, str]]:
    result = cli(
        "--check", "--output-format", "json", "--ignore", "missing-extension-bundle,unbound-parameter", *options
    )
    assert result.status in (0, 1), result.err
    return [(each["code"], each["severity"]) for each in result.json["diagnostics"]]


@pytest.mark.parametrize("name", ["pyproject.toml", "pystein-lsp.toml"])
def test_both_files(cli: Cli, write: Write, name: str) -> None:
    section = "[tool.pystein-lsp]\n" if name == "pyproject.toml" else ""
    write({"function_app.py": HEAD + BAD_CRON})
    assert found(cli) == [("invalid-cron", "error")]
    write({name: section + 'ignore = ["invalid-cron"]\n'})
    assert found(cli) == []


def test_the_nearest_file_counts(cli: Cli, write: Write) -> None:
    write(
        {
            "pyproject.toml": '[tool.pystein-lsp]\nignore = ["invalid-cron"]\n',
            "a/function_app.py": HEAD + BAD_CRON,
            "b/function_app.py": HEAD + BAD_CRON,
            "b/pystein-lsp.toml": "",
            "b/pyproject.toml": '[tool.pystein-lsp]\nignore = ["invalid-cron"]\n',
            "c/function_app.py": HEAD + BAD_CRON,
            "c/pyproject.toml": "[tool.other]\n# pystein-lsp\n",
        }
    )
    result = cli("--check", "--output-format", "json")
    assert [each["file"] for each in result.json["diagnostics"]] == ["b/function_app.py"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('select = ["syntax-error"]', []),
        ('select = ["invalid-*"]', [("invalid-cron", "error")]),
        ('severity = {invalid-cron = "hint"}', [("invalid-cron", "hint")]),
        ('severity = {"*" = "warning"}', [("invalid-cron", "warning")]),
        ('severity = {invalid-cron = "off"}', []),
        ('per-file-ignores = {"function_*.py" = ["invalid-cron"]}', []),
        ('per-file-ignores = {"other/**" = ["invalid-cron"]}', [("invalid-cron", "error")]),
        ('exclude = ["function_app.py"]', []),
    ],
)
def test_choices(cli: Cli, write: Write, text: str, expected: list[tuple[str, str]]) -> None:
    write({"function_app.py": HEAD + BAD_CRON, "pystein-lsp.toml": text})
    assert found(cli) == expected


def test_the_command_line_wins(cli: Cli, write: Write) -> None:
    write(
        {"function_app.py": HEAD + BAD_CRON, "pystein-lsp.toml": 'ignore = ["invalid-cron"]\nselect = ["syntax-error"]'}
    )
    result = cli("--check", "--output-format", "json", "--select", "invalid-cron")
    assert result.codes == ["invalid-cron"]


def test_settings(cli: Cli, write: Write) -> None:
    write({"function_app.py": HEAD + MISSING, "local.settings.json": SETTINGS})
    assert found(cli) == [("missing-connection-setting", "warning")]
    for text in ['settings = ["Bus"]', 'settings = ["Bus__fullyQualifiedNamespace"]', 'settings = {Bus = "x"}']:
        write({"pystein-lsp.toml": text})
        assert found(cli) == []
    write({"pystein-lsp.toml": 'settings-file = "deploy/ci.json"', "deploy/ci.json": '{"Values": {"Bus": "x"}}'})
    assert found(cli) == []


def test_error_on_warning(cli: Cli, write: Write) -> None:
    write({"function_app.py": HEAD + MISSING, "local.settings.json": SETTINGS})
    options = ("--check", "--select", "missing-connection-setting")
    assert cli(*options).status == 0
    write({"pystein-lsp.toml": "error-on-warning = true"})
    assert cli(*options).status == 1


def test_version_of_the_library(cli: Cli, write: Write) -> None:
    tool = (
        '@app.mcp_tool_trigger(arg_name="c", tool_name="t", description="d", tool_properties="[]")\ndef tool(c): ...\n'
    )
    write({"function_app.py": HEAD + tool})
    assert found(cli, "--select", "unavailable-decorator") == []
    write({"pystein-lsp.toml": 'azure-functions-version = "1.18"'})
    result = cli("--check", "--output-format", "json", "--select", "unavailable-decorator")
    assert "but pystein-lsp.toml asks for azure-functions==1.18.*" in result.json["diagnostics"][0]["message"]


def test_excluded_apps(cli: Cli, write: Write) -> None:
    write(
        {
            "shop/function_app.py": GOOD,
            "samples/one/function_app.py": HEAD + BAD_CRON,
            "old/two/function_app.py": HEAD + BAD_CRON,
            "pystein-lsp.toml": 'exclude = ["samples", "old/**"]',
        }
    )
    assert [app["root"] for app in cli("--check", "--output-format", "json").json["apps"]] == ["shop"]
    assert len(cli("--check", "--output-format", "json", "samples/one").json["apps"]) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("select = [", "pystein-lsp.toml: it is not TOML: "),
        (b"\xff\xfe", "pystein-lsp.toml: it is not UTF-8"),
        ("selct = []", "pystein-lsp.toml: there is no option 'selct'; did you mean 'select'?"),
        ("per_file_ignores = {}", "did you mean 'per-file-ignores'?"),
        ("zzz = 1", "there is no option 'zzz'; there are select, ignore,"),
        ('select = "invalid-cron"', "pystein-lsp.toml: select: must be a list of texts"),
        ('select = ["invalid-crom"]', "select: no rule is called 'invalid-crom'; did you mean 'invalid-cron'?"),
        (
            'severity = {invalid-cron = "fatal"}',
            "severity.invalid-cron: 'fatal' is no severity; use one of error, warning,",
        ),
        ('severity = {invalid-crom = "error"}', "severity: no rule is called 'invalid-crom'"),
        ("severity = 5", "severity: must be a table"),
        ('per-file-ignores = {"a.py" = ["x"]}', "per-file-ignores.a.py: no rule is called 'x'"),
        ("settings = {A = 5}", "settings.A: must be a text"),
        ('settings-file = "nowhere.json"', "settings-file: there is no file 'nowhere.json'"),
        ("azure-functions-version = 1.18", "azure-functions-version: must be a version in quotes"),
        ("python-version = 3.12", "python-version: must be a version in quotes"),
        ('error-on-warning = "yes"', "error-on-warning: must be true or false"),
        ("baseline = 5", "baseline: must be a text"),
    ],
)
def test_mistakes(cli: Cli, write: Write, text: str | bytes, says: str) -> None:
    write({"function_app.py": GOOD, "pystein-lsp.toml": text})
    for command in ("--check", "list"):
        result = cli(command)
        assert (result.status, result.out) == (2, "")
        assert says in result.err


def test_mistakes_in_pyproject(cli: Cli, write: Write) -> None:
    write({"function_app.py": GOOD, "pyproject.toml": "[tool.pystein-lsp]\nselect = 5\n"})
    assert cli("--check").err == "pystein-lsp: pyproject.toml: [tool.pystein-lsp]: select: must be a list of texts\n"
    write({"pyproject.toml": "[tool]\npystein-lsp = 5\n"})
    assert "pyproject.toml: [tool.pystein-lsp]: must be a table" in cli("--check").err
    write({"pyproject.toml": "[tool.black]\nline-length = \n"})  # not ours to say
    assert cli("--check").status == 0
