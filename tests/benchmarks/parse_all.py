"""Read every Python file of a tree with `ast` on all processors, and do nothing with it: what no check can be faster than.

`python parse_all.py FOLDER`
"""

import ast
import gc
import os
import sys
from pathlib import Path


def main() -> None:
    """One process per processor, each with its share of the files; nothing is collected, which is a third faster."""
    gc.disable()
    paths = list(Path(sys.argv[1]).rglob("*.py"))
    number = min(len(os.sched_getaffinity(0)), len(paths))
    children = []
    for share in range(number):
        child = os.fork()
        if child == 0:
            for path in paths[share::number]:
                ast.parse(path.read_bytes())
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
