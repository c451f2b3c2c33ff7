"""What never leaves: secrets from what is shown, edits from the app's folder, sockets from loopback."""

from __future__ import annotations

import json
import re
import socket
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from azure.storage.queue import QueueSasPermissions, QueueServiceClient, generate_queue_sas
from lsprotocol import types

from pystein_runtime.cloud.account import KEY
from tests.cli.conftest import Cli
from tests.lsp.conftest import Desk
from tests.security.test_canary import positions

sys.path.append(str(Path(__file__).parents[1] / "runtime" / "host"))

from host_driver import Host, write_app

SECRET = "c2VjcmV0LWtleS1vZi1hLXN0b3JhZ2UtYWNjb3VudA=="
CONNECTION = f"DefaultEndpointsProtocol=https;AccountName=shop;AccountKey={SECRET};EndpointSuffix=core.windows.net"
APP = f'''
import azure.functions as func

app = func.FunctionApp()


@app.queue_trigger(arg_name="msg", queue_name="orders", connection="Shop")
@app.blob_output(arg_name="out", path="parcels/{{rand-guid}}", connection="{CONNECTION}")
def take(msg: func.QueueMessage, out: func.Out[str]) -> None: ...
'''

APP_OF_THE_CLOUD = """
@app.queue_trigger(arg_name="m", queue_name="orders", connection="AzureWebJobsStorage")
def work(m: func.QueueMessage) -> None: ...
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "host.json").write_text('{"version": "2.0"}', "utf-8")
    (folder / "function_app.py").write_text(APP, "utf-8")
    values = {"Shop": CONNECTION, "AzureWebJobsStorage": CONNECTION}
    (folder / "local.settings.json").write_text(json.dumps({"IsEncrypted": False, "Values": values}), "utf-8")
    return folder


@pytest.mark.parametrize("form", ["full", "concise", "json", "sarif", "github", "gitlab", "junit"])
def test_reports_hold_no_secrets(cli: Cli, shop: Path, form: str) -> None:
    done = cli("--check", "--output-format", form, cwd=shop)
    assert "connection-string-in-code" in done.out
    assert SECRET not in done.out + done.err


def test_a_host_shows_no_secrets_of_the_code(tmp_path: Path) -> None:
    """A connection string where the name of a setting belongs is a mistake, which is said without the string."""
    source = f"""
    @app.queue_trigger(arg_name="m", queue_name="orders", connection="{CONNECTION}")
    def take(m: func.QueueMessage) -> None: ...

    @app.route(route="rows")
    @app.sql_input(arg_name="rows", command_text="SELECT 1", connection_string_setting="Server=x;Password={SECRET}")
    def read(req: func.HttpRequest, rows: func.SqlRowList) -> str: ...
    """
    host = Host(write_app(tmp_path / "app", source)).ready()
    try:
        assert "DefaultEndpointsProtocol=..." in str(host.lines)
        overview = host.get("/admin/pystein/overview").text
        assert "DefaultEndpointsProtocol=..." in overview
        assert host.stop() == 0
        assert SECRET not in f"{host.lines}{host.other}{overview}"
    finally:
        host.close()


async def test_editors_are_told_no_secrets(idle: Desk, shop: Path) -> None:
    idle.root = shop
    await idle.start("vscode", None, shop)
    page = idle.open("function_app.py")
    told: list[object] = list(await page.diagnostics())
    for place in positions(page):
        told.append(await idle.client.text_document_hover_async(types.HoverParams(page.identifier, place)))
        told.append(await idle.client.text_document_completion_async(types.CompletionParams(page.identifier, place)))
    told += idle.client.log_messages
    assert "Shop" in str(told)
    assert SECRET not in str(told)
    await idle.client.shutdown_session()


def test_a_fix_stays_in_the_folder(cli: Cli, tmp_path: Path) -> None:
    """A link in a repository must not make `--fix` write elsewhere."""
    outside = tmp_path / "elsewhere.py"
    outside.write_text(
        "import azure.functions as func\nbp = func.Blueprint()\n\n\n"
        '@bp.timer_trigger(arg_name="timer", schedule="0 0 2 ? * *")\ndef tick(timer: func.TimerRequest) -> None: ...\n',
        "utf-8",
    )
    before = outside.read_bytes()
    app = tmp_path / "app"
    app.mkdir()
    (app / "host.json").write_text('{"version": "2.0"}', "utf-8")
    (app / "function_app.py").write_text(
        "import azure.functions as func\nfrom jobs import bp\napp = func.FunctionApp()\napp.register_functions(bp)\n",
        "utf-8",
    )
    (app / "jobs.py").symlink_to(outside)
    cli("--check", "--fix", "--unsafe-fixes", cwd=app)
    assert outside.read_bytes() == before
    assert (app / "jobs.py").is_symlink()


@pytest.mark.parametrize("form", ["full", "concise", "json", "sarif", "github", "gitlab", "junit"])
@pytest.mark.parametrize("name", ["function_app.py", "jobs.py", "host.json", "local.settings.json", "requirements.txt"])
def test_reports_show_nothing_that_links_lead_to(cli: Cli, tmp_path: Path, name: str, form: str) -> None:
    """A pull request may hold a link to whatever its checker can read, and the log is read by everybody."""
    (tmp_path / "credentials").write_text(f"aws_secret_access_key = {SECRET} (\n", "utf-8")
    app = tmp_path / "app"
    app.mkdir()
    (app / "host.json").write_text('{"version": "2.0"}', "utf-8")
    (app / "function_app.py").write_text(
        "import azure.functions as func\nimport jobs\napp = func.FunctionApp()\n", "utf-8"
    )
    (app / name).unlink(missing_ok=True)
    (app / name).symlink_to(Path("..", "credentials"))
    done = cli("--check", "--output-format", form, cwd=app)
    assert SECRET.strip("=") not in done.out + done.err
    assert done.status in (0, 1)


def listening(process: int) -> Iterator[str]:
    """The addresses on which a process and its children listen, in the kernel's hexadecimal."""
    inodes = set()
    family = {process, *(int(path.name) for path in Path("/proc").glob("[0-9]*") if _parent(path) == process)}
    for member in family:
        for link in Path(f"/proc/{member}/fd").iterdir():
            found = re.fullmatch(r"socket:\[(\d+)\]", str(link.readlink()))
            inodes |= {found[1]} if found else set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in inodes:
                yield fields[1].partition(":")[0]


def _parent(path: Path) -> int | None:
    try:
        return int(path.joinpath("stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no modes there")
def test_what_apps_leave_behind_is_for_the_user_alone(cli: Cli, shop: Path) -> None:
    (shop / "local.settings.json").unlink()
    assert cli("invoke", "take", "--data", "x", cwd=shop).status in (0, 1)
    assert (shop / ".pystein").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc tells what a process listens on")
def test_everything_listens_on_loopback(tmp_path: Path) -> None:
    host = Host(Path(__file__).parents[2] / "examples" / "messages", "--no-reload")
    try:
        host.ready()
        found = list(listening(host.process.pid))
        assert len(found) >= 3  # the app, the local cloud, the worker's socket
        assert set(found) <= {"0100007F", "00000000000000000000000001000000"}
    finally:
        host.process.kill()
        host.process.wait()
        assert host.process.stdout is not None
        host.process.stdout.close()


@pytest.mark.parametrize("form", ["http://{}:{}", "http://localhost:1@{}:{}", "http://127.0.0.1:80@{}:{}", "//{}:{}"])
def test_a_repository_cannot_name_the_host_that_gets_our_data(cli: Cli, shop: Path, form: str) -> None:
    """`.pystein/host.json` says where the app's host listens; one that came with a clone might say anything."""
    (shop / "local.settings.json").unlink()
    with socket.create_server(("127.0.0.2" if sys.platform == "linux" else "127.0.0.1", 0)) as elsewhere:
        elsewhere.settimeout(0)
        (shop / ".pystein").mkdir()
        known = {"instance": "x", "pid": 1, "url": form.format(*elsewhere.getsockname())}
        (shop / ".pystein" / "host.json").write_text(json.dumps(known), "utf-8")
        assert cli("invoke", "take", "--data", "private", cwd=shop).status in (0, 1)
        with pytest.raises(BlockingIOError):
            elsewhere.accept()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Host": "evil.example"},
    ],
)
def test_a_web_page_reaches_nothing_of_the_local_cloud(tmp_path: Path, headers: dict[str, str]) -> None:
    """Everybody knows its key, and a form can send a message that a function would take."""
    host = Host(write_app(tmp_path / "app", APP_OF_THE_CLOUD))
    try:
        cloud = host.ready().wait("ready")["cloud"]
        client = QueueServiceClient(cloud["queue"], credential=KEY).create_queue("victim")
        may_add, until = QueueSasPermissions(add=True), datetime.now(timezone.utc) + timedelta(hours=1)
        token = generate_queue_sas("devstoreaccount1", "victim", KEY, permission=may_add, expiry=until)
        message = "<QueueMessage><MessageText>aGk=</MessageText></QueueMessage>"
        address = urlsplit(f"{cloud['queue']}/victim/messages?{token}")
        for given, status in ((headers, 403), ({}, 201)):
            connection = HTTPConnection(str(address.hostname), address.port, timeout=60)
            connection.request(
                "POST", f"{address.path}?{address.query}", message, {"content-type": "text/plain", **given}
            )
            assert connection.getresponse().status == status
            connection.close()
        assert client.get_queue_properties().approximate_message_count == 1
        client.close()
    finally:
        host.close()
