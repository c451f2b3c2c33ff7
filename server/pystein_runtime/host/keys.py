"""Function keys, for `start --enable-auth`: made once and kept in `.pystein/keys.json`.

Levels: azure-functions-host, `AuthUtility`; anonymous needs none, function a function's or the host's key, admin the
master key, which opens everything.
"""

from __future__ import annotations

import hmac
import json
import secrets
from typing import TYPE_CHECKING

from pystein_runtime.cloud.folder import FOLDER, prepare_folder, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from pystein_runtime.http.messages import Request

    from .functions import Function

FILE = "keys.json"


class Keys:
    """The keys of one app."""

    def __init__(self, root: Path) -> None:
        self.path = root / FOLDER / FILE
        self._master = secrets.token_urlsafe(40)
        self._default = secrets.token_urlsafe(40)
        self._functions: dict[str, str] = {}
        self._extensions: dict[str, str] = {}
        if not self._read():
            self._write()

    def allows(self, request: Request, function: Function) -> bool:
        """Whether a request may call a function."""
        level = function.trigger.text("authLevel").lower() or "function"
        if level == "anonymous":
            return True
        given = _given(request)
        allowed = [self._master]
        if level == "function":
            allowed += [self._default, self._of(function.name)]
        return any(_same(given, key) for key in allowed)

    def allows_admin(self, request: Request) -> bool:
        """Whether a request may use the admin API."""
        return _same(_given(request), self._master)

    def allows_extension(self, request: Request, extension: str) -> bool:
        """Whether a request may use an extension's webhooks."""
        return any(_same(_given(request), key) for key in (self._master, self.of_extension(extension)))

    def of_extension(self, extension: str) -> str:
        """An extension's system key."""
        if extension not in self._extensions:
            self._extensions[extension] = secrets.token_urlsafe(40)
            self._write()
        return self._extensions[extension]

    def _of(self, function: str) -> str:
        if function not in self._functions:
            self._functions[function] = secrets.token_urlsafe(40)
            self._write()
        return self._functions[function]

    def _read(self) -> bool:
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
            self._master = str(content["masterKey"])
            self._default = str(content["functionKeys"]["default"])
            self._functions = {str(name): str(key) for name, key in content["functions"].items()}
            self._extensions = {str(name): str(key) for name, key in content.get("systemKeys", {}).items()}
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return False
        return True

    def _write(self) -> None:
        content = {
            "masterKey": self._master,
            "functionKeys": {"default": self._default},
            "functions": self._functions,
            "systemKeys": self._extensions,
        }
        prepare_folder(self.path.parent)
        write_whole(self.path, json.dumps(content, indent=2), 0o600)


def _given(request: Request) -> str:
    from urllib.parse import parse_qs  # noqa: PLC0415 - only with --enable-auth

    return request.headers.get("x-functions-key") or parse_qs(request.query).get("code", [""])[0]


def _same(given: str, key: object) -> bool:
    return bool(given) and hmac.compare_digest(given.encode(), str(key).encode())
