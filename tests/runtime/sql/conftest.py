"""A MariaDB of the tests' own, where Debian's package is there."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))

from certificates import issue
from maria import Maria


@pytest.fixture(scope="session")
def maria(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Maria]:
    """A running server; skipped without one."""
    install, server = (shutil.which(name, path="/usr/bin:/usr/sbin") for name in ("mariadb-install-db", "mariadbd"))
    if install is None or server is None:
        pytest.skip("MariaDB is not installed (Debian: apt-get install mariadb-server)")
    folder = tmp_path_factory.mktemp("maria")
    authority = issue("authority")
    pair = issue("localhost", authority)
    for name, text in (("ca", authority.certificate_pem), ("cert", pair.certificate_pem), ("key", pair.key_pem())):
        (folder / f"{name}.pem").write_text(text, "utf-8")
    common = ["--no-defaults", "--user=root", f"--datadir={folder / 'data'}"]
    subprocess.run(
        [install, *common, "--auth-root-authentication-method=normal", "--skip-test-db"],
        check=True,
        capture_output=True,
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [server, *common, f"--socket={folder / 's.sock'}", f"--port={port}", "--bind-address=127.0.0.1",
             *(f"--ssl-{name}={folder / f'{name}.pem'}" for name in ("ca", "cert", "key"))],
            stdout=log, stderr=log,
        )  # fmt: skip
    running = Maria(port, process, folder / "log", folder / "ca.pem")
    running.wait()
    yield running
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(60)
    process.kill()
    process.wait()
