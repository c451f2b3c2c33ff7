"""The account of the local cloud: that of every storage emulator, and where its services listen."""

from __future__ import annotations

from typing import NamedTuple

ACCOUNT = "devstoreaccount1"
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
"""Published by Microsoft for every emulator: no secret."""
PORTS = (10000, 10001, 10002)
"""Where SDK clients look for blobs, queues and tables when told `UseDevelopmentStorage=true`."""


class Endpoints(NamedTuple):
    """The ports of the services."""

    blob: int
    queue: int
    table: int
    foreign: frozenset[int] = frozenset()
    """Those of the ports on which another program's emulator listens."""

    @property
    def connection_string(self) -> str:
        """What an SDK client needs to find them."""
        return (
            f"DefaultEndpointsProtocol=http;AccountName={ACCOUNT};AccountKey={KEY};"
            f"BlobEndpoint=http://127.0.0.1:{self.blob}/{ACCOUNT};"
            f"QueueEndpoint=http://127.0.0.1:{self.queue}/{ACCOUNT};"
            f"TableEndpoint=http://127.0.0.1:{self.table}/{ACCOUNT};"
        )
