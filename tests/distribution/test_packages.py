"""The wheel and the source distribution: what is in them, and that both main jobs run from a clean installation."""

from __future__ import annotations

import email
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "shop"
TIMEOUT = 400
PYTHONS = os.environ.get("PYSTEIN_PYTHONS", sys.executable).split()
"""The interpreters to install into; `make distribution PYTHONS="python3.10 python3.13"` takes others than the one that tests."""


def run(*command: str | Path, cwd: Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    hidden = {"PYTHONPATH", "VIRTUAL_ENV"}
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [str(each) for each in command],
        check=False, cwd=cwd, env=kept, input=stdin, capture_output=True, encoding="utf-8", timeout=TIMEOUT,
    )  # fmt: skip


def listed(*folders: str) -> list[str]:
    """The checkout's files, but for those that git ignores."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *folders]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode().split("\0")
    return [name for name in names if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is needed to build, so that nothing is built into the checkout."""
    folder = tmp_path_factory.mktemp("sources")
    for name in listed():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    return folder


def build(sources: Path, target: Path, *options: str) -> Path:
    done = run(sys.executable, "-m", "build", "--outdir", target, *options, sources, cwd=target)
    assert done.returncode == 0, done.stderr + done.stdout
    return next(target.glob("pystein_lsp-*"))


@pytest.fixture(scope="module")
def sdist(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(sources, tmp_path_factory.mktemp("sdist"), "--sdist")


@pytest.fixture(scope="module")
def wheel(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(sources, tmp_path_factory.mktemp("wheel"), "--wheel")


def test_the_wheel_holds_all_of_the_server_and_nothing_else(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    packages = {name for name in inside if ".dist-info/" not in name and ".data/" not in name}
    sources = {"server/": "", "stubs/": "pystein_lsp/stubs/", "client-vscode/schemas/": "pystein_lsp/schemas/"}
    wanted = {
        name.replace(source, target, 1)
        for source, target in sources.items()
        for name in listed(source)
        if "/dashboard/page/" not in name  # what page.html is built from
    }
    assert packages == wanted


def test_the_wheel_brings_the_manual_and_its_licence(wheel: Path) -> None:
    inside = zipfile.ZipFile(wheel)
    names = {name.partition("/")[2]: name for name in inside.namelist()}
    assert inside.read(names["data/share/man/man1/pystein-lsp.1"]).startswith(b".TH PYSTEIN-LSP 1")
    assert inside.read(names["licenses/LICENSE"]).startswith(b"MIT License")
    page = inside.read("pystein_runtime/dashboard/page.html").decode("utf-8")
    assert "It holds Preact:\n\nThe MIT License (MIT)" in page, "what a page is built from is named in it"


def test_the_packages_say_what_they_are(sdist: Path, wheel: Path) -> None:
    """Registries show the README away from the repository, so its links lead back; `twine` renders it as they do."""
    assert run(sys.executable, "-m", "twine", "check", "--strict", wheel, sdist, cwd=wheel.parent).returncode == 0
    inside = zipfile.ZipFile(wheel)
    (name,) = (name for name in inside.namelist() if name.endswith("/METADATA"))
    said = email.message_from_bytes(inside.read(name))
    assert {url.partition(",")[0] for url in said.get_all("Project-URL", [])} >= {
        "Documentation",
        "Issues",
        "Changelog",
    }
    targets = re.findall(r"\]\(([^)#][^)]*)\)", str(said.get_payload()))
    assert len(targets) > 10
    assert all(target.startswith("https://") for target in targets)
    for target in targets:
        _, ours, path = target.partition("/pystein/pystein-lsp/")
        assert not ours or (ROOT / path.partition("main/")[2]).exists(), target


def test_the_bills_of_materials_name_what_is_inside(wheel: Path, tmp_path: Path) -> None:
    if shutil.which("npm") is None or shutil.which("bash") is None:
        pytest.skip("npm and bash write them")
    shutil.copy2(wheel, tmp_path)
    environ = {**os.environ, "PYTHON": sys.executable}
    subprocess.run(["bash", ROOT / ".ci" / "sbom", tmp_path], check=True, env=environ, timeout=TIMEOUT)
    bills = {path.name.partition(".")[0]: json.loads(path.read_text("utf-8")) for path in tmp_path.glob("*.cdx.json")}
    assert {bill["bomFormat"] for bill in bills.values()} == {"CycloneDX"}
    parts = {name: {part["name"].lower() for part in bill["components"]} for name, bill in bills.items()}
    assert parts["python"] >= {"pystein-lsp", "pygls", "jedi", "libcst", "azure-functions"}
    assert parts["javascript"] >= {"preact", "vscode-languageclient"}
    locked = re.findall(r"^([\w.-]+)==", (ROOT / "client-vscode" / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    assert parts["extension"] == {name.lower() for name in locked}
    found = [each for part in bills["extension"]["components"] for each in part["externalReferences"]]
    assert all(each["hashes"] for each in found)
    assert str(tmp_path) not in (tmp_path / "python.cdx.json").read_text("utf-8")


def test_the_wheel_is_the_same_each_time(sources: Path, wheel: Path, tmp_path: Path) -> None:
    assert build(sources, tmp_path, "--wheel").read_bytes() == wheel.read_bytes()


def test_the_source_distribution_builds_the_same_wheel(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    target = tmp_path / "wheel"
    target.mkdir()
    again = build(unpacked, target, "--wheel")

    def contents(path: Path) -> dict[str, bytes]:
        archive = zipfile.ZipFile(path)
        return {name: archive.read(name) for name in archive.namelist()}

    assert contents(again) == contents(wheel)


@pytest.fixture(scope="module", params=PYTHONS)
def installed(request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The programs of a new environment into which the wheel has been installed, as users do."""
    folder = tmp_path_factory.mktemp("installed")
    assert run(request.param, "-m", "venv", folder, cwd=folder).returncode == 0
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    done = run(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    assert done.returncode == 0, done.stderr
    yield programs
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def app(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "shop", ignore=shutil.ignore_patterns(".pystein", "__pycache__")))


def test_extras_can_be_had(installed: Path, wheel: Path) -> None:
    """For this Python, all of them together; nothing is installed."""
    inside = zipfile.ZipFile(wheel)
    (name,) = (name for name in inside.namelist() if name.endswith("/METADATA"))
    extras = set(email.message_from_bytes(inside.read(name)).get_all("Provides-Extra", [])) - {"test"}
    assert extras >= {"azure", "debug"}
    wanted = f"{wheel}[{','.join(sorted(extras))}]"
    done = run(installed / "python", "-m", "pip", "install", "--dry-run", "--quiet", wanted, cwd=wheel.parent)
    assert done.returncode == 0, done.stderr


def test_an_installation_checks(installed: Path, app: Path) -> None:
    assert run(installed / "python", "-m", "pip", "check", cwd=app).returncode == 0
    assert run(installed / "pystein-lsp", "--check", cwd=app).returncode == 0
    source = app / "function_app.py"
    source.write_text(source.read_text("utf-8").replace("req: func.HttpRequest", "request: func.HttpRequest"), "utf-8")
    done = run(installed / "pystein-lsp", "--check", "--output-format", "json", cwd=app)
    assert done.returncode == 1
    assert "arg-name-mismatch" in {each["code"] for each in json.loads(done.stdout)["diagnostics"]}


def test_an_installation_runs_functions(installed: Path, app: Path) -> None:
    done = run(installed / "pystein-lsp", "invoke", "nightly_report", "--output-format", "json", cwd=app)
    assert json.loads(done.stdout)["status"] == "succeeded", done.stderr


def test_an_installation_serves_editors(installed: Path, app: Path) -> None:
    messages = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"rootUri": app.as_uri(), "capabilities": {}}},
        {"jsonrpc": "2.0", "id": 2, "method": "shutdown"},
        {"jsonrpc": "2.0", "method": "exit"},
    ]  # fmt: skip
    framed = (json.dumps(message) for message in messages)
    stdin = "".join(f"Content-Length: {len(text)}\r\n\r\n{text}" for text in framed)
    done = run(installed / "pystein-lsp", "--stdio", cwd=app, stdin=stdin)
    assert done.returncode == 0, done.stderr
    assert '"name":"pystein-lsp"' in done.stdout.replace('": "', '":"')


def test_stubs_are_written_from_an_installation(installed: Path, app: Path) -> None:
    assert run(installed / "pystein-lsp", "stubs", "--output", "typings", cwd=app).returncode == 0
    assert (app / "typings" / "azure" / "functions" / "__init__.pyi").is_file()
