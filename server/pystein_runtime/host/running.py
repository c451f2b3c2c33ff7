"""Which host runs an app: `.pystein/host.json`, believed only when the host answers, and a lock that dies with it."""

from __future__ import annotations

import json
import re
import sys
import time
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from pystein_runtime.cloud.folder import FOLDER, prepare_folder, write_whole

if TYPE_CHECKING:
    from pathlib import Path

FILE = "host.json"
LOCK = "host.lock"
_OURS = re.compile(r"http://127\.0\.0\.1:\d{1,5}")
KEYS = "keys.json"
"""Written by `keys`."""


class DebugRefusedError(Exception):
    """A running host cannot be debugged; the text is a whole sentence for the user."""


class RunningHost(NamedTuple):
    """A host as it describes itself; `serves` is only what it has answered last."""

    instance: str
    pid: int
    url: str
    """`http://127.0.0.1:7071`, without a slash at the end."""
    serves: bool = False
    debug_port: int | None = None
    """Where a debugger of the app connects to, when it is debugged."""
    root: Path | None = None
    """The app's folder, which has the key that the host may want."""
    waits: bool = False
    """Whether the app is not loaded before a debugger is there."""


def write(root: Path, host: RunningHost) -> None:
    """Say that this host runs the app."""
    prepare_folder(root / FOLDER)
    write_whole(root / FOLDER / FILE, json.dumps({"instance": host.instance, "pid": host.pid, "url": host.url}))


def remove(root: Path, host: RunningHost) -> None:
    """Say no more that this host runs the app."""
    known = read(root)
    if known is not None and known.instance == host.instance:
        (root / FOLDER / FILE).unlink(missing_ok=True)


def read(root: Path) -> RunningHost | None:
    """What the file says; it may be out of date, or come with a repository: then it must not lead off this machine."""
    try:
        content = json.loads((root / FOLDER / FILE).read_text(encoding="utf-8"))
        known = RunningHost(str(content["instance"]), int(content["pid"]), str(content["url"]), root=root)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return known if _OURS.fullmatch(known.url) else None


def find(root: Path) -> RunningHost | None:
    """The host that runs the app, asked whether it is still that one."""
    known = read(root)
    if known is None:
        return None
    status = ask(known.url, "/admin/host/status", timeout=5.0)
    if not isinstance(status, dict) or status.get("instanceId") != known.instance:
        return None
    debugger = status.get("debugger") or {}
    state = status.get("state")
    waits = state == "Starting" and debugger.get("attached") is False
    return known._replace(serves=state == "Running", debug_port=debugger.get("port"), waits=waits)


def debug(host: RunningHost, port: int | None, debugpy: str | None) -> dict[str, Any]:
    """Let debuggers into a running host; gives `{"host", "port", "attached"}`.

    Raises:
        DebugRefusedError: it cannot; the text is a whole sentence for the user.
    """
    answer = request(host, "/admin/pystein/debug", {"port": port, "debugpy": debugpy})
    if not isinstance(answer, dict) or "port" not in answer:
        answer = answer if isinstance(answer, dict) else {}
        raise DebugRefusedError(answer.get("unusable") or f"The host at {host.url} does not let a debugger in.")
    return answer


def wait_for(root: Path, seconds: float) -> RunningHost | None:
    """The host that runs the app, waiting some time for one that is just starting."""
    end = time.monotonic() + seconds
    while True:
        host = find(root)
        if host is not None or time.monotonic() > end:
            return host
        time.sleep(0.05)


def request(host: RunningHost, path: str, body: object, timeout: float | None = None) -> Any:
    """What a host answers to its own app's tools; None: nothing, or no JSON; `{"unusable": why}`: it refuses."""
    status, content = _exchange(host.url, path, body, timeout, _master_key(host))
    if status == 401:
        return {
            "unusable": f"The host at {host.url} wants a key, and the one in {FOLDER}/{KEYS} is not its master key."
        }
    if status == 403:
        return {"unusable": f"The host at {host.url} forbids this."}
    return _parsed(content)


def stop(host: RunningHost) -> bool:
    """Let a host end in order; whether it has accepted that."""
    return _exchange(host.url, "/admin/pystein/stop", {}, None, _master_key(host))[0] == 202


def ask(url: str, path: str, timeout: float | None = None) -> Any:
    """The JSON that a host answers to anybody; None when it does not, or not with JSON."""
    return _parsed(_exchange(url, path, None, timeout)[1])


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


def _master_key(host: RunningHost) -> str:
    """The key of `start --enable-auth`, which opens everything; empty when the app has none."""
    if host.root is None:
        return ""
    try:
        return str(json.loads((host.root / FOLDER / KEYS).read_text(encoding="utf-8"))["masterKey"])
    except (OSError, ValueError, LookupError, TypeError):
        return ""


def _exchange(url: str, path: str, body: object, timeout: float | None, key: str = "") -> tuple[int, bytes]:
    """Status and body of an answer; 0 when there is none."""
    from http.client import HTTPConnection, HTTPException  # noqa: PLC0415 - 15 ms that `start` can do without

    connection = HTTPConnection(url.partition("://")[2], timeout=timeout)
    headers = {"x-functions-key": key} if key else {}
    try:
        if body is None:
            connection.request("GET", path, headers=headers)
        else:
            connection.request("POST", path, json.dumps(body), {"content-type": "application/json", **headers})
        response = connection.getresponse()
        return response.status, response.read()
    except (OSError, HTTPException, ValueError):
        return 0, b""
    finally:
        connection.close()


class Lock:
    """Held by the one host of an app; the system lets go of it however the process ends."""

    def __init__(self, root: Path) -> None:
        self._path = root / FOLDER / LOCK
        self._file: IO[bytes] | None = None

    def acquire(self) -> bool:
        """Take it; False: another process has it.

        Raises:
            OSError: the file cannot be written.
        """
        prepare_folder(self._path.parent)
        file = self._path.open("ab")
        try:
            if sys.platform == "win32":
                import msvcrt  # noqa: PLC0415 - of that system only

                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl  # noqa: PLC0415 - not of that system

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Let go of it."""
        if self._file is not None:
            self._file.close()
            self._file = None
