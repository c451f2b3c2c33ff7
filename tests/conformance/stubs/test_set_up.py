"""The stubs where a user puts them: checked themselves, and beside the real packages of Azure."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.conformance.stubs.checkers import run_mypy, run_pyright
from tests.runtime.worker.worker_pythons import environment, pythons

from pystein_lsp.catalogue.location import stubs_directory

BOTH = """\
import azure.functions as func
from azure.core.credentials import AzureKeyCredential
from azure.storage.blob import BlobServiceClient

app = func.FunctionApp()


@app.route(route="upload")
def upload(req: func.HttpRequest) -> str:
    client = BlobServiceClient("https://a.blob.core.windows.net")
    client.get_container_client("a").upload_blob("b", req.get_body())
    client.no_such_method()
    AzureKeyCredential(1)
    req.no_such_method()
    return ""
"""


def write_stubs(folder: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pystein_lsp", "stubs", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def python_with_storage() -> str:
    """An interpreter with azure-storage-blob, a package of the namespace that the stubs must not hide."""
    version = "{}.{}".format(*sys.version_info)
    return str(environment(pythons()[version], "azure-functions", "azure-storage-blob"))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("app")
    (root / "function_app.py").write_text(BOTH, "utf-8")
    assert write_stubs(root).returncode == 0
    return root


def test_pyright_keeps_the_real_packages(project: Path, python_with_storage: str) -> None:
    found = run_pyright(project, ["function_app.py"], {"typeCheckingMode": "standard"}, python_with_storage)
    rules = {12: {"reportAttributeAccessIssue"}, 13: {"reportArgumentType"}, 14: {"reportAttributeAccessIssue"}}
    assert found["function_app.py"] == rules


def test_mypy_keeps_the_real_packages(project: Path, python_with_storage: str) -> None:
    found = run_mypy(project, ["function_app.py"], {"mypy_path": "typings", "strict": "true"}, python_with_storage)
    assert found["function_app.py"] == {12: {"attr-defined"}, 13: {"arg-type"}, 14: {"attr-defined"}}


@pytest.mark.parametrize("version", ["3.10", "3.13"])
def test_stubs_pass_strict_mypy(tmp_path: Path, version: str) -> None:
    names = ["-p", "azure.functions", "-p", "azure.durable_functions"]
    settings = {"mypy_path": str(stubs_directory()), "strict": "true", "python_version": version}
    assert run_mypy(tmp_path, names, settings) == {}


@pytest.mark.parametrize("version", ["3.10", "3.13"])
def test_stubs_pass_strict_pyright(tmp_path: Path, version: str) -> None:
    assert write_stubs(tmp_path).returncode == 0
    settings = {"typeCheckingMode": "strict", "pythonVersion": version}
    assert run_pyright(tmp_path, ["typings"], settings) == {}


def test_command_says_how_to_use_them(tmp_path: Path) -> None:
    ran = write_stubs(tmp_path, "--output", "types/azure")
    assert ran.returncode == 0
    assert ran.stdout.splitlines()[0].endswith("stubs to types/azure.")
    assert '"stubPath": "types/azure"' in ran.stdout
    assert 'mypy_path = "$MYPY_CONFIG_FILE_DIR/types/azure"' in ran.stdout
    written = {path.relative_to(tmp_path / "types/azure") for path in tmp_path.rglob("*.pyi")}
    assert written == {path.relative_to(stubs_directory()) for path in stubs_directory().rglob("*.pyi")}


def test_command_again_replaces_and_keeps(tmp_path: Path) -> None:
    write_stubs(tmp_path)
    typings = tmp_path / "typings"
    (typings / "azure/__init__.pyi").write_text("# mine\n")
    (typings / "requests.pyi").write_text("# mine too\n")
    (typings / "azure/functions/gone.pyi").write_text("# of an earlier version\n")
    (typings / "azure/functions/_abc.pyi").write_text("broken(")
    assert write_stubs(tmp_path).returncode == 0
    assert (typings / "azure/__init__.pyi").read_text() == "# mine\n"
    assert (typings / "requests.pyi").exists()
    assert not (typings / "azure/functions/gone.pyi").exists()
    assert (typings / "azure/functions/_abc.pyi").read_text("utf-8").startswith('"""')


def test_command_that_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = write_stubs(tmp_path, "--output", "file")
    assert ran.returncode == 2
    assert ran.stderr.startswith("pystein-lsp: cannot write the stubs to file")
    assert "Traceback" not in ran.stderr
