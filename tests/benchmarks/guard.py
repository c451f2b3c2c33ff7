"""What got slower: `python -m tests.benchmarks.guard FRESH [--committed DIR] [--tolerance SHARE]` compares two runs.

It compares ratios to what stood beside us in each run, never times. The exit status is 1 where one has become worse by more than the
tolerance, and those are printed. What only the kept run has measured is named, and fails nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks import parts
from tests.benchmarks.ratios import ratios

TOLERANCE = 0.4
"""By which share a ratio may grow: so much it does from run to run on a machine that others work on, too."""


def worse(fresh: Mapping[str, float], committed: Mapping[str, float], tolerance: float) -> list[str]:
    """A line for each ratio that has become worse, the worst first."""
    growth = {name: fresh[name] / before - 1 for name, before in committed.items() if name in fresh}
    grown = sorted((name for name, share in growth.items() if share > tolerance), key=lambda name: -growth[name])
    return [f"{name}: {fresh[name]:.2f}, was {committed[name]:.2f} (+{growth[name]:.0%})" for name in grown]


def main() -> int:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fresh", type=Path, help="the folder with the results of a new run")
    parser.add_argument("--committed", type=Path, metavar="DIR", default=parts.RESULTS)
    parser.add_argument("--tolerance", type=float, metavar="SHARE", default=TOLERANCE)
    options = parser.parse_args()
    fresh, committed = ratios(parts.read(options.fresh)), ratios(parts.read(options.committed))
    for name in sorted(committed.keys() - fresh.keys()):
        sys.stderr.write(f"not measured now: {name}\n")
    compared, new = len(fresh.keys() & committed.keys()), len(fresh.keys() - committed.keys())
    if not compared:
        sys.stderr.write("the two runs have no ratio in common\n")
        return 1
    found = worse(fresh, committed, options.tolerance)
    for line in found:
        sys.stdout.write(f"{line}\n")
    sys.stderr.write(
        f"{compared} ratios compared, {len(found)} worse by more than {options.tolerance:.0%}; {new} are new\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
