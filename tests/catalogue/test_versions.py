"""Which version has what."""

import pytest

from pystein_lsp.catalogue import catalogue
from pystein_lsp.catalogue.versions import brings, has, knowledge_of, parse


@pytest.mark.parametrize(
    ("version", "decorator", "there"),
    [
        ("1.10.1", "route", True),
        ("1.10.1", "queue_trigger", False),
        ("1.17.0", "mcp_tool_trigger", False),
        ("1.24.0", "mcp_tool_trigger", True),
        ("1.25.0", "mcp_prompt_trigger", False),
        ("1.26.0b1", "mcp_prompt_trigger", True),
        ("2.1.0", "mcp_prompt_trigger", False),
        ("2.2.0", "mcp_prompt_trigger", True),
        ("2.0.0", "mcp_tool", True),
    ],
)
def test_decorators(version: str, decorator: str, there: bool) -> None:
    assert has(version, catalogue().decorators[decorator]) is there


@pytest.mark.parametrize(
    ("version", "decorator", "parameter", "there"),
    [
        ("1.19.0", "blob_trigger", "source", False),
        ("1.20.0", "blob_trigger", "source", True),
        ("2.0.0", "blob_trigger", "source", True),
        ("1.26.0", "cosmos_db_trigger", "change_feed_mode", False),
        ("2.2.0", "cosmos_db_trigger", "change_feed_mode", False),
        ("2.3.0", "cosmos_db_trigger", "change_feed_mode", True),
        ("2.0.0", "kafka_trigger", "ssl_ca_pem", False),
        ("2.1.0", "kafka_trigger", "ssl_ca_pem", True),
        ("1.24.0", "kafka_trigger", "topic", True),
    ],
)
def test_parameters(version: str, decorator: str, parameter: str, there: bool) -> None:
    known = catalogue().decorators[decorator]
    found = next(item for item in known.parameters if item.name == parameter)
    assert has(version, known, found) is there


def test_what_brings_it_depends_on_the_line() -> None:
    known = catalogue().decorators["connector_trigger"]
    assert brings(known) == brings(known, version="1.20.0") == "1.26.0"
    assert brings(known, version="2.0.0") == "2.2.0"
    durable = catalogue().decorators["durable:durable_openai_agent_orchestrator"]
    assert brings(durable, version="2.0.0") == "1.4.0"


@pytest.mark.parametrize(
    ("version", "used", "says"),
    [
        ("1.21.3", "1.21.3", ""),
        (None, "1.26.0", "No azure-functions was found"),
        ("nonsense", "1.26.0", "'nonsense' is no version of azure-functions"),
        ("1.9.0", "1.10.0", "has no decorators"),
        ("1.99.0", "1.26.0", "newer than what is known"),
        ("2.99.0", "2.3.0", "newer than what is known"),
        ("3.0.0", "2.3.0", "newer than what is known"),
    ],
)
def test_knowledge_that_stands_in(version: str | None, used: str, says: str) -> None:
    knowledge = knowledge_of(version)
    assert knowledge.version == used
    assert says in knowledge.note
    assert bool(says) == bool(knowledge.note)


def test_durable_has_one_line() -> None:
    assert knowledge_of("2.0.0rc3", "azure-functions-durable").version == "1.7.0"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1.21.3", (1, 21, 3)),
        ("2.2.0b5", (2, 2, 0)),
        ("v1.2", (1, 2)),
        ("1.25.0b3.dev2", (1, 25, 0)),
        ("x", None),
        ("", None),
    ],
)
def test_parse(text: str, numbers: tuple[int, ...] | None) -> None:
    assert parse(text) == numbers
