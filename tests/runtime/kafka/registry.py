"""A schema registry for tests: what Confluent's public REST interface says of subjects and ids, over HTTP on loopback."""

from __future__ import annotations

import base64
import http.server
import json
import re
import threading
from typing import Any

USER, PASSWORD = "me", "very secret"
_ID = re.compile(r"/schemas/ids/(\d+)")
_SUBJECT = re.compile(r"/subjects/([^/?]+)(/versions)?")


class Registry:
    """Keeps schemas in memory, and lets in who shows the name and the password."""

    def __init__(self, port: int = 0) -> None:
        self.schemas: list[str] = []
        registry = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = _ID.match(self.path)
                number = int(found[1]) if found else 0
                if not 0 < number <= len(registry.schemas):
                    self.answer(404, {"error_code": 40403, "message": f"Schema {number} not found"})
                    return
                self.answer(200, {"schema": registry.schemas[number - 1]})

            def do_POST(self) -> None:
                given = json.loads(self.rfile.read(int(self.headers["content-length"])))
                if not _SUBJECT.match(self.path):
                    self.answer(404, {"error_code": 404, "message": "HTTP 404 Not Found"})
                    return
                if given["schema"] not in registry.schemas:
                    registry.schemas.append(given["schema"])
                number = registry.schemas.index(given["schema"]) + 1
                self.answer(200, {"id": number, "version": 1, "schema": given["schema"], "subject": "any"})

            def answer(self, status: int, value: Any) -> None:
                if self.headers["authorization"] != f"Basic {registry.token}":
                    status, value = 401, {"error_code": 401, "message": "Unauthorized"}
                body = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("content-type", "application/vnd.schemaregistry.v1+json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None: ...

        self.token = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()
