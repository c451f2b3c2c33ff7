"""Azurite, Microsoft's emulator of Azure Storage, to measure beside the local cloud."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pystein_runtime.cloud.account import Endpoints
from tests.benchmarks.peers import Peers
from tests.benchmarks.serving import PATIENCE, free_port


def installed(peers: Peers) -> str | None:
    """Its script; None, and a gap that is named, where it is not to be had."""
    if peers and shutil.which("node") is None:
        peers.missing("Azurite", "there is no node")
        return None
    return peers.node("azurite", "azurite/dist/src/azurite.js")


@contextmanager
def running(script: str, folder: Path) -> Iterator[Endpoints]:
    """Its three services for as long as the block takes, with their data in files as ours have it."""
    endpoints = Endpoints(free_port(), free_port(), free_port())
    command = ["node", script, "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--location", str(folder)]
    for service, port in zip(("blob", "queue", "table"), endpoints[:3], strict=True):
        command += [f"--{service}Port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for port in endpoints[:3]:
            _wait_for(port)
        yield endpoints
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise TimeoutError(f"Azurite does not listen at port {port}")
