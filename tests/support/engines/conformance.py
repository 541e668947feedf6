"""Run the W3C's suites of SHACL Core and SHACL-SPARQL in every engine that is here.

Usage: ``python -m support.engines.conformance [ENGINE ...]``. Prints each test in which an engine
differs, with the reason, and a table of Markdown. Exits with 1 if ``differences.py`` is not true.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from support.stores.server import MissingError
from support.w3c_shacl import FOLDER, MISSING

from .differences import KNOWN
from .w3c import EQUAL, VERDICTS, Outcome, Validate, all_cases, judge, validators

HEADER = ("engine", "core", "SPARQL", *VERDICTS)


def main() -> None:
    """Run the suites in the named engines, or in all."""
    if not FOLDER.exists():
        sys.exit(MISSING)
    with tempfile.TemporaryDirectory() as folder:
        engines = validators(Path(folder))
        names = sys.argv[1:] or list(engines)
        if unknown := [name for name in names if name not in engines]:
            sys.exit(f"there is no engine {unknown[0]}. Choose from {', '.join(engines)}.")
        outcomes = {name: run(name, engines[name]) for name in names}
    print(row(HEADER), row(["---"] * len(HEADER)), sep="\n")
    for name, found in outcomes.items():
        if found:
            print(row(figures(name, found)))
    sys.exit(any(found and differs(name, found) for name, found in outcomes.items()))


def run(name: str, validate: Validate) -> list[Outcome]:
    """Run all tests in an engine, and print those in which it differs; none if it is missing."""
    outcomes = []
    try:
        for test, case in all_cases():
            outcomes.append(judge(validate, test, case))
            show(name, outcomes[-1])
    except MissingError as reason:
        print(f"{name}: not run: {reason}")
        return []
    return outcomes


def show(name: str, outcome: Outcome) -> None:
    """Print a difference, with what was found if the reason is not known."""
    known = KNOWN[name].get(outcome.test)
    if outcome.verdict != EQUAL:
        reason = known or f"NOT KNOWN: {outcome.detail}"
        print(f"{name}: {outcome.test}: {outcome.verdict}: {reason}", flush=True)
    elif known:
        print(f"{name}: {outcome.test}: equal, but known to differ: {known}", flush=True)


def differs(name: str, outcomes: Iterable[Outcome]) -> bool:
    """Return whether an engine differs in other tests than those that are known."""
    return {one.test for one in outcomes if one.verdict != EQUAL} != set(KNOWN[name])


def figures(name: str, outcomes: Sequence[Outcome]) -> list[str]:
    """Return how many tests an engine passes of each suite, and how many have each verdict."""
    passed = [
        f"{sum(one.verdict == EQUAL for one in suite)} of {len(suite)}"
        for suite in (
            [one for one in outcomes if one.test.startswith(folder)]
            for folder in ("core/", "sparql/")
        )
    ]
    verdicts = Counter(one.verdict for one in outcomes)
    return [name, *passed, *(str(verdicts[verdict]) for verdict in VERDICTS)]


def row(cells: Sequence[str]) -> str:
    """Write a row of a table in Markdown."""
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
