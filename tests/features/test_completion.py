"""What is offered at a position, and what stands there when it is taken."""

from __future__ import annotations

import pytest

from pystein_lsp.features.completion import complete
from pystein_lsp.features.types import Item
from tests.features.conftest import At, Here

BELOW = "\ndef take(msg: func.QueueMessage, extra: str): ...\n"


def offered(here: Here) -> list[Item]:
    return sorted(complete(here.app, here.module, here.line, here.column), key=lambda item: (item.rank, item.label))


def labels(here: Here) -> list[str]:
    return [item.label for item in offered(here)]


def item(here: Here, label: str) -> Item:
    return next(item for item in offered(here) if item.label == label)


def taken(here: Here, label: str) -> str:
    """The line after an item was taken."""
    found = item(here, label)
    line = here.module.document.line_text(here.line)
    return line[: found.span.column] + found.text + line[found.span.end_column :]


def test_behind_the_dot_come_the_decorators_of_the_container(at: At) -> None:
    names = labels(at("@app.|"))
    assert names[0] == "route"  # there from the beginning
    assert names.index("timer_trigger") < names.index("dapr_topic_trigger")
    assert {"route", "timer_trigger", "queue_output", "function_name", "orchestration_trigger"} <= set(names)
    assert names.index("route") < names.index("queue_output") < names.index("generic_trigger")


def test_a_blueprint_and_a_durable_app_have_their_own(at: At) -> None:
    head = "import azure.durable_functions as df\n\nbp = df.Blueprint()\n\n"
    names = labels(at("@bp.|", head=head))
    assert "durable_client_input" in names
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "source",
    [
        "@nothing.|",
        'def f():\n    """Like this:\n\n    @app.|\n    """\n',
        '"""Like\n\n@app.route(|\n"""\n',
        "@app.route.|",
        "x = app.|\n",
        "# @app.|",
        "'@app.|'",
        "def f(): return |",
    ],
)
def test_elsewhere_nothing_is_offered(source: str, at: At) -> None:
    assert labels(at(source)) == []


def test_containers_are_offered_behind_the_at(at: At) -> None:
    assert labels(at("@|")) == ["app"]
    assert taken(at("@a|"), "app") == "@app"


def test_triggers_come_last_where_there_is_one(at: At) -> None:
    names = labels(at('@app.|\n@app.route(route="x")\ndef f(req): ...\n'))
    assert names.index("queue_output") < names.index("queue_trigger")


def test_the_name_that_is_there_is_replaced_whole(at: At) -> None:
    assert (
        taken(at('@app.que|ue_output(arg_name="x")\ndef f(): ...\n'), "queue_trigger")
        == '@app.queue_trigger(arg_name="x")'
    )
    assert item(at("@app.que|ue_output()\n"), "queue_trigger").snippet is None


def test_a_snippet_gives_the_whole_stack_where_no_function_follows(at: At) -> None:
    snippet = item(at("@app.|\n"), "queue_trigger").snippet
    assert snippet is not None
    first, second, third = snippet.split("\n")
    assert first.startswith('queue_trigger(arg_name="${1:msg}", queue_name="$2"')
    assert second == "def ${4:name}(${1}: func.QueueMessage) -> None:"
    assert third == "    $0"
    short = item(at("@app.|" + BELOW), "queue_trigger").snippet
    assert short is not None
    assert "\n" not in short


@pytest.mark.parametrize(
    "source",
    [
        '@app.queue_trigger(arg_name="msg", |)' + BELOW,
        '@app.queue_trigger(arg_name="msg", |' + BELOW,
        '@app.queue_trigger(arg_name="msg", |',
        '@app.queue_trigger(\n    arg_name="msg",\n    |\n)' + BELOW,
        '@app.queue_trigger(\n    arg_name="msg",\n    |\n\n@app.route()\ndef f(req): ...\n',
        '@app.queue_trigger("msg", |)' + BELOW,
        '@app.queue_trigger(|, arg_name="msg")' + BELOW,
        '@app.queue_trigger(arg_name="msg", q|)' + BELOW,
    ],
)
def test_keywords_that_are_not_given_yet_are_offered_required_ones_first(source: str, at: At) -> None:
    assert labels(at(source))[:2] == ["queue_name=", "connection="]
    assert "arg_name=" not in labels(at(source))


def test_a_keyword_brings_its_quotes_as_a_snippet(at: At) -> None:
    here = at("@app.queue_trigger(|)" + BELOW)
    assert item(here, "queue_name=").snippet == 'queue_name="$1"'
    assert item(at("@app.route(|)" + BELOW), "auth_level=").snippet == "auth_level=$1"


def test_constructors_have_keywords_too(at: At) -> None:
    here = at("", head="import azure.functions as func\n\napp = func.FunctionApp(|)\n")
    assert labels(here) == ["http_auth_level="]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('@app.queue_trigger(arg_name="|", queue_name="q", connection="C")' + BELOW, ["msg", "extra"]),
        ('@app.queue_trigger(arg_name="m|sg", queue_name="q", connection="C")' + BELOW, ["msg", "extra"]),
        ('@app.function_name("|")\n@app.route()' + BELOW, ["take"]),
        ('@app.route(auth_level="|")' + BELOW, ["FUNCTION", "ANONYMOUS", "ADMIN"]),
        ("@app.route(auth_level=func.AuthLevel.|)" + BELOW, ["FUNCTION", "ANONYMOUS", "ADMIN"]),
        (
            '@app.queue_trigger(arg_name="msg", queue_name="q", connection="|")' + BELOW,
            ["AzureWebJobsStorage", "Bus", "Cosmos", "Nightly"],
        ),
    ],
)
def test_values(source: str, expected: list[str], at: At) -> None:
    assert sorted(labels(at(source))) == sorted(expected)


def test_connections_come_in_the_order_in_which_they_are_likely(at: At) -> None:
    storage = (
        '@app.queue_trigger(arg_name="msg", queue_name="q", connection="AzureWebJobsStorage")\ndef first(msg): ...\n\n'
    )
    bus = '@app.service_bus_queue_trigger(arg_name="msg", queue_name="q", connection="|")'
    expected = ["Bus", "Cosmos", "AzureWebJobsStorage", "Nightly", "AzureWebJobsServiceBus"]
    assert labels(at(storage + bus + BELOW)) == expected


def test_values_bring_their_quotes_where_there_are_none(at: At) -> None:
    here = at('@app.queue_trigger(arg_name="msg", queue_name="q", connection=|)' + BELOW)
    assert taken(here, "Bus").endswith('connection="Bus")')


def test_an_output_may_take_what_the_function_returns(at: At) -> None:
    names = labels(at('@app.queue_output(arg_name="|", queue_name="q", connection="C")' + BELOW))
    assert names[-1] == "$return" or "$return" in names


def test_a_parameter_that_another_binding_fills_comes_later(at: At) -> None:
    here = at(
        '@app.queue_trigger(arg_name="msg", queue_name="q", connection="C")\n'
        '@app.queue_output(arg_name="|", queue_name="q", connection="C")' + BELOW
    )
    assert labels(here)[0] == "extra"


def test_contents_of_settings_are_never_offered(at: At) -> None:
    here = at('@app.queue_trigger(arg_name="msg", queue_name="q", connection="|")' + BELOW)
    assert "topsecret" not in repr(offered(here))
    assert item(here, "Cosmos").detail == "local.settings.json"


def test_schedules_come_with_their_words(at: At) -> None:
    here = at('@app.timer_trigger(arg_name="timer", schedule="|")\ndef f(timer): ...\n')
    assert item(here, "0 */5 * * * *").detail == "every 5 minutes"
    assert "%Nightly%" in labels(here)


def test_what_one_function_writes_another_may_read(at: At) -> None:
    here = at(
        '@app.queue_output(arg_name="out", queue_name="orders", connection="C")\n@app.route()\ndef f(req, out): ...\n\n'
        '@app.queue_trigger(arg_name="msg", queue_name="|", connection="C")' + BELOW
    )
    assert labels(here) == ["orders"]


def test_every_decorator_and_argument_is_documented(at: At) -> None:
    from pystein_lsp.catalogue import catalogue
    from pystein_lsp.features.types import DocumentationKey

    for source in ("@app.|", "@app.queue_trigger(|)"):
        for each in offered(at(source)):
            assert isinstance(each.documentation, DocumentationKey)
            assert catalogue().docs(*each.documentation), each.label


BLUEPRINTS = "from shop import bp as shop\n\nlocal = func.Blueprint()\napp.register_functions(shop)\napp.{}\n"


@pytest.mark.parametrize("call", ["register_functions(|)", "register_blueprint(l|)"])
def test_blueprints_are_offered_where_they_are_registered(call: str, at: At) -> None:
    here = at(BLUEPRINTS.format(call), {"shop.py": "import azure.functions as func\nbp = func.Blueprint()\n"})
    assert [(each.label, each.detail) for each in offered(here)] == [
        ("local", "functions.Blueprint"),
        ("shop", "registered already"),
    ]


@pytest.mark.parametrize("call", ["register_functions(app.|)", "register_functions(shop, |)", "other(|)"])
def test_blueprints_are_offered_nowhere_else(call: str, at: At) -> None:
    here = at(BLUEPRINTS.format(call), {"shop.py": "import azure.functions as func\nbp = func.Blueprint()\n"})
    assert labels(here) == []
