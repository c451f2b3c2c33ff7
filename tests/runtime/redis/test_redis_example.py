"""The example app, as its reader would try it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from example_app import copy
from host_driver import Host

from pystein_runtime.redis import server


@pytest.mark.skipif(
    server.program() is None, reason="redis-server is not installed (Debian: apt-get install redis-server)"
)
def test_it_runs(start: Callable[..., Host], tmp_path: Path) -> None:
    host = start(root=copy("redis", tmp_path))
    assert host.wait("ready")["cloud"]["redis"].startswith("127.0.0.1:"), "clients of one's own find it"
    assert host.post("/api/jobs/cleaning").status == 202
    host.log("working on cleaning")
    host.invocation("work")
    assert host.get("/api/last-job").json == {"last": "cleaning"}
    assert host.stop() == 0
