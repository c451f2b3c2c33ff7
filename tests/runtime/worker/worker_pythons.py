"""The Pythons of this machine, and virtual environments of them in a cache outside the checkout."""

import functools
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

SUPPORTED = ("3.10", "3.11", "3.12", "3.13", "3.14")
CACHE = Path(os.environ.get("PYSTEIN_TEST_CACHE") or Path.home() / ".cache" / "pystein-tests")


@functools.cache
def pythons() -> dict[str, Path]:
    """An interpreter of each supported version that is to be found: version to executable."""
    found: dict[str, Path] = {"{}.{}".format(*sys.version_info): Path(sys.executable)}
    candidates = [shutil.which(f"python{version}") for version in SUPPORTED]
    candidates += [str(place) for place in Path.home().glob(".pyenv/versions/3.1*/bin/python3")]
    for candidate in filter(None, candidates):
        # A version manager's shim may stand for a version that is not there: only one that runs counts.
        command = [candidate, "-c", "import sys; print(*sys.version_info[:2], sep='.')"]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        version = ran.stdout.strip()
        if ran.returncode == 0 and version in SUPPORTED:
            found.setdefault(version, Path(candidate))
    return dict(sorted(found.items(), key=lambda item: SUPPORTED.index(item[0])))


def environment(python: Path, *requirements: str, options: tuple[str, ...] = ()) -> Path:
    """The interpreter of a virtual environment with these packages, made on first use and kept.

    Raises:
        RuntimeError: it cannot be made, with pip's last words.
    """
    key = hashlib.sha256("\n".join([str(python), *requirements, *options]).encode()).hexdigest()[:16]
    home = CACHE / key
    executable = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if (home / "complete").exists():
        return executable
    CACHE.mkdir(parents=True, exist_ok=True)
    making = CACHE / f"{key}.{os.getpid()}"
    shutil.rmtree(making, ignore_errors=True)
    _run([str(python), "-m", "venv", str(making)])
    pip = [str(making / executable.relative_to(home)), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    _run([*pip, "install", "--quiet", *options, *requirements])
    (making / "complete").touch()
    try:
        making.rename(home)
    except OSError:  # another test process was faster
        shutil.rmtree(making)
    return executable


def _run(command: list[str]) -> None:
    # The tests may run with settings for our own interpreter that must not reach another one.
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=clean)
    if ran.returncode:
        words = (ran.stderr or ran.stdout).strip()[-2000:]
        raise RuntimeError(f"cannot prepare the environment of a test: {' '.join(command)} said: {words}")
