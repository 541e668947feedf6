"""Fuzz the readers of outside text: ``python -m fuzz [--seconds N] [--seed N] [NAME ...]``.

Each reader has a process of its own, in which it gets other texts until its time is over. A text that ends
in an error that is not ours, in a signal, or in more than a gigabyte fails, and is printed.
"""

from __future__ import annotations

import argparse
import sys

from support.tries import HEADER, row

from .run import fuzz
from .targets import TARGETS


def main() -> int:
    """Fuzz each target, and print a line about it."""
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="time for each reader")
    parser.add_argument(
        "--seed", type=int, help="for the same texts again; by default others each time"
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="readers whose name begins so")
    given = parser.parse_args()
    names = tuple(given.names) or ("",)
    chosen = [target for name, target in TARGETS.items() if name.startswith(names)]
    print(HEADER)
    failures: list[str] = []
    for target in chosen:
        result, failure = fuzz(target, given.seconds, given.seed)
        print(row(target.name, result), flush=True)
        failures += [f"{target.name}: {failure}"] if failure else []
    print(*failures, sep="\n\n")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
