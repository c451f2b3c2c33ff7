"""Comments that say to ignore a rule, and those that ignore nothing."""

from __future__ import annotations

import pytest

from pystein_lsp.rules.diagnose import examine, indexes
from tests.conftest import Check, Found, MakeApp

HEAD = "import azure.functions as func\napp = func.FunctionApp()\n"
CRON = "invalid-cron"


def timer(comment: str = "", name: str = "nightly", above: str = "") -> str:
    return f'{above}@app.timer_trigger(arg_name="timer", schedule="0 0 2 ? * *"){comment}\ndef {name}(timer): ...\n'


def codes(found: list[Found]) -> list[str]:
    return [each.code for each in found]


def test_the_finding_is_there_without(check: Check) -> None:
    assert codes(check(HEAD + timer())) == [CRON]


@pytest.mark.parametrize(
    "comment",
    [
        "  # pystein: ignore[invalid-cron]",
        "  # pystein: ignore[invalid-cron] the test host reads it",
        "  #pystein:ignore[ invalid-cron ,]",
        "  # noqa: E501  # pystein: ignore[invalid-cron]  # type: ignore[misc]",
        "  # pystein: ignore-file[invalid-cron]",
    ],
)
def test_on_the_line(check: Check, comment: str) -> None:
    assert check(HEAD + timer(comment)) == []


@pytest.mark.parametrize(
    "stack",
    [
        '@app.timer_trigger(\n    arg_name="t",\n    schedule="0 0 2 ? * *",\n)  # ignore\ndef f(t): ...\n',
        '@app.timer_trigger(  # ignore\n    arg_name="t",\n    schedule="0 0 2 ? * *",\n)\ndef f(t): ...\n',
        '@app.timer_trigger(\n    # ignore\n    arg_name="t", schedule="0 0 2 ? * *")\ndef f(t): ...\n',
        '@app.timer_trigger(arg_name="t", schedule="0 0 2 ? * *")\ndef f(  # ignore\n    t): ...\n',
        '@app.timer_trigger(arg_name="t", schedule="0 0 2 ? * *")\n# ignore\ndef f(t): ...\n',
        '# ignore\n\n# what it does\n@app.timer_trigger(arg_name="t", schedule="0 0 2 ? * *")\ndef f(t): ...\n',
    ],
    ids=["closing line", "first line", "inside", "signature", "between", "above"],
)
def test_anywhere_in_the_stack(check: Check, stack: str) -> None:
    assert check(HEAD + stack.replace("# ignore", "# pystein: ignore[invalid-cron]")) == []


def test_the_body_is_another_statement(check: Check) -> None:
    source = HEAD + timer().replace("...", "\n    return  # pystein: ignore[invalid-cron]")
    assert codes(check(source)) == [CRON, "unused-suppression"]


def test_only_its_own_statement_and_rule(check: Check) -> None:
    found = check(HEAD + timer("  # pystein: ignore[invalid-cron]") + timer(name="other"))
    assert [(each.code, each.line) for each in found] == [(CRON, 5)]
    found = check(HEAD + timer("  # pystein: ignore[syntax-error]"))
    assert codes(found) == [CRON, "unused-suppression"]


def test_the_headline(make_app: MakeApp) -> None:
    source = HEAD.rstrip("\n") + "{}\n@app.route()\ndef hello(request): ...\n"
    for comment, shown in [("", True), ("  # pystein: ignore[app-not-indexed]", False)]:
        found = [each.code for each in examine(make_app(source.format(comment))).shown]
        assert ("app-not-indexed" in found) is shown
        assert "unused-suppression" not in found


def test_whole_file(check: Check) -> None:
    source = HEAD + "# pystein: ignore-file[invalid-cron] made by a tool\n" + timer() + timer(name="other")
    assert check(source) == []


def test_text_in_strings_is_no_comment(check: Check) -> None:
    source = HEAD + 'X = """\n# pystein: ignore-file[invalid-cron]\n"""\nY = "# pystein: ignore[]"\n' + timer()
    assert codes(check(source)) == [CRON]


def test_rules_about_several_modules(check: Check) -> None:
    twice = "@app.route()\ndef hello(req): ...\n"
    assert codes(check(HEAD + twice + twice, only="duplicate-function-name")) == ["duplicate-function-name"]
    silent = "@app.route()  # pystein: ignore[duplicate-function-name]\ndef hello(req): ...\n"
    found = codes(check(HEAD + twice + silent))
    assert "duplicate-function-name" not in found
    assert "unused-suppression" not in found
    assert codes(check(HEAD + silent)) == ["unused-suppression"]


def test_broken_text(check: Check) -> None:
    source = HEAD + "x = (  # pystein: ignore[syntax-error]\n\n" + timer()
    assert codes(check(source)) == [CRON]


def test_unused(check: Check) -> None:
    [found] = check(HEAD + "x = 1  # pystein: ignore[invalid-cron]\n")
    assert (found.code, found.severity, found.line, found.text) == ("unused-suppression", "warning", 3, CRON)


def test_unused_may_be_ignored_too(check: Check) -> None:
    assert check(HEAD + "x = 1  # pystein: ignore[invalid-cron, unused-suppression]\n") == []
    assert (
        check("# pystein: ignore-file[unused-suppression]\n" + HEAD + "x = 1  # pystein: ignore[invalid-cron]\n") == []
    )


def test_unknown_rule(check: Check) -> None:
    [_, found] = check(HEAD + timer("  # pystein: ignore[invalid-crom]"))
    assert found.message == "no rule is called 'invalid-crom', so nothing is ignored; did you mean 'invalid-cron'?"
    assert [fix.safe for fix in found.diagnostic.fixes] == [False, True]


@pytest.mark.parametrize("comment", ["# pystein: ignore", "# pystein: ignore[]", "# pystein: ignore-file because"])
def test_no_rule(check: Check, comment: str) -> None:
    [found] = [each for each in check(HEAD + timer("  " + comment)) if each.code != CRON]
    assert "names no rule, so nothing is ignored" in found.message
    assert found.text == comment


def test_settings_of_another_machine_prove_nothing(check: Check) -> None:
    source = HEAD + (
        '@app.queue_trigger(arg_name="m", queue_name="orders", connection="C")  # pystein: ignore[missing-connection-setting]\n'
        "def f(m): ...\n"
    )
    assert check(source, only="unused-suppression") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 1  # pystein: ignore[invalid-cron] why\ny = 2\n", "x = 1\ny = 2\n"),
        ("x = 1  # noqa  # pystein: ignore[invalid-cron]\n", "x = 1  # noqa\n"),
        ("x = 1  # pystein: ignore[invalid-cron]  # noqa\n", "x = 1  # noqa\n"),
        ("x = 1\n    # pystein: ignore[invalid-cron]\ny = 2\n", "x = 1\ny = 2\n"),
        ("x = 1\n# pystein: ignore[invalid-cron]", "x = 1\n"),
        ("x = 1  # pystein: ignore[invalid-cron, syntax-error]\n", "x = 1\n"),
        ("x = (  # pystein: ignore[syntax-error, invalid-cron]\n", "x = (  # pystein: ignore[syntax-error]\n"),
        ("x = (  # pystein: ignore[invalid-cron, syntax-error] why\n", "x = (  # pystein: ignore[syntax-error] why\n"),
    ],
)
def test_removal(make_app: MakeApp, before: str, after: str) -> None:
    text = before
    for _ in range(3):
        app = make_app(text)
        fixes = [each.fixes[0] for each in examine(app).shown if each.code == "unused-suppression"]
        if not fixes:
            break
        [edit] = fixes[0].edits
        span = edit.location.absolute
        lines = text.split("\n")
        lines[span.line : span.end_line + 1] = [
            lines[span.line][: span.column] + edit.text + lines[span.end_line][span.end_column :]
        ]
        text = "\n".join(lines)
    assert text == after


def test_nobody_knows_whether_it_loads_where_the_author_says_otherwise(make_app: MakeApp) -> None:
    stack = "@app.route(){}\ndef hello(request): ...\n"
    for comment, verdict in [("", False), ("  # pystein: ignore[arg-name-mismatch, unbound-parameter]", None)]:
        app = make_app(HEAD + stack.format(comment))
        assert indexes(app, *examine(app)) is verdict
