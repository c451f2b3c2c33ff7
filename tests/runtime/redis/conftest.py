"""Local servers outlive hosts that are killed, and tests kill theirs: they are ended here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis


@pytest.fixture(autouse=True)
def no_server_is_left(tmp_path: Path) -> Iterator[None]:
    """End the servers of the test's apps, after its hosts."""
    yield
    for place in tmp_path.glob("*/.pystein/redis/port"):
        host, _, port = place.read_text("utf-8").partition(":")
        client = redis.Redis(host, int(port))
        try:
            client.shutdown(nosave=True)
        except redis.exceptions.ConnectionError:  # its host has ended it
            continue
        finally:
            client.close()
