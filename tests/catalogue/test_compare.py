"""The stubs against the installed library, and what the comparison says where they differ."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pystein_lsp.catalogue import catalogue
from pystein_lsp.catalogue.compare import CompareError, Library, differences, look_at, main
from pystein_lsp.catalogue.versions import knowledge_of


@pytest.fixture(scope="module")
def library() -> Library:
    return look_at()


def known_version(library: Library) -> bool:
    return library.versions["azure-functions"] in catalogue().describes["azure-functions"]


def test_stubs_describe_the_installed_library(library: Library) -> None:
    if not known_version(library):
        pytest.skip(knowledge_of(library.versions["azure-functions"]).note)
    assert differences(library) == []


def test_every_decorator_was_looked_at(library: Library) -> None:
    real = library.classes["azure.functions.FunctionApp"]["decorators"]
    assert len(real) >= 66
    assert real["queue_trigger"]["bindings"] == [["queueTrigger", "IN"]]
    assert real["route"]["bindings"] == [["httpTrigger", "IN"], ["http", "OUT"]]
    bound = [name for name, item in real.items() if item["bindings"]]
    assert len(bound) >= 60


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: d.update(new_trigger={**d["queue_trigger"]}), "has a decorator new_trigger(arg_name, queue_name,"),
        (lambda d: d.pop("retry"), "has no decorator retry, which the stubs have"),
        (
            lambda d: d["queue_trigger"]["parameters"].append({"name": "batch", "required": False}),
            "@queue_trigger has a parameter batch that the stubs lack",
        ),
        (lambda d: d["queue_trigger"]["parameters"].pop(1), "@queue_trigger has no parameter queue_name"),
        (
            lambda d: d["timer_trigger"]["parameters"][1].update(required=False),
            "@timer_trigger does not require schedule, unlike in the stubs",
        ),
        (lambda d: d["retry"].update(extra=True), "@retry takes unknown keywords, unlike in the stubs"),
        (lambda d: d["sql_input"].update(bindings=[["sql", "OUT"]]), "@sql_input adds a binding ('sql', 'out')"),
    ],
)
def test_each_difference_is_named(change, says: str) -> None:  # type: ignore[no-untyped-def]
    library = look_at()
    change(library.classes["azure.functions.FunctionApp"]["decorators"])
    found = differences(library)
    assert any(says in line for line in found), found


def test_new_names_and_members_are_named() -> None:
    library = look_at()
    if not known_version(library):
        pytest.skip("the library is not one whose names are known")
    library.enums["azure.functions.AuthLevel"].append("USER")
    library.names["azure.functions"].append("NewThing")
    library.classes["azure.functions.FunctionApp"]["parameters"].append({"name": "title", "required": False})
    assert differences(library) == [
        "azure.functions.FunctionApp takes http_auth_level, title, in the stubs http_auth_level",
        "azure.functions.AuthLevel has the members FUNCTION, ANONYMOUS, ADMIN, USER, in the stubs FUNCTION, ANONYMOUS, ADMIN",
        "azure.functions.NewThing is a public name that the stubs lack",
    ]


def test_prints_what_it_found(capsys: pytest.CaptureFixture[str], library: Library) -> None:
    status = main([])
    printed = capsys.readouterr().out.splitlines()
    assert library.versions["azure-functions"] in printed[0]
    assert status == (0 if printed[-1] == "no differences" else 1)


def test_interpreter_that_does_not_exist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--python", str(tmp_path / "python")]) == 2
    assert "does not run: no such file or directory" in capsys.readouterr().err


@pytest.fixture
def bare_python(tmp_path: Path) -> Path:
    """An interpreter without any package."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True)
    return tmp_path / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def test_library_that_is_missing(bare_python: Path) -> None:
    with pytest.raises(CompareError, match="has no azure-functions that can be imported"):
        look_at(str(bare_python))


def test_library_that_is_broken(bare_python: Path) -> None:
    [site] = bare_python.parent.parent.rglob("site-packages")
    (site / "azure/functions").mkdir(parents=True)
    (site / "azure/functions/__init__.py").write_text("raise ValueError('half an upgrade')\n")
    with pytest.raises(CompareError, match="ValueError: half an upgrade"):
        look_at(str(bare_python))
