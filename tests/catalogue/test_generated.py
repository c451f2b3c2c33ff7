"""The data files are what the stubs say, and the loader gives back what was read."""

from pathlib import Path

import pytest

from pystein_lsp.catalogue import catalogue
from pystein_lsp.catalogue.generate import DATA, DOCS, data_text, docs_text, main
from pystein_lsp.catalogue.location import stubs_directory
from pystein_lsp.catalogue.stub_classes import Knowledge, read_stubs
from pystein_lsp.catalogue.stub_modules import StubError, Stubs


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return read_stubs(Stubs(stubs_directory()))


def test_data_files_are_fresh(knowledge: Knowledge) -> None:
    stale = "is older than the stubs: run `python -m pystein_lsp.catalogue.generate`"
    assert DATA.read_text("utf-8") == data_text(knowledge), f"{DATA} {stale}"
    assert DOCS.read_text("utf-8") == docs_text(knowledge), f"{DOCS} {stale}"


def test_check_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert capsys.readouterr().err == ""


def test_loader_returns_what_was_read(knowledge: Knowledge) -> None:
    loaded = catalogue()
    assert dict(loaded.decorators) == knowledge.decorators
    assert dict(loaded.classes) == knowledge.classes
    assert dict(loaded.removed) == knowledge.removed
    assert dict(loaded.members) == knowledge.members
    assert dict(loaded.describes) == knowledge.describes
    for key, removed in knowledge.removed_parameters.items():
        for item in removed:
            assert loaded.removed_parameter(key, item.name) == item


def test_one_decorator_per_line() -> None:
    lines = DATA.read_text("utf-8").splitlines()
    assert sum(line.startswith('"queue_trigger": {') for line in lines) == 1
    assert max(map(len, lines)) < 8000


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("def queue_trigger(self, arg_name) -> Annotated[int, Trigger(since='1', see='x')]: ...", "has no annotation"),
        (
            "def queue_trigger(self) -> Annotated[int, Trigger(takes=(f(),), since='1', see='x')]: ...",
            "cannot name the type",
        ),
        ("if sys.platform == 'win32':\n        def queue_trigger(self) -> None: ...", "only `if sys.version_info"),
    ],
)
def test_form_that_is_not_understood_names_its_place(tmp_path: Path, source: str, says: str) -> None:
    for path in stubs_directory().rglob("*.pyi"):
        copy = tmp_path / path.relative_to(stubs_directory())
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    broken = tmp_path / "azure/functions/_api/storage_queue.pyi"
    head = "import sys\nfrom typing import Annotated\nfrom azure.functions._api.markers import Trigger\n"
    broken.write_text(f"{head}class QueueTriggers:\n    {source}\nclass QueueBindings: ...\n", "utf-8")
    with pytest.raises(StubError, match=rf"storage_queue\.pyi:\d+: .*{says}"):
        read_stubs(Stubs(tmp_path))
