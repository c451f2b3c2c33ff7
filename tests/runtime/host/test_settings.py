"""local.settings.json, host.json and connections."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pystein_runtime.host import host_config, settings
from pystein_runtime.host.host_config import HostConfigError


def read(root: Path, content: Any, **environment: str) -> settings.Settings:
    text = content if isinstance(content, str) else json.dumps(content)
    (root / "local.settings.json").write_text(text, "utf-8")
    return settings.read(root, environment)


def test_values(tmp_path: Path) -> None:
    found = read(tmp_path, {"Values": {"A": "1", "B": 2, "C": True, "D": None, "": "x"}}, A="environment")
    assert (found.values["A"], found.values["B"], found.values["C"]) == ("environment", "2", "True")
    assert "D" not in found.values
    assert [warning.split(": ")[1] for warning in found.warnings] == [
        "D is ignored because it is null.",
        "a setting without a name is ignored.",
    ]
    assert settings.get(found, "a") == "environment"
    assert found.values["AZURE_FUNCTIONS_ENVIRONMENT"] == "Development"


def test_one_nested_value_loses_all(tmp_path: Path) -> None:
    found = read(tmp_path, {"Values": {"A": "1", "B": {"c": 1}}})
    assert "A" not in found.values
    assert "the value of B is not a text" in found.warnings[0]


def test_host_section(tmp_path: Path) -> None:
    found = read(tmp_path, {"Host": {"LocalHttpPort": "7072", "CORS": "a, b,", "CORSCredentials": True}})
    assert (found.port, found.cors, found.cors_credentials) == (7072, ("a", "b"), True)
    assert read(tmp_path, {"Host": {"LocalHttpPort": "x"}}).warnings


def test_no_file(tmp_path: Path) -> None:
    assert settings.read(tmp_path, {}).values["FUNCTIONS_WORKER_RUNTIME"] == "python"


AZURITE = (
    "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=abc=;"
    "BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1;QueueEndpoint=http://localhost:10001/devstoreaccount1"
)
REAL = "DefaultEndpointsProtocol=https;AccountName=mine;AccountKey=abc=;EndpointSuffix=core.windows.net"


@pytest.mark.parametrize(
    ("values", "name", "kind"),
    [
        ({}, "", "development"),
        ({}, "AzureWebJobsStorage", "development"),
        ({}, "Other", "missing"),
        ({"Other": ""}, "Other", "development"),
        ({"AzureWebJobsStorage": "UseDevelopmentStorage=true"}, "", "development"),
        ({"AzureWebJobsStorage": "usedevelopmentstorage=True;"}, "azurewebjobsstorage", "development"),
        ({"Other": AZURITE}, "Other", "development"),
        ({"Other": AZURITE.replace("127.0.0.1", "10.0.0.1")}, "Other", "string"),
        ({"Other": REAL}, "other", "string"),
        ({"AzureWebJobsOther": REAL}, "Other", "string"),
        ({"Other__blobServiceUri": "https://x"}, "Other", "identity"),
        ({"AzureWebJobsStorage__accountName": "x"}, "", "identity"),
    ],
)
def test_connections(tmp_path: Path, values: dict[str, str], name: str, kind: str) -> None:
    assert settings.storage_connection(read(tmp_path, {"Values": values}), name).kind == kind


def test_a_connection_string_of_its_own_section(tmp_path: Path) -> None:
    found = read(tmp_path, {"ConnectionStrings": {"Db": {"ConnectionString": REAL, "ProviderName": "x"}}})
    assert settings.storage_connection(found, "db").value == REAL


def config(root: Path, content: Any, **environment: str) -> host_config.HostConfig:
    (root / "host.json").write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return host_config.read(root, settings.read(root, environment))


def test_host_json(tmp_path: Path) -> None:
    assert config(tmp_path, "").route_prefix == "api"
    content = {
        "version": "2.0",
        "functionTimeout": "00:01:00",
        "functions": ["a"],
        "Extensions": {
            "http": {"routePrefix": "/v1/", "customHeaders": {"X-A": "b"}},
            "queues": {"batchSize": 4, "visibilityTimeout": "00:00:30", "messageEncoding": "none"},
        },
    }
    found = config(tmp_path, "// comment\n" + json.dumps(content))
    assert (found.route_prefix, found.timeout, found.functions) == ("v1", 60.0, ("a",))
    assert found.custom_headers == {"X-A": "b"}
    queues = found.queues
    assert (queues.batch_size, queues.new_batch_threshold, queues.visibility_timeout) == (4, 2, 30.0)
    assert queues.base64 is False
    assert config(tmp_path, {"version": "2.0", "functionTimeout": "-1"}).timeout is None


def test_settings_override_host_json(tmp_path: Path) -> None:
    overridden = {"AzureFunctionsJobHost__extensions__http__routePrefix": "x"}
    assert config(tmp_path, {"version": "2.0"}, **overridden).route_prefix == "x"


@pytest.mark.parametrize(
    "queues", [{"batchSize": 0}, {"batchSize": 33}, {"batchSize": "x"}, {"visibilityTimeout": "soon"}]
)
def test_options_out_of_range(tmp_path: Path, queues: dict[str, Any]) -> None:
    with pytest.raises(HostConfigError, match=next(iter(queues))):
        config(tmp_path, {"version": "2.0", "extensions": {"queues": queues}})


def test_places_of_mistakes_are_those_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(
        settings.SettingsError, match=r"local\.settings\.json:3:9 is not valid JSON: a comma is missing"
    ):
        read(tmp_path, '{\n  // one\n  "a": 1\n  "b": 2\n}')
