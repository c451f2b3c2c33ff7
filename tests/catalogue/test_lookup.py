"""What the rules and features ask the catalogue."""

import importlib.util
import sys

import pytest

from pystein_lsp.catalogue import catalogue


def test_own_version_of_a_durable_decorator() -> None:
    found = catalogue()
    plain = found.decorator("azure.functions.FunctionApp", "orchestration_trigger")
    durable = found.decorator("azure.durable_functions.DFApp", "orchestration_trigger")
    assert plain
    assert durable
    assert [item.name for item in plain.parameters] == ["context_name", "orchestration"]
    assert [item.name for item in durable.parameters] == ["context_name", "orchestration", "input_type"]
    assert (plain.package, durable.package) == ("azure-functions", "azure-functions-durable")


def test_decorators_of_a_class() -> None:
    found = catalogue()
    assert found.decorator("azure.durable_functions.Blueprint", "queue_trigger") == found.decorators["queue_trigger"]
    assert found.decorator("azure.functions.FunctionApp", "durable_openai_agent_orchestrator") is None
    assert found.decorator("azure.functions.FunctionApp", "http_trigger") is None
    assert found.decorator("flask.Flask", "route") is None


def test_alias() -> None:
    found = catalogue()
    timer, schedule = found.decorators["timer_trigger"], found.decorators["schedule"]
    assert schedule.alias_of == "timer_trigger"
    assert (schedule.since, timer.since) == ("1.10.0", "1.13.3")
    assert schedule.parameters == timer.parameters


def test_route_names_two_bindings() -> None:
    route = catalogue().decorators["route"]
    assert route.default_names == (("trigger_arg_name", "req", "in"), ("binding_arg_name", "$return", "out"))
    assert route.value_types == ("azure.functions.HttpRequest",)
    assert route.return_types == ("azure.functions.HttpResponse", "str")
    assert route.bundle == "host"


def test_removed_names_and_parameters() -> None:
    found = catalogue()
    assert found.removed["on_queue_change"].replaced_by == ("queue_trigger",)
    assert found.removed["on_cosmos_db_update"].replaced_by == ("cosmos_db_trigger", "cosmos_db_trigger_v3")
    renames = dict(found.removed["on_cosmos_db_update"].parameters)
    assert (renames["collection_name"], renames["checkpoint_interval"]) == ("container_name", None)
    renamed = found.removed_parameter("cosmos_db_trigger", "collection_name")
    assert renamed
    assert renamed.replaced_by == ("container_name",)
    dropped = found.removed_parameter("cosmos_db_trigger", "checkpoint_interval")
    assert dropped
    assert dropped.replaced_by == ()
    assert dropped.note
    assert found.removed_parameter("cosmos_db_trigger_v3", "collection_name") is None
    assert {item.name for item in found.classes["azure.functions.FunctionApp"].removed} >= {"auth_level", "wsgi_app"}


def test_every_replacement_exists() -> None:
    found = catalogue()
    for removed in found.removed.values():
        assert removed.replaced_by
        assert set(removed.replaced_by) <= set(found.decorators)
    for key, decorator in found.decorators.items():
        names = {item.name for item in decorator.parameters}
        for parameter in ("collection_name", "connection_string_setting", "model", "connection_name"):
            if removed := found.removed_parameter(key, parameter):
                assert set(removed.replaced_by) <= names


def test_names_that_never_existed() -> None:
    found = catalogue()
    assert found.meant("http_trigger") == "route"
    assert found.meant("warmup_trigger") == "warm_up_trigger"
    assert found.meant("event_hub_trigger") == "event_hub_message_trigger"
    assert found.meant("queue_trigger") is None


def test_enums() -> None:
    found = catalogue()
    level = found.enum("azure.functions.AuthLevel")
    assert level
    assert level.members == ("FUNCTION", "ANONYMOUS", "ADMIN")
    method = found.enum("azure.functions.HttpMethod")
    assert method
    assert method.members_2 == ("QUERY",)
    mode = found.enum("azure.functions.CosmosDBChangeFeedMode")
    assert mode
    assert mode.since_2
    assert found.enum("azure.functions.FunctionApp") is None
    assert found.enum("nowhere.AuthLevel") is None


def test_enum_parameters() -> None:
    found = catalogue()
    parameters = {(key, item.name): item for key, value in found.decorators.items() for item in value.parameters}
    cardinality = parameters["event_hub_message_trigger", "cardinality"]
    assert (cardinality.kind, cardinality.choices, cardinality.texts) == ("enum", ("ONE", "MANY"), None)
    source = parameters["blob_trigger", "source"]
    assert source.texts == ("EventGrid", "LogsAndContainerScan")
    assert parameters["embeddings_input", "input_type"].texts == ("RawText", "FilePath", "Url")
    app_level = found.classes["azure.functions.FunctionApp"].parameters[0]
    assert (app_level.name, app_level.ignore_case) == ("http_auth_level", False)


def test_documentation() -> None:
    found = catalogue()
    assert found.docs("queue_trigger").startswith("Run for each message of a storage queue.")
    assert "```python\n@app.queue_trigger(" in found.docs("queue_trigger")
    assert "`%SETTING%` is resolved" in found.docs("queue_trigger", "queue_name")
    assert found.docs("queue_trigger", "no_such_parameter") == found.docs("no_such_decorator") == ""


SECOND_LINE = sys.version_info >= (3, 13)
MODULES = [name for name in catalogue().members if not name.startswith("azure.durable_functions.openai_agents")]


@pytest.mark.parametrize("name", MODULES)
def test_public_names_are_there(name: str) -> None:
    if name in ("azure.functions._blob", "azure.functions._timer") and not SECOND_LINE:
        pytest.skip("a module of azure-functions 2.x")
    module = importlib.import_module(name)
    missing = []
    for item, member in catalogue().members[name].items():
        if member.since_2 and not SECOND_LINE:
            continue
        if member.kind == "module" and importlib.util.find_spec(f"{name}.{item}"):
            continue
        if not hasattr(module, item):
            missing.append(item)
        elif member.kind == "enum":
            members = [each for each in member.members if SECOND_LINE or each not in member.members_2]
            assert list(getattr(module, item).__members__) == members
    assert [item for item in missing if item not in ("_blob", "_timer")] == []
