"""Run the benchmark, or some of its parts: `python -m tests.benchmarks [PART...] [--quick] [--peers DIR] [--results DIR]`.

Every part is a process of its own and its result a file. A part that fails is named at the end; the others run all the same.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.benchmarks import parts

QUICK = parts.ROOT / "build" / "bench" / "quick"


def main() -> int:
    """Run; the exit status says whether every part gave a result."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"by default all: {', '.join(parts.NAMES)}")
    parser.add_argument("--quick", action="store_true", help="see whether everything works, in a minute or two")
    parser.add_argument("--peers", type=Path, metavar="DIR", help="measure peers, installed there where they are not")
    parser.add_argument(
        "--results", type=Path, metavar="DIR", help="where the results go, by default where the page reads them"
    )
    options = parser.parse_args()
    unknown = set(options.parts) - set(parts.NAMES)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(parts.NAMES)}")
    folder = options.results or (QUICK if options.quick else parts.RESULTS)
    failed = []
    chosen = [part for part in parts.PARTS if not options.parts or part.name in options.parts]
    for number, part in enumerate(chosen, 1):
        sys.stderr.write(f"[{number}/{len(chosen)}] {part.name}\n")
        try:
            result = parts.run(part, quick=options.quick, peers=options.peers)
        except parts.PartError as error:
            sys.stderr.write(f"{error}\n")
            failed.append(part.name)
            continue
        parts.write(folder, part.name, result)
        for gap in result.get("gaps", ()):
            sys.stderr.write(f"not measured: {gap}\n")
        sys.stderr.write(f"[{number}/{len(chosen)}] {part.name}: {result['taken']}\n")
    if failed:
        sys.stderr.write(f"without a result: {', '.join(failed)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
