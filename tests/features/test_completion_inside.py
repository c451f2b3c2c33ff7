"""Completion inside texts, in annotations and in calls that name functions."""

from __future__ import annotations

import pytest

from pystein_lsp.features.completion import complete
from tests.features.conftest import At
from tests.features.test_occurrences import DURABLE


def offered(at: At, source: str, **options: str) -> list[str]:
    """The labels at the `|`, best first."""
    here = at(source, **options)
    items = complete(here.app, here.module, here.line, here.column)
    return [item.label for item in sorted(items, key=lambda item: (item.rank, item.label))]


def taken(at: At, source: str, label: str) -> str:
    """The line with an item taken."""
    here = at(source)
    item = next(each for each in complete(here.app, here.module, here.line, here.column) if each.label == label)
    line = here.module.document.line_text(item.span.line)
    return line[: item.span.column] + item.text + line[item.span.end_column :]


QUEUE = '@app.queue_trigger(arg_name="msg", queue_name="{}", connection="AzureWebJobsStorage")\ndef take(msg): ...\n'
BLOB = '@app.blob_output(arg_name="out", path="{}", connection="AzureWebJobsStorage")\n'


def test_settings_between_percent_signs(at: At) -> None:
    found = offered(at, QUEUE.format("%|%"))
    assert "Nightly" in found
    assert "FUNCTIONS_WORKER_RUNTIME" not in found
    assert 'queue_name="a-%Nightly%"' in taken(at, QUEUE.format("a-%Ni|"), "Nightly")
    assert 'queue_name="%Nightly%-b"' in taken(at, QUEUE.format("%|old%-b"), "Nightly")


def test_expressions_that_have_a_value_here(at: At) -> None:
    queue = QUEUE.format("orders")
    assert offered(at, BLOB.format("in/{|}") + queue)[0] == "queueTrigger"
    assert "rand-guid" in offered(at, BLOB.format("in/{|") + queue)
    assert "/{rand-guid}.txt" in taken(at, BLOB.format("in/{ra|}.txt") + queue, "rand-guid")
    assert "/{rand-guid}" in taken(at, BLOB.format("in/{|") + queue, "rand-guid")
    http = '@app.route(route="a/{name}/{id:int?}")\n' + BLOB.format("in/{|}") + "def take(req, out): ...\n"
    assert offered(at, http)[:2] == ["name", "id"]
    assert "Query." in offered(at, http)


def test_constraints_of_a_route(at: At) -> None:
    assert "int" in offered(at, '@app.route(route="a/{id:|}")\ndef f(req): ...\n')
    assert 'route="a/{id:int}"' in taken(at, '@app.route(route="a/{id:i|}")\ndef f(req): ...\n', "int")
    assert offered(at, '@app.route(route="a/{|}")\ndef f(req): ...\n') == []


def test_plain_text_is_not_taken_for_an_expression(at: At) -> None:
    assert "rand-guid" not in offered(at, BLOB.format("in/{name}/|") + QUEUE.format("orders"))
    assert "Nightly" not in offered(at, QUEUE.format("%Nightly%-|"))


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("def take(msg: |): ...", "func.QueueMessage"),
        ("def take(msg: func.|): ...", "func.QueueMessage"),
        ("def take(msg: func.Que|", "func.QueueMessage"),
        ("def take(x, msg: fu|): ...", "func.QueueMessage"),
    ],
)
def test_what_a_parameter_can_be(at: At, written: str, first: str) -> None:
    assert offered(at, QUEUE.format("orders").replace("def take(msg): ...", written))[0] == first


def test_outputs_and_answers(at: At) -> None:
    source = BLOB.format("a/b") + QUEUE.format("orders").replace("take(msg)", "take(msg, out: |)")
    assert offered(at, source)[0] == "func.Out[str]"
    assert offered(at, "@app.route()\ndef f(req) -> |: ...\n") == ["func.HttpResponse", "str"]


def test_constants_stand_for_texts(at: At) -> None:
    source = 'QUEUE = "orders"\nNUMBER = 5\nSECRET = "AccountKey=x"\n\n' + QUEUE.format("x").replace('"x"', "|")
    found = offered(at, source)
    assert "QUEUE" in found
    assert not {"NUMBER", "SECRET"} & set(found)


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ('"greet", "Tokyo"', '"|"', ["greet"]),
        ('"greet", "Tokyo"', "|", ["greet"]),
        ('"greet", "Tokyo"', '"greet", "|"', []),
        ('call_sub_orchestrator("flow")', 'call_sub_orchestrator("|")', ["flow"]),
        ('start_new("flow")', 'start_new("f|', ["flow"]),
        ('start_new("flow")', 'start_new(orchestration_function_name="|")', ["flow"]),
        ('start_new("flow")', 'signal_entity(df.EntityId("|', ["count"]),
        ('start_new("flow")', 'other("|")', []),
    ],
)
def test_names_of_functions_that_code_starts(at: At, old: str, new: str, names: list[str]) -> None:
    entity = '\n\n@app.entity_trigger(context_name="context")\ndef count(context): ...\n'
    assert offered(at, DURABLE.replace(old, new) + entity, head="") == names


def test_rules_can_be_ignored_by_name(at: At) -> None:
    found = offered(at, "x = 1  # pystein: ignore[inv|]\n")
    assert {"invalid-cron", "duplicate-route"} <= set(found)
    assert "syntax-error" not in found
    assert "# pystein: ignore[invalid-cron]" in taken(at, "x = 1  # pystein: ignore[inv|]\n", "invalid-cron")
    assert "invalid-cron" not in offered(at, "x = 1  # ignore[inv|]\n")


def test_what_modules_and_the_library_have(at: At) -> None:
    source = "import names\n\n" + QUEUE.format("x").replace('"x"', "names.|")
    here = at(source, {"names.py": 'QUEUE = "orders"\nNUMBER = 5\n'})
    assert [item.label for item in complete(here.app, here.module, here.line, here.column)] == ["QUEUE"]
    assert "AuthLevel" in offered(at, "@app.route(auth_level=func.|)\ndef f(req): ...\n")
    assert "ADMIN" in offered(at, "@app.route(auth_level=func.AuthLevel.|)\ndef f(req): ...\n")


@pytest.mark.parametrize(
    "read",
    ['req.route_params["|"]', "req.route_params.get('|')", 'print(req.route_params["k|"])', 'req.route_params["|'],
)
def test_parameters_of_the_route_where_they_are_read(at: At, read: str) -> None:
    here = at(f'@app.route(route="items/{{id:int}}/{{kind}}")\ndef f(req):\n    x = {read}\n')
    assert [item.label for item in complete(here.app, here.module, here.line, here.column)] == ["id", "kind"]


def test_other_texts_get_no_parameters_of_a_route(at: At) -> None:
    for read in ('req.params["|"]', 'other.route_params["|"]'):
        here = at(f'@app.route(route="items/{{id:int}}")\ndef f(req):\n    x = {read}\n')
        assert complete(here.app, here.module, here.line, here.column) == []
