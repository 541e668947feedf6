"""Measure validation where engines become slow: an odd literal, a long list, many small shapes.

``run.py`` calls these; ``python bench/shapes.py`` measures them alone.
"""

from __future__ import annotations

import os
import sys

from pyoxigraph import RdfFormat, serialize

from measure import BIN, HERE, PARISCALL, WORK, fastest, report, timed
from pariscall.tables.graph import TableGraph

CODES, VALUES = 10_000, 300
ODD = "<https://example.org/a> <https://example.org/p> 1.0 .\n"
PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix ex: <https://example.org/> .\n"


def main() -> None:
    """Measure these alone."""
    WORK.mkdir(parents=True, exist_ok=True)
    measure_odd_literal()
    compare_codes()
    measure_suites()


def measure_odd_literal() -> None:
    """Validate the published data, and the same with a number that Oxigraph writes differently."""
    data, odd = WORK / "published.nt", WORK / "odd.ttl"
    serialize((quad.triple for quad in TableGraph().quads()), str(data), format=RdfFormat.N_TRIPLES)
    odd.write_text(ODD, encoding="utf-8")
    plain = [PARISCALL, "validate", str(data)]
    without, longer = fastest(plain, [*plain, str(odd)], rounds=3)
    ratio = f"{longer / without:8.2f}x"
    print(f"{'validate, with one 1.0':34}{without:11.2f}s{longer:11.2f}s{ratio}{'<1.2x':>7}")


def compare_codes() -> None:
    """Check some values against a list of ten thousand, against the pyshacl command."""
    data, shapes = WORK / "codes-data.ttl", WORK / "codes-shapes.ttl"
    triples = "".join(f"ex:n{n} a ex:T ; ex:code 'c{n}' .\n" for n in range(VALUES))
    data.write_text(PREFIXES + triples, encoding="utf-8")
    codes = " ".join(f"'c{n}'" for n in range(CODES))
    shape = "ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:code ; sh:in "
    shapes.write_text(f"{PREFIXES}{shape}( {codes} ) ] .\n", encoding="utf-8")
    ours = [PARISCALL, "validate", "--shapes", str(shapes), str(data)]
    peer = [str(BIN / "pyshacl"), "-s", str(shapes), str(data)]
    report("sh:in of 10,000 / pyshacl command", *fastest(ours, peer, rounds=1), goal=50)


def measure_suites() -> None:
    """Run the SHACL suites of the W3C in our engine, if ``make w3c-shacl`` brought them."""
    if not (HERE.parent / "build" / "w3c-shacl").exists():
        print("the SHACL suites are not there: make w3c-shacl fetches them")
        return
    os.environ["PYTHONPATH"] = str(HERE.parent / "tests")
    seconds, _ = timed([sys.executable, "-m", "support.engines.conformance", "pariscall"])
    print(f"{'121 tests of the W3C':34}{seconds:11.2f}s{'':>12}{'':>9}{'<20s':>7}", flush=True)


if __name__ == "__main__":
    main()
