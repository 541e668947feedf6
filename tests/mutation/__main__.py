"""Inject every fault, one at a time, and report which of them the checks miss.

Exits with 1 if fewer than 95 % are caught. An argument names another sample of rows.
"""

from __future__ import annotations

import multiprocessing
import sys
from itertools import chain
from pathlib import Path

from .cells import cell_mutants
from .judge import Judge, Verdict
from .mutant import Mutant, choose_sample
from .report import GOAL, lines, score
from .rows import row_mutants
from .source import Source
from .triples import triple_mutants

REPORT = Path("build") / "mutation.txt"
_WORKERS = 2
_judge: list[Judge] = []  # the one of this worker


def main() -> None:
    """Make the mutants, judge them side by side, and print the report."""
    choose_sample("".join(sys.argv[1:]))
    source = Source()
    made = list(chain(cell_mutants(source), row_mutants(source), triple_mutants(source)))
    mutants = [mutant for mutant in made if not mutant.is_equivalent]
    with multiprocessing.Pool(_WORKERS, initializer=_start) as pool:
        verdicts = list(pool.imap(_verdict, mutants, chunksize=4))
    judged = list(zip(mutants, verdicts, strict=True))
    REPORT.parent.mkdir(exist_ok=True)
    text = "\n".join(lines(judged, len(made) - len(mutants))) + "\n"
    REPORT.write_text(text, encoding="utf-8")
    print(text, end="")
    sys.exit(score(judged) < GOAL)


def _start() -> None:
    _judge.append(Judge(Source()))


def _verdict(mutant: Mutant) -> Verdict:
    return _judge[0].judge(mutant)


if __name__ == "__main__":
    main()
