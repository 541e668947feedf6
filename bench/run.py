"""Measure whole processes on the real data against what one would use instead.

Prints ratios of times taken in one run on one machine: they carry over, seconds do not.
Peers and commands take turns, and the best of their times counts.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys

from pyoxigraph import RdfFormat, serialize

from measure import BIN, HERE, PARISCALL, WORK, fastest, report, run, timed, used
from pariscall import bundle
from pariscall.publish.vocabularies import VOCABULARIES
from pariscall.query.queries import find_query
from pariscall.rdf.vocabulary import vocabulary
from pariscall.tables.graph import TableGraph
from pariscall.validation.rulesets import read_shapes
from pariscall.validation.shape_files import PUBLISHED
from shapes import compare_codes, measure_odd_literal, measure_suites
from synthetic import multiply

_TENFOLD, _FOURFOLD = 10, 4
TIMES_LARGER = 117  # of those who can be multiplied, which makes a hundred times the signatories
QUESTIONS = ("states", "calls", "supporters-on-a-day")


def main() -> None:
    """Run all comparisons and print a line for each."""
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    os.environ["XDG_CACHE_HOME"] = str(WORK / "cache")
    print(f"{'':34}{'pariscall':>12}{'peer':>12}{'ratio':>9}{'goal':>7}")
    measure_mapping()
    compare_export()
    compare_validation()
    measure_odd_literal()
    compare_codes()
    measure_suites()
    measure_large_validation()
    measure_jobs()
    compare_queries()
    measure_help()
    measure_site()
    measure_large_registry()


def measure_mapping() -> None:
    """Map the tables, and ten times as many rows, to N-Triples, without the gate."""
    large = WORK / "tenfold-tables"
    multiply(large, _TENFOLD)
    for what, folder in (("real", bundle.TABLES), ("tenfold", large)):
        script = [sys.executable, str(HERE / "ntriples.py"), str(folder), str(WORK / "mapped.nt")]
        processor, wall, memory = used(script, rounds=3)
        lines = (WORK / "mapped.nt").read_bytes().count(b"\n")
        print(
            f"{f'tables to N-Triples, {what}':34}{processor:8.2f} CPU s{wall:8.2f} s"
            f"{memory:8.0f}MB  {lines:,} triples",
            flush=True,
        )


def compare_export() -> None:
    """Write all formats, against an rdflib script."""
    dumps = WORK / "dumps"
    again = [PARISCALL, "export", "-o", str(dumps)]
    ours = [*again, "--no-cache"]
    run(ours)
    peer = [
        sys.executable,
        str(HERE / "rdflib_export.py"),
        str(dumps / "paris-call.nt"),
        str(bundle.CONTEXT),
        str(WORK / "rdflib"),
        *(str(path) for paths in VOCABULARIES.values() for path in paths),
    ]
    report("export, all formats / rdflib", *fastest(ours, peer, rounds=5), goal=10)
    report("the same, tables known / judged", *fastest(again, ours, rounds=5), goal=1.5)


def compare_validation() -> None:
    """Validate the published graph, against the pyshacl command on the same graph and shapes."""
    data, shapes = WORK / "data.nt", WORK / "shapes.nt"
    graph = (quad.triple for quad in (*vocabulary(), *TableGraph().quads()))
    serialize(graph, str(data), format=RdfFormat.N_TRIPLES)
    shapes_triples = (quad.triple for quad in read_shapes(PUBLISHED))
    serialize(shapes_triples, str(shapes), format=RdfFormat.N_TRIPLES)
    ours = [PARISCALL, "validate"]
    peer = [str(BIN / "pyshacl"), "-s", str(shapes), "-sf", "nt", "-df", "nt", str(data)]
    times = fastest(ours, peer, rounds=2)
    found = len(json.loads(run([*ours, "--report", "json"]).stdout)["results"])
    theirs = re.search(r"Results \((\d+)\)", run(peer).stdout)
    same = theirs is not None and int(theirs[1]) == found
    note = f"{found} findings each" if same else "DIFFERENT FINDINGS"
    report("validate / pyshacl command", *times, goal=20, note=note)


def measure_large_validation() -> None:
    """Validate the registry and one ten times as large, and look at the memory."""
    large = WORK / "tenfold"
    multiply(large, _TENFOLD)
    runs = [
        (timed([PARISCALL, "validate"]), timed([PARISCALL, "validate", "--tables", str(large)]))
        for _ in range(2)
    ]
    (seconds, memory), (longer, peak) = (min(times) for times in zip(*runs, strict=True))
    print(f"{'validate, 1,222 signatories':34}{seconds:11.1f}s{memory:10.0f}MB")
    note = f"  {longer / seconds:.1f} times the time"
    print(
        f"{'validate, 12,220 signatories':34}{longer:11.1f}s{peak:10.0f}MB{'':>9}{'<11x':>7}{note}"
    )


def measure_jobs() -> None:
    """Export and validate a registry ten times as large in one process and in two."""
    tables = ["--tables", str(WORK / "tenfold")]
    for what, command in (
        ("export", ["export", "--no-cache", "-o", str(WORK / "tenfold-dumps")]),
        ("validate", ["validate"]),
    ):
        one, two = (timed([PARISCALL, *command, *tables, "--jobs", jobs])[0] for jobs in ("1", "2"))
        report(f"{what}, 12,220: --jobs 2 / 1", two, one, goal=1.6)


def compare_queries() -> None:
    """Ask ready-made questions, against an rdflib script that loads the Turtle."""
    turtle = str(WORK / "dumps" / "paris-call.ttl")
    for name in QUESTIONS:
        ours = [PARISCALL, "query", name]
        cold = timed(ours)[0] if name == QUESTIONS[0] else None
        question = WORK / f"{name}.rq"
        question.write_text(find_query(name).text, encoding="utf-8")
        peer = [sys.executable, str(HERE / "rdflib_query.py"), turtle, str(question)]
        note = f"{cold:.2f} s the first time" if cold else ""
        report(f"query {name} / rdflib", *fastest(ours, peer, rounds=2), goal=8, note=note)


def measure_help() -> None:
    """Start and explain itself."""
    best = min(timed([PARISCALL, "--help"])[0] for _ in range(5))
    print(f"{'--help':34}{best:11.2f}s{'':>12}{'':>9}{'<0.3s':>7}")


def measure_site() -> None:
    """Write the site of the registry and of one about four times as large."""
    large = WORK / "fourfold"
    number = multiply(large, _FOURFOLD)
    seconds, memory = timed([PARISCALL, "site", "--no-cache", "-o", str(WORK / "site")])
    longer, peak = timed(
        [PARISCALL, "site", "--no-cache", "--tables", str(large), "-o", str(WORK / "large-site")]
    )
    print(f"{'site, 1,222 signatories':34}{seconds:11.1f}s{memory:10.0f}MB{'':>9}{'<20s':>7}")
    note = f"  {longer / seconds:.1f} times the time"
    goal = f"<{1.1 * number / 1222:.1f}x"  # linear, and a tenth for what disks do
    what = f"site, {number:,} signatories"
    print(f"{what:34}{longer:11.1f}s{peak:10.0f}MB{'':>9}{goal:>7}{note}")


def measure_large_registry() -> None:
    """Export the registry and one a hundred times as large, and look at the memory."""
    number = multiply(WORK / "large", TIMES_LARGER)
    out = ["-o", str(WORK / "large-dumps")]
    seconds, memory = timed([PARISCALL, "export", "--no-cache", *out])
    large, peak = timed([PARISCALL, "export", "--no-cache", "--tables", str(WORK / "large"), *out])
    print(f"{'export, 1,222 signatories':34}{seconds:11.1f}s{memory:10.0f}MB")
    note = f"  {large / seconds:.0f} times the time"
    print(
        f"{f'export, {number:,} signatories':34}{large:11.1f}s{peak:10.0f}MB{'':>9}{'<400MB':>7}{note}"
    )


if __name__ == "__main__":
    main()
