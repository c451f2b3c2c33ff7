"""Apps for workers; and this folder on the search path, so that the tests below it find `worker_driver` and `worker_pythons`."""

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

HEAD = """
import asyncio, json, logging, os, sys, threading
import azure.functions as func
app = func.FunctionApp()
"""


@pytest.fixture
def app(tmp_path: Path) -> Callable[..., Path]:
    """Makes the folder of an app from its source, and from those of its other modules."""

    def make(source: str, head: str = HEAD, **modules: str) -> Path:
        (tmp_path / "function_app.py").write_text(head + textwrap.dedent(source))
        for name, text in modules.items():
            (tmp_path / f"{name}.py").write_text(text)
        return tmp_path

    return make
