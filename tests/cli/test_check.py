"""`--check`: paths, formats, exit statuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import BAD, GOOD, HEAD, Cli, Write

WARNS = HEAD + '@app.queue_trigger(arg_name="msg", queue_name="orders", connection="Nowhere")\ndef take(msg): ...\n'
HOST = '{"version": "2.0", "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"}}'
WARNED = {"function_app.py": WARNS, "host.json": HOST, "local.settings.json": '{"IsEncrypted": false, "Values": {}}'}


def test_clean_app(cli: Cli, write: Write) -> None:
    write({"function_app.py": GOOD, "host.json": HOST})
    result = cli("--check")
    assert (result.status, result.out, result.err) == (0, "1 function in 1 app: nothing to report\n", "")


def test_an_error_is_shown_in_its_line(cli: Cli, write: Write) -> None:
    write({"function_app.py": BAD, "host.json": HOST})
    result = cli("check")
    assert result.status == 1
    assert "error[arg-name-mismatch]: " in result.out
    assert " --> function_app.py:6:6\n" in result.out
    assert '6 | @app.route(route="hello")\n  |      ^^^^^\n' in result.out
    assert "; 1 app would load no function" in result.out.splitlines()[-1]


def test_concise(cli: Cli, write: Write) -> None:
    write({"function_app.py": BAD, "host.json": HOST})
    result = cli("--check", "--output-format", "concise", "--select", "arg-name-mismatch")
    first, last = result.out.splitlines()
    assert first.startswith("function_app.py:6:6: error[arg-name-mismatch] the route binding 'req' has no parameter")
    assert last.startswith("1 function in 1 app: 1 error")


def test_json(cli: Cli, write: Write) -> None:
    write({"function_app.py": BAD, "host.json": HOST})
    result = cli("--check", "--output-format", "json", "--select", "arg-name-mismatch")
    assert result.status == 1
    assert result.json["version"] == 1
    [app] = result.json["apps"]
    assert (app["root"], app["entry"], app["indexes"]) == (".", "function_app.py", False)
    assert app["functions"] == [
        {
            "name": "hello",
            "file": "function_app.py",
            "line": 7,
            "trigger": "httpTrigger",
            "bindings": [
                {"name": "req", "type": "httpTrigger", "direction": "in", "connection": None},
                {"name": "$return", "type": "http", "direction": "out", "connection": None},
            ],
        }
    ]
    [found] = result.json["diagnostics"]
    fix = found.pop("fix")
    assert found.pop("message")
    assert found.pop("url").endswith("/arg-name-mismatch.md")
    assert found == {
        "code": "arg-name-mismatch",
        "severity": "error",
        "file": "function_app.py",
        "line": 6,
        "column": 6,
        "endLine": 6,
        "endColumn": 11,
        "function": "hello",
    }
    assert set(fix) == {"title", "safe", "edits"}
    assert set(fix["edits"][0]) == {"file", "line", "column", "endLine", "endColumn", "newText"}


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ([], 0),
        (["--error-on-warning"], 1),
        (["--error-on-warning", "--exit-zero"], 0),
        (["--error-on-warning", "--ignore", "missing-connection-setting"], 0),
        (["--error-on-warning", "--select", "missing-connection-setting"], 1),
        (["--error-on-warning", "--select", "invalid-cron,syntax-error"], 0),
        (["--error-on-warning", "--select", "missing-*"], 1),
    ],
)
def test_status_of_warnings(cli: Cli, write: Write, options: list[str], status: int) -> None:
    write(WARNED)
    assert cli("--check", *options).status == status


def test_exit_zero(cli: Cli, write: Write) -> None:
    write({"function_app.py": BAD})
    assert cli("--check", "--exit-zero").status == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--select", "qqq"], "--select: no rule is called 'qqq'; `pystein-lsp explain` lists them"),
        (["--ignore", "invalid-crom"], "--ignore: no rule is called 'invalid-crom'; did you mean 'invalid-cron'?"),
        (["nowhere"], "nowhere: no such file or folder"),
        (["--settings", "nowhere.json"], "--settings: nowhere.json: no such file"),
        (["--output-format", "xml"], "invalid choice: 'xml'"),
        (["--no-such-option"], "unrecognized arguments: --no-such-option"),
    ],
)
def test_unusable_options(cli: Cli, write: Write, arguments: list[str], says: str) -> None:
    write({"function_app.py": GOOD})
    result = cli("--check", *arguments)
    assert (result.status, result.out) == (2, "")
    assert says in result.err


def test_no_app(cli: Cli, write: Write) -> None:
    write({"readme.txt": "hello"})
    result = cli("--check", ".")
    assert (result.status, result.out) == (2, "")
    assert "no function app in this folder or below it" in result.err


def test_a_tree_of_apps(cli: Cli, write: Write) -> None:
    write(
        {
            "shop/function_app.py": GOOD,
            "billing/api/function_app.py": BAD,
            "dotnet/host.json": "{}",
            "dotnet/shop.csproj": "",
            ".venv/lib/site-packages/x/function_app.py": BAD,
            "node_modules/x/function_app.py": BAD,
            "tools/pyvenv.cfg": "",
            "tools/function_app.py/x.py": "",
        }
    )
    result = cli("--check", "--output-format", "json", "--ignore", "app-not-indexed")
    assert [app["root"] for app in result.json["apps"]] == ["billing/api", "shop"]
    assert result.codes == ["arg-name-mismatch"]
    assert result.json["diagnostics"][0]["file"] == "billing/api/function_app.py"


def test_only_the_named_file(cli: Cli, write: Write) -> None:
    write(
        {"function_app.py": "from other import bp\n" + BAD, "other.py": "x = (\n", "readme.md": "x", "host.json": HOST}
    )
    assert cli("--check", "--output-format", "json", "function_app.py").codes == [
        "app-not-indexed",
        "arg-name-mismatch",
    ]
    assert cli("--check", "--output-format", "json", "other.py").codes == ["syntax-error"]
    result = cli("--check", "--output-format", "json", "readme.md")
    assert (result.status, result.codes) == (0, [])


def test_a_file_of_no_app(cli: Cli, write: Write) -> None:
    write({"lonely/script.py": "x = (\n"})
    result = cli("--check", "lonely/script.py")
    assert (result.status, result.out) == (0, "0 functions in 0 apps: nothing to report\n")


def test_paths_outside_the_working_directory_are_absolute(cli: Cli, write: Write, tmp_path: Path) -> None:
    write({"app/function_app.py": BAD, "..odd/function_app.py": BAD, "else/readme.txt": ""})
    result = cli("--check", "--output-format", "json", "../app", cwd=tmp_path / "else")
    assert result.json["diagnostics"][0]["file"] == (tmp_path / "app" / "function_app.py").as_posix()
    inside = cli("--check", "--output-format", "json", "..odd")
    assert inside.json["diagnostics"][0]["file"] == "..odd/function_app.py"


def test_a_settings_file_counts_and_its_values_are_never_shown(cli: Cli, write: Write) -> None:
    write({**WARNED, "ci.json": '{"Values": {"Nowhere": "Secret=hunter2"}} // and why'})
    result = cli("--check", "--settings", "ci.json", "--error-on-warning")
    assert result.status == 0
    assert "hunter2" not in result.out + result.err


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"Values": {"Nowhere": "Secret=hunter2"},\n "Other": }', "line 2: a value is expected"),
        ("", "a JSON object is expected"),
        ("NOWHERE=Secret=hunter2", "line 1: this is not a JSON value"),
        ('["Secret=hunter2"]', "no JSON object"),
        ('{"Nowhere": "Secret=hunter2"}', 'no "Values"'),
        ('{"IsEncrypted": true, "Values": {"Nowhere": "hunter2"}}', "encrypted"),
        ('{"Values": {"Nowhere": {"Secret": "hunter2"}}}', "the value of 'Nowhere' is no text"),
    ],
)
def test_a_settings_file_that_cannot_be_used(cli: Cli, write: Write, text: str, why: str) -> None:
    write({**WARNED, "ci.json": text})
    result = cli("--check", "--settings", "ci.json")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("pystein-lsp: --settings: ci.json: ")
    assert why in result.err
    assert "hunter2" not in result.err


def test_a_settings_file_that_is_not_there(cli: Cli, write: Write) -> None:
    write(WARNED)
    result = cli("--check", "--settings", "nowhere.json")
    assert (result.status, result.err) == (2, "pystein-lsp: --settings: nowhere.json: no such file\n")


def test_settings_from_the_environment(cli: Cli, write: Write) -> None:
    write(WARNED)
    assert cli("--check", "--error-on-warning", env={"Nowhere": "x"}).status == 0
    assert cli("--check", "--error-on-warning", env={"Nowhere__accountName": "x"}).status == 0


def test_order_of_option_and_command_does_not_matter(cli: Cli, write: Write) -> None:
    write({"function_app.py": GOOD})
    assert cli("--output-format", "json", "--check", ".").json["version"] == 1


@pytest.mark.parametrize("arguments", [["--help"], ["--check", "--help"], ["check", "--help"], ["list", "-h"]])
def test_help(cli: Cli, arguments: list[str]) -> None:
    result = cli(*arguments)
    assert (result.status, result.err) == (0, "")
    assert "usage: pystein-lsp" in result.out


def test_help_lists_the_options_of_the_server(cli: Cli) -> None:
    listed = cli("--help").out
    assert all(option in listed for option in ("--stdio", "--tcp", "--ws", "--log-level", "--log-file"))


def test_version(cli: Cli) -> None:
    assert cli("--version").out.startswith("pystein-lsp ")


def test_a_command_that_is_none(cli: Cli) -> None:
    for given, says in [
        ("chekc", "did you mean 'check'?"),
        ("qqq", "there are check,"),
        (".", "pystein-lsp --check ."),
    ]:
        result = cli(given)
        assert (result.status, result.out) == (2, "")
        assert f"there is no command '{given}'; " in result.err
        assert says in result.err


def test_functions_that_an_app_makes_itself(cli: Cli, write: Write) -> None:
    write(
        {
            "function_app.py": "import azure.functions as func\nfrom web import web\napp = func.AsgiFunctionApp(app=web)\n"
        }
    )
    [app] = cli("list", "--output-format", "json").json["apps"]
    [function] = app["functions"]
    assert (function["name"], function["line"], function["trigger"]) == ("http_app_func", 3, "httpTrigger")
    assert [each["name"] for each in function["bindings"]] == ["req", "$return"]
    assert "http_app_func  httpTrigger  /{*route}  function_app.py:3" in cli("list").out


def test_mistakes_in_modules_that_nothing_imports_fail_no_run(cli: Cli, write: Write) -> None:
    write({"function_app.py": GOOD, "old.py": BAD})
    result = cli("--check", "--output-format", "json")
    assert [(each["file"], each["code"], each["severity"]) for each in result.json["diagnostics"]] == [
        ("old.py", "arg-name-mismatch", "warning")
    ]
    assert result.status == 0
    write({"function_app.py": GOOD + "import importlib\nimportlib.import_module('old')\n"})
    assert cli("--check").status == 1


def test_list_says_what_triggers_without_a_kind_listen_to(cli: Cli, write: Write) -> None:
    triggers = {
        "a": ('sql_trigger(arg_name="x", table_name="dbo.A", connection_string_setting="C")', "sqlTrigger dbo.A"),
        "b": ('generic_trigger(arg_name="x", type="redisListTrigger", connection="C", key="b")', "redisListTrigger b"),
        "c": ('mcp_tool_trigger(arg_name="x", tool_name="see")', "mcpToolTrigger see"),
        "d": ('mcp_prompt_trigger(arg_name="x", prompt_name="ask")', "mcpPromptTrigger ask"),
    }
    functions = [f"@app.{written}\ndef {name}(x: str) -> None: ...\n" for name, (written, _) in triggers.items()]
    write({"function_app.py": HEAD + "".join(functions)})
    listed = cli("list", "--output-format", "concise").out.splitlines()
    assert [line.partition(": ")[2] for line in listed] == [f"{name}: {what}" for name, (_, what) in triggers.items()]


def test_list(cli: Cli, write: Write) -> None:
    write({"function_app.py": WARNS.replace('"Nowhere"', '""') + GOOD.removeprefix(HEAD)})
    text = cli("list")
    assert text.status == 0
    assert "take   queueTrigger  orders" in text.out
    assert "hello  httpTrigger   /api/hello" in text.out
    listed = cli("list", "--output-format", "json").json["apps"][0]
    assert [each["name"] for each in listed["functions"]] == ["take", "hello"]
    assert cli("list", "--output-format", "concise").out.startswith("function_app.py:7: take: queueTrigger orders\n")
