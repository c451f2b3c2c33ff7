"""App settings: what a connection name finds, as the platform would look it up, and what is evidence that one is missing."""

from __future__ import annotations

import json

import pytest

from pystein_lsp.model.settings import Settings
from tests.conftest import MakeApp


def read(make_app: MakeApp, values: object, environ: dict[str, str] | None = None, **more: object) -> Settings:
    content = {"IsEncrypted": False, "Values": values, **more}
    return make_app("", {"local.settings.json": json.dumps(content)}, environ).settings


@pytest.mark.parametrize(
    ("setting", "name"),
    [
        ("Store", "Store"),
        ("store", "STORE"),
        ("AzureWebJobsStore", "Store"),
        ("AzureWebJobsStore", "AzureWebJobsStore"),
        ("Store__blobServiceUri", "Store"),
        ("Store:fullyQualifiedNamespace", "Store"),
        ("AzureWebJobsStore__accountName", "Store"),
        ("Outer__Inner", "Outer:Inner"),
        ("Outer__Inner__Deep", "Outer"),
    ],
)
def test_found(make_app: MakeApp, setting: str, name: str) -> None:
    settings = read(make_app, {"Other": "1", setting: "x"})
    found = settings.connection(name)
    assert found
    assert found.name == setting
    assert found.location
    assert found.location.path.endswith("local.settings.json")


@pytest.mark.parametrize("name", ["Sto", "Stores", "AzureWebJobs", "blobServiceUri", "", "Null", "Empty key"])
def test_not_found(make_app: MakeApp, name: str) -> None:
    assert read(make_app, {"Store": "1", "Stor__x": "2", "Null": None, "": "3"}).connection(name) is None


def test_connection_strings(make_app: MakeApp) -> None:
    settings = read(make_app, {}, ConnectionStrings={"Sql": "x", "AzureWebJobsDb": {"ConnectionString": "y"}})
    assert settings.connection("Sql")
    assert settings.connection("Db")


def test_the_environment_wins(make_app: MakeApp) -> None:
    settings = read(make_app, {"STORE": "file"}, {"Store": "environment", "Bus__fullyQualifiedNamespace": "x"})
    store = settings.connection("store")
    assert store
    assert (store.value, store.location) == ("environment", None)
    assert settings.connection("Bus")
    assert settings.names == ()


def test_comments_are_tolerated(make_app: MakeApp) -> None:
    text = '// local\n{"IsEncrypted": false, /* all */ "Values": {"Store": "x",}, }\n'
    settings = make_app("", {"local.settings.json": text}).settings
    assert settings.evidence == "real"
    assert settings.connection("Store")


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"local.settings.json": '{"IsEncrypted": true, "Values": {"Store": "x"}}'},
        {"local.settings.json": '{"Values": {"Store": '},
        {"local.settings.json": "[]"},
        {"local.settings.json": ""},
        {"local.settings.json": '{"IsEncrypted": false, "Values": {"Store": "x", "Nested": {"a": 1}}}'},
        {"settings.json": '{"Values": {"Store": "x"}}'},
    ],
)
def test_no_evidence(make_app: MakeApp, files: dict[str, str]) -> None:
    settings = make_app("", files).settings
    assert settings.evidence == "none"
    assert settings.connection("Store") is None


@pytest.mark.parametrize(
    "name", ["local.settings.json.example", "local.settings.template.json", "sample.local.settings.json"]
)
def test_templates_are_weaker_evidence(make_app: MakeApp, name: str) -> None:
    text = '{"Values": {"Store": "<your connection>"}}'
    settings = make_app("", {name: text}).settings
    assert settings.evidence == "template"
    store = settings.connection("Store")
    assert store
    assert store.from_template
    real = make_app(
        "", {name: text, "local.settings.json": '{"IsEncrypted": false, "Values": {"Other": "x"}}'}
    ).settings
    assert real.evidence == "real"


def test_ten_thousand_settings(make_app: MakeApp) -> None:
    settings = read(make_app, {f"Name{number}__uri": "x" for number in range(10_000)})
    assert all(settings.connection(f"name{number}") for number in range(10_000))
    assert not any(settings.connection(f"other{number}") for number in range(10_000))
