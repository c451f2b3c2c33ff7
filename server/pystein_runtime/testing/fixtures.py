"""The fixtures, and the options of pytest's configuration."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .background import Background
from .cloud import LocalCloud
from .function_app import FunctionApp
from .results import AppError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_MARKS = ("function_app.py", "host.json")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the configuration."""
    parser.addini("pystein_app", "the folder of the function app to test, from pytest's root folder", default="")
    parser.addini("pystein_python", "the Python that runs the app's code; default: the one of pytest", default="")
    parser.addini("pystein_settings", "settings of the app in tests: NAME=value", type="linelist", default=[])
    parser.addini("pystein_scope", "how long an app and its cloud live: function, module, session", default="function")


def _scope(fixture_name: str, config: pytest.Config) -> Any:  # noqa: ARG001 - pytest's names
    return config.getini("pystein_scope")


@pytest.fixture(scope=_scope)
def local_cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    """A fresh local cloud, whose connection strings are in `os.environ` while it is there."""
    background = Background()
    try:
        cloud = LocalCloud(tmp_path_factory.mktemp("cloud"), background)
        try:
            with pytest.MonkeyPatch.context() as patch:
                for name, value in cloud.environment.items():
                    patch.setenv(name, value)
                yield cloud
        finally:
            cloud.close()
    finally:
        background.close()


@pytest.fixture(scope=_scope)
def load_function_app(request: pytest.FixtureRequest, local_cloud: LocalCloud) -> Iterator[Callable[..., FunctionApp]]:
    """Loads apps: `load_function_app(path, settings={...})`. Their bindings lead into `local_cloud`."""
    with ExitStack() as apps:

        def load(path: str | os.PathLike[str] | None = None, settings: Mapping[str, str] | None = None) -> FunctionApp:
            python = request.config.getini("pystein_python") or None
            given = dict(_setting(text) for text in request.config.getini("pystein_settings"))
            place = _place(request) if path is None else Path(path)
            try:
                app = FunctionApp(place.resolve(), local_cloud, {**given, **(settings or {})}, python)
            except AppError as error:
                pytest.fail(str(error), pytrace=False)
            apps.callback(app.close)
            return app

        yield load


@pytest.fixture(scope=_scope)
def function_app(load_function_app: Callable[..., FunctionApp]) -> FunctionApp:
    """The app to test: that of `pystein_app`, else the one around the test, else the one in pytest's root folder."""
    return load_function_app()


def _place(request: pytest.FixtureRequest) -> Path:
    root: Path = request.config.rootpath
    configured = request.config.getini("pystein_app")
    if configured:
        return root / str(configured)
    here: Path = request.node.path if request.scope != "session" else root
    places: list[Path] = [here, *here.parents]
    for folder in places:
        if any((folder / name).is_file() for name in _MARKS):
            return folder
        if folder == root:
            break
    pytest.fail(
        f"There is no function app from {here} up to {root}: say where it is with `pystein_app` in pytest's configuration.",
        pytrace=False,
    )


def _setting(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator or not name.strip():
        raise pytest.UsageError(f"pystein_settings: write {text!r} as NAME=value")
    return name.strip(), value.strip()
