"""What `make demo` shows: the checker finds planted mistakes, and the bundled runtime runs functions."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).parent
SHOP = EXAMPLES / "shop"
ORDER = {"id": "A7", "lines": [{"item": "tea", "price": 4, "count": 3}, {"item": "pot", "price": 25, "count": 1}]}


def pystein(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a user would, from the repository's folder."""
    print(f"\n$ pystein-lsp {' '.join(arguments)}", flush=True)
    command = [sys.executable, "-m", "pystein_lsp", *arguments]
    return subprocess.run(command, cwd=EXAMPLES.parent, capture_output=True, text=True, check=False, encoding="utf-8")


def check() -> bool:
    """The clean example has nothing to report, the broken one its mistakes."""
    clean = pystein("--check", "examples/shop")
    print(clean.stdout + clean.stderr, end="")
    broken = pystein("--check", "examples/broken")
    print(broken.stdout + broken.stderr, end="")
    return clean.returncode == 0 and broken.returncode == 1


def invoke(function: str, *options: str) -> bool:
    """Run one function and show what it returned, set and logged."""
    run = pystein("invoke", function, "--app", "examples/shop", "--output-format", "json", *options)
    try:
        result = json.loads(run.stdout)
    except ValueError:
        print(run.stdout + run.stderr)
        return False
    print(f"{result['function']}: {result['status']} in {result['durationMs']:.0f} ms")
    print(f"  returned {json.dumps(result['return'])}")
    for name, value in result["outputs"].items():
        print(f"  set      {name} = {json.dumps(value)}")
    for line in result["logs"]:
        print(f"  logged   {line['level']}: {line['message']}")
    if result["error"]:
        print(f"  error    {result['error']['type']}: {result['error']['message']}")
    return bool(result["status"] == "succeeded")


def main() -> int:
    """Run everything; 0 when all went as it should."""
    print("1. Check the examples: one is clean, the other holds mistakes", flush=True)
    went_well = [check()]
    print("\n2. Run functions of the clean one: no host, no Docker, no account, no network", flush=True)
    went_well.append(invoke("quote", "--route", "item=tea", "--query", "count=3"))
    went_well.append(invoke("nightly_report"))
    went_well.append(invoke("take_order", "--data", json.dumps(ORDER)))
    print("\nall as it should be" if all(went_well) else "\nsomething went wrong", flush=True)
    return 0 if all(went_well) else 1


if __name__ == "__main__":
    sys.exit(main())
