"""Measure validation where engines become slow: an odd literal, a long list, many small shapes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from figures import Figures, Work
from measure import BIN, HERE, PARISCALL, WORK

CODES, VALUES = 10_000, 300
ODD = "<https://example.org/a> <https://example.org/p> 1.0 .\n"
PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix ex: <https://example.org/> .\n"


def measure_odd_literal(figures: Figures, data: Path, signatories: int) -> None:
    """Validate data with a number that Oxigraph writes differently."""
    odd = WORK / "odd.ttl"
    odd.write_text(ODD, encoding="utf-8")
    work = Work("validate N-Triples and one 1.0", signatories)
    figures.measure(work, [PARISCALL, "validate", str(data), str(odd)])


def measure_codes(figures: Figures) -> None:
    """Check some values against a list of ten thousand, against the pyshacl command."""
    data, shapes = WORK / "codes-data.ttl", WORK / "codes-shapes.ttl"
    triples = "".join(f"ex:n{n} a ex:T ; ex:code 'c{n}' .\n" for n in range(VALUES))
    data.write_text(PREFIXES + triples, encoding="utf-8")
    codes = " ".join(f"'c{n}'" for n in range(CODES))
    shape = "ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:code ; sh:in "
    shapes.write_text(f"{PREFIXES}{shape}( {codes} ) ] .\n", encoding="utf-8")
    ours = [PARISCALL, "validate", "--shapes", str(shapes), str(data)]
    peer = [str(BIN / "pyshacl"), "-s", str(shapes), str(data)]
    figures.measure(Work("sh:in of 10,000 codes", 0, rounds=1), ours, {"pyshacl": peer})


def measure_suites(figures: Figures) -> None:
    """Run the SHACL suites of the W3C in our engine, if ``make w3c-shacl`` brought them."""
    if not (HERE.parent / "build" / "w3c-shacl").exists():
        print("the SHACL suites are not there: make w3c-shacl fetches them")
        return
    os.environ["PYTHONPATH"] = str(HERE.parent / "tests")
    command = [sys.executable, "-m", "support.engines.conformance", "pariscall"]
    figures.measure(Work("121 tests of the W3C", 0), command)
