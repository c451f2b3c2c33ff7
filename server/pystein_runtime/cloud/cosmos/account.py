"""The account of the local Cosmos DB: that of the official emulator."""

from __future__ import annotations

PORT = 8081
KEY = "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw=="
"""Published by Microsoft for every emulator: no secret."""


def endpoint(port: int) -> str:
    """Where SDK clients find it."""
    return f"http://127.0.0.1:{port}/"


def connection_string(port: int) -> str:
    """What an SDK client needs to find it."""
    return f"AccountEndpoint={endpoint(port)};AccountKey={KEY};"
