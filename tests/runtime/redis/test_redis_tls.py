"""Redis behind TLS, as Azure's is."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from host_driver import Host

pytest.importorskip("cryptography")

from certificates import issue

SOURCE = """
@app.route(route="put/{value}")
@app.generic_output_binding(arg_name="out", type="redis", connection="Redis", command="SET")
def put(req: func.HttpRequest, out: func.Out[str]) -> str:
    out.set(f"key {req.route_params['value']}")
    return "ok"
@app.route(route="get")
@app.generic_input_binding(arg_name="found", type="redis", connection="Redis", command="GET key")
def get(req: func.HttpRequest, found: str) -> str:
    return found
"""


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """The port of a server with TLS alone, and the file of who has signed its certificate."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed (Debian: apt-get install redis-server)")
    folder = tmp_path_factory.mktemp("redis")
    authority = issue("authority")
    pair = issue("localhost", authority)
    for name, text in (("ca", authority.certificate_pem), ("cert", pair.certificate_pem), ("key", pair.key_pem())):
        (folder / f"{name}.pem").write_text(text, "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    files = {"cert-file": "cert.pem", "key-file": "key.pem", "ca-cert-file": "ca.pem"}
    options = [text for name, file in files.items() for text in (f"--tls-{name}", str(folder / file))]
    process = subprocess.Popen(
        [program, "--port", "0", "--tls-port", str(port), "--tls-auth-clients", "no", "--requirepass", "secret", *options],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT,
    )  # fmt: skip
    while not answers(port):
        if process.poll() is not None:
            pytest.skip("this redis-server has no TLS")
        time.sleep(0.01)
    yield port, folder / "ca.pem"
    process.terminate()
    process.wait(60)


def run(start: Callable[..., Host], connection: str, authority: Path | None = None) -> Host:
    environ = {} if authority is None else {"SSL_CERT_FILE": str(authority)}
    return start(SOURCE, local__settings_json={"IsEncrypted": False, "Values": {"Redis": connection}}, environ=environ)


def test_who_is_trusted(start: Callable[..., Host], secured: tuple[int, Path]) -> None:
    port, authority = secured
    host = run(start, f"localhost:{port},password=secret,ssl=True,abortConnect=False", authority)
    assert host.get("/api/put/tea").text == "ok"
    assert host.get("/api/get").text == "tea"


@pytest.mark.parametrize(("options", "trusted", "why"), [
    ("password=secret,ssl=True", False, "certificate verify failed"),
    ("password=wrong,ssl=True", True, "WRONGPASS|invalid password|invalid username-password pair"),
    ("password=secret", True, "Connection closed by server|reset by peer"),
])  # fmt: skip
def test_who_is_not(
    start: Callable[..., Host], secured: tuple[int, Path], options: str, trusted: bool, why: str
) -> None:
    port, authority = secured
    host = run(start, f"localhost:{port},{options}", authority if trusted else None)
    assert host.get("/api/get").status == 500
    message = host.invocation("get")["error"]["message"]
    assert message.startswith("found: Redis does not run GET: ")
    assert any(each in message for each in why.split("|")), message
