"""Settings that code reads as environment variables: found, completed, explained, linked, and renamed with all else."""

from __future__ import annotations

import pytest

from pystein_lsp.features.completion import complete
from pystein_lsp.features.environment import settings_read
from pystein_lsp.features.hover import hover
from pystein_lsp.features.links import links
from pystein_lsp.features.occurrences import named_at
from pystein_lsp.features.rename import renamed
from pystein_lsp.syntax.document import Document
from tests.features.conftest import At
from tests.features.test_occurrences import found
from tests.features.test_reading import NOW

CODE = """\
import os
# os.environ["Cosmos"]
\"\"\"os.environ["Cosmos"]\"\"\"
text = 'os.getenv("Cosmos")'
ACCOUNT = os.environ["Cosmos"]


@app.cosmos_db_output(arg_name="doc", connection="Cosmos", database_name="shop", container_name="orders")
@app.route(route="x")
def hello(req, doc):
    return os.getenv(\'Cosmos\', "") + os.environ.get(
        "Cosmos"
    ) + os.environ["Nightly"]
"""
BUS = """\
from os import environ
NAMESPACE = environ["Bus__fullyQualifiedNamespace"]


@app.service_bus_queue_trigger(arg_name="msg", queue_name="orders", connection="Bus")
def take(msg): ...
"""


@pytest.mark.parametrize("place", ['ACCOUNT = os.environ["Cos|mos"]', 'connection="Cos|mos"', "getenv('Cos|mos'"])
def test_what_code_reads_belongs_to_the_setting(place: str, at: At) -> None:
    names = found(at(CODE.replace(place.replace("|", ""), place)))
    assert [text for _, text, _ in names] == ["Cosmos"] * 5
    assert [file for file, _, _ in names].count("local.settings.json") == 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("f\"{os.environ['Cosmos']}-{os.getenv('Nightly')}\"", ["Cosmos", "Nightly"]),
        ("rf'''{\n    os.getenv(\"Cosmos\")}''' + os.environ['Nightly']", ["Cosmos", "Nightly"]),
        ('f"{os.environ["Cosmos"]}" + os.environ["Nightly"]', ["Cosmos", "Nightly"]),
        ("f\"{os} os.environ['Cosmos']\" + f\"os.environ['Cosmos'] {os}\"", []),
        ("b\"{os.environ['Cosmos']}\" + \"{os.environ['Cosmos']}\"", []),
    ],
)
def test_reads_in_formatted_texts_count(text: str, names: list[str]) -> None:
    [block] = Document("x.py", f"x = {text}").blocks
    read = settings_read(block)
    assert [name for name, _ in read] == names
    lines = block.text.split("\n")
    assert [lines[span.line][span.column : span.end_column] for _, span in read] == names


def test_a_part_of_a_connection_is_renamed_with_it(at: At) -> None:
    here = at(BUS.replace('"Bus"', '"B|us"'))
    named = named_at(here.app, here.module, here.line, here.column)
    assert named is not None
    edits = renamed(here.app, named, "Topics")
    assert not isinstance(edits, str)
    assert sorted(here.text(edit.span) for edit in edits if edit.path == here.module.path) == ["Bus", "Bus"]


def test_it_is_explained_and_leads_to_where_it_is_defined(at: At) -> None:
    here = at(CODE.replace('["Nightly"]', '["Night|ly"]'))
    told = hover(here.app, here.module, here.line, here.column, NOW)
    assert told is not None
    assert told.text == "`Nightly`: set; defined in local.settings.json."
    led = [here.text(link.span) for link in links(here.app, here.module) if "settings.json" in link.target]
    assert led == ["Cosmos"] * 4 + ["Nightly"]


@pytest.mark.parametrize("read", ['os.environ["|"]', "os.getenv('|')", 'environ.get("N|", "")'])
def test_the_app_s_own_settings_are_offered(read: str, at: At) -> None:
    here = at(f"import os\nfrom os import environ\nx = {read}\n")
    offered = [item.label for item in complete(here.app, here.module, here.line, here.column)]
    assert offered == ["AzureWebJobsStorage", "Bus__fullyQualifiedNamespace", "Cosmos", "Nightly"]


@pytest.mark.parametrize("other", ['print("|")', 'environment["|"]', '"""os.environ["|"]'])
def test_nothing_is_offered_elsewhere(other: str, at: At) -> None:
    here = at(f"x = {other}\n")
    assert complete(here.app, here.module, here.line, here.column) == []
