"""Print tries, failures and peak memory for each class of hostile input: ``python -m hostile``."""

from __future__ import annotations

import sys

from support.registry import templates
from support.tries import HEADER, Result, row, watch

from .registry import load


def main() -> int:
    """Try every input, and print a line about each class, then what failed."""
    names = tuple(sys.argv[1:]) or ("",)
    failures = []
    templates()
    print(HEADER)
    for name, tries in load().items():
        if not name.startswith(names):
            continue
        total = Result(0, 0, 0)
        for one in tries():
            failure, peak = watch(one.run, one.seconds)
            total += Result(1, bool(failure), peak)
            failures += [f"{name}: {one.name}: {failure}"] if failure else []
        print(row(name, total), flush=True)
    print(*failures, sep="\n\n")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
