"""Run the suites of SPARQL 1.1 in FOLDER against ``query`` and ``serve``, and print what fails.

Usage: ``python -m conformance FOLDER``. Exits with 1 if a test fails that is not a known one.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from .known import KNOWN
from .protocol import run_protocol
from .queries import CommandRunner, EndpointRunner, Outcome, serving_all
from .suite import PROTOCOL, SUITES, find_suite, read_tests


def main() -> None:
    """Run all suites."""
    suite = find_suite(Path(sys.argv[1]))
    unknown = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = CommandRunner(folder)
        for title, manifest in SUITES.items():
            tests = list(read_tests(suite / manifest))
            unknown += show(f"{title}, query", map(command.run, tests))
            with serving_all(folder, tests) as server:
                unknown += show(f"{title}, serve", map(EndpointRunner(server).run, tests))
        unknown += show("protocol, serve", run_protocol(suite / PROTOCOL, folder))
    sys.exit(unknown > 0)


def show(title: str, outcomes: Iterable[Outcome]) -> int:
    """Print the figures of a suite and each failure; return how many are not known."""
    found = list(outcomes)
    failed = [outcome for outcome in found if outcome.problem]
    print(f"{title}: {len(found) - len(failed)} of {len(found)}")
    for outcome in failed:
        print(f"  {outcome.name}: {outcome.problem} ({KNOWN.get(outcome.name, 'not known')})")
    return sum(outcome.name not in KNOWN for outcome in failed)


main()
