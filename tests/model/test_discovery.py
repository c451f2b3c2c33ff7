"""Where the apps of a tree are, and which modules belong to which."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pystein_lsp.model.app import App, Context, python_files
from pystein_lsp.model.discovery import app_of, find_apps
from pystein_lsp.model.files import Files

APP = "import azure.functions as func\napp = func.FunctionApp()\n"


def tree(root: Path, *paths: str, **texts: str) -> None:
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        name = file.name
        file.write_text(APP if name == "function_app.py" else "{}" if name.endswith(".json") else "", "utf-8")
    for path, text in texts.items():
        (root / path).write_text(text, "utf-8")


def found(root: Path) -> list[str]:
    return [os.path.relpath(each, root).replace(os.sep, "/") for each in find_apps(Files(), str(root))]


@pytest.mark.parametrize(
    ("paths", "apps"),
    [
        (["function_app.py"], ["."]),
        (["a/function_app.py", "b/host.json", "b/function_app.py", "c/readme.md"], ["a", "b"]),
        (["function_app.py", "nested/function_app.py"], [".", "nested"]),
        (["host.json", "requirements.txt"], ["."]),
        (["host.json", "main.py"], ["."]),
        (["host.json"], []),
        (["host.json", "App.csproj", "tool.py"], []),
        (["host.json", "package.json", "deploy.py"], []),
        (["web/package.json", "api/host.json", "api/function_app.py"], ["api"]),
        ([".venv/lib/azure/functions/decorators/function_app.py", "x.py"], []),
        (["env2/pyvenv.cfg", "env2/lib/function_app.py"], []),
        (["worker/azure/functions/decorators/function_app.py"], []),
        ([".archive/function_app.py", "node_modules/x/function_app.py", ".python_packages/lib/function_app.py"], []),
        (["Function_App.py"], []),
        (["Function_App.py", "host.json"], ["."]),
    ],
)
def test_which_folders_are_apps(tmp_path: Path, paths: list[str], apps: list[str]) -> None:
    tree(tmp_path, *paths)
    assert found(tmp_path) == apps


@pytest.mark.parametrize(
    ("runtime", "apps"), [("python", ["."]), ("Python", ["."]), ("dotnet-isolated", []), ("node", [])]
)
def test_the_runtime_of_the_settings_decides(tmp_path: Path, runtime: str, apps: list[str]) -> None:
    tree(tmp_path, "host.json", "x.py")
    (tmp_path / "local.settings.json").write_text(f'{{"Values": {{"FUNCTIONS_WORKER_RUNTIME": "{runtime}"}}}}', "utf-8")
    assert found(tmp_path) == apps


def test_links_that_go_round(tmp_path: Path) -> None:
    tree(tmp_path, "a/function_app.py", "a/sub/x.py")
    try:
        (tmp_path / "a" / "sub" / "up").symlink_to(tmp_path, target_is_directory=True)
        (tmp_path / "self").symlink_to(tmp_path / "self")
    except OSError:
        pytest.skip("links cannot be made here")
    assert found(tmp_path) == ["a"]
    assert len(list(python_files(Files(), str(tmp_path)))) == 0
    assert len(list(python_files(Files(), str(tmp_path / "a")))) == 2


def test_the_app_of_a_file(tmp_path: Path) -> None:
    tree(tmp_path, "api/function_app.py", "api/shared/deep/tool.py", "api/nested/function_app.py", "web/x.py")
    files = Files()
    assert app_of(files, str(tmp_path / "api/shared/deep/tool.py")) == str(tmp_path / "api")
    assert app_of(files, str(tmp_path / "api/nested/function_app.py")) == str(tmp_path / "api/nested")
    assert app_of(files, str(tmp_path / "web/x.py")) is None


def test_modules_of_nested_apps_are_their_own(tmp_path: Path) -> None:
    tree(
        tmp_path,
        "function_app.py",
        "shared/a.py",
        "nested/function_app.py",
        "nested/b.py",
        "other/host.json",
        "other/c.py",
    )
    app = App(Files(), str(tmp_path), Context({}))
    assert [os.path.relpath(module.path, tmp_path) for module in app.modules] == [
        "function_app.py",
        str(Path("shared", "a.py")),
    ]


def test_another_entry_file(tmp_path: Path) -> None:
    tree(tmp_path, "host.json", "start.py", "local.settings.json")
    (tmp_path / "start.py").write_text(APP + "@app.route()\ndef hello(req): ...\n", "utf-8")
    (tmp_path / "local.settings.json").write_text('{"Values": {"PYTHON_SCRIPT_FILE_NAME": "start.py"}}', "utf-8")
    app = App(Files(), str(tmp_path), Context({}))
    assert [function.name for function in app.indexed] == ["hello"]
