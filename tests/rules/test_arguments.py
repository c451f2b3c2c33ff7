"""The rules about arguments, containers and triggers: what the library makes of each mistake."""

from __future__ import annotations

import pytest

from tests.conftest import Check

HEAD = "import azure.functions as func\nimport azure.durable_functions as df\napp = func.FunctionApp()\nbp = func.Blueprint()\n"
HTTP = '@app.route("r")\n'


@pytest.mark.parametrize(
    ("source", "code", "severity", "marked"),
    [
        ('@app.queue_trigger("m", "q")\ndef f(m): ...\n', "missing-argument", "error", "queue_trigger"),
        ('@app.route(rout="r")\ndef f(req): ...\n', "unknown-argument", "error", "rout"),
        ('@app.queue_trigger("m", "q", "C", name="x")\ndef f(m): ...\n', "unknown-argument", "error", "name"),
        (
            '@app.queue_trigger("m", "q", "C", data_typ="D")\ndef f(m): ...\n',
            "swallowed-argument",
            "warning",
            "data_typ",
        ),
        ('@app.route(auth_level="nobody")\ndef f(req): ...\n', "invalid-enum-value", "error", '"nobody"'),
        (
            "@app.route(auth_level=func.AuthLevel.NOBODY)\ndef f(req): ...\n",
            "invalid-enum-value",
            "error",
            "func.AuthLevel.NOBODY",
        ),
        (
            "@app.route(auth_level=func.DataType.STRING)\ndef f(req): ...\n",
            "invalid-enum-value",
            "warning",
            "func.DataType.STRING",
        ),
        ("@app.route(auth_level=5)\ndef f(req): ...\n", "invalid-enum-value", "warning", "5"),
        ('@app.queue_trigger("m", "q", "C", data_type=5)\ndef f(m): ...\n', "invalid-enum-value", "error", "5"),
        (
            "@app.route(methods=func.HttpMethod.GET)\ndef f(req): ...\n",
            "invalid-enum-value",
            "error",
            "func.HttpMethod.GET",
        ),
        (
            '@app.blob_trigger("b", "c/b", "C", source="Nowhere")\ndef f(b): ...\n',
            "invalid-enum-value",
            "warning",
            '"Nowhere"',
        ),
        ('@func.route("r")\ndef f(req): ...\n', "unknown-decorator", "error", "route"),
        ('@df.activity_trigger("a")\ndef f(a): ...\n', "unknown-decorator", "error", "activity_trigger"),
        (
            HTTP + '@app.event_grid_output("out")\ndef f(req, out): ...\n',
            "conflicting-arguments",
            "error",
            "event_grid_output",
        ),
        (
            '@app.timer_trigger("t", "0 0 * * * *")\n' + HTTP + "def f(t, req): ...\n",
            "multiple-triggers",
            "error",
            "timer_trigger",
        ),
        ('@bp.function_name("n")\n' + HTTP + "def f(req): ...\n", "mixed-containers", "error", "bp"),
        ('@app.function_name("n")\ndef f(): ...\n', "missing-trigger", "error", "f"),
    ],
)
def test_is_reported(check: Check, source: str, code: str, severity: str, marked: str) -> None:
    [found] = check(HEAD + source, only=code)
    assert (found.severity, found.text) == (severity, marked)


@pytest.mark.parametrize(
    "source",
    [
        'func.Blueprint("x", y=1)\n',
        '@app.blob_trigger("b", "c/b", "C", source="EventGrid")\ndef f(b): ...\n',
        '@app.event_grid_trigger("e", type="eventGridTrigger")\ndef f(e): ...\n',
        HTTP + '@app.embeddings_input("e", "x", input_type="url")\ndef f(req, e): ...\n',
        HTTP + '@app.event_grid_output("out", connection="C")\ndef f(req, out): ...\n',
        HTTP + '@app.event_grid_output("out", topic_endpoint_uri=URI, topic_key_setting="K")\ndef f(req, out): ...\n',
    ],
)
def test_is_silent(check: Check, source: str) -> None:
    rules = {"unknown-argument", "invalid-enum-value", "swallowed-argument", "conflicting-arguments"}
    assert [each for each in check(HEAD + source) if each.code in rules] == []


@pytest.mark.parametrize("kind", ["queueTrigger", "MYTRIGGER", "foo"])
def test_types_of_generic_triggers(check: Check, kind: str) -> None:
    found = check(
        f"import azure.functions as func\napp = func.FunctionApp()\n@app.generic_trigger('m', '{kind}')\ndef f(m): ...\n"
    )
    assert [(each.code, each.text) for each in found] == (
        [("missing-trigger", "generic_trigger")] if kind == "foo" else []
    )


def test_of_two_names_the_lower_counts(check: Check) -> None:
    named = '@app.function_name("a")\n@app.function_name("b")\n' + HTTP + "def f(req): ...\n"
    other = '@app.function_name("a")\n@app.route("s")\ndef g(req): ...\n'
    assert check(HEAD + named + other, only="duplicate-function-name") == []


def test_another_apps_functions_are_lost(check: Check) -> None:
    files = {"other.py": 'import azure.functions as func\napp = func.FunctionApp()\n@app.route("o")\ndef o(req): ...\n'}
    [found] = check(HEAD + "import other\n" + HTTP + "def f(req): ...\n", files, only="multiple-apps")
    assert (found.file, found.severity) == ("other.py", "error")


def test_a_mixed_setting_changes_another_function(check: Check) -> None:
    source = HEAD + '@bp.route("b")\ndef b(req): ...\n@bp.function_name("n")\n' + HTTP + "def f(req): ...\n"
    [found] = check(source, only="mixed-containers")
    assert "it changes the function that was added to 'bp' before" in found.message


@pytest.mark.parametrize("arguments", ['"m", **options', "*names", '*names, connection="C"'])
def test_unpacked_arguments_may_be_the_missing_ones(check: Check, arguments: str) -> None:
    source = f"{HEAD}from settings import names, options\n@app.queue_trigger({arguments})\ndef f(m): ...\n"
    assert check(source, only="missing-argument") == []
