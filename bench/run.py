"""Measure whole processes on the real data, and on larger ones, beside what one would use instead.

Usage: ``python run.py [--large] FIGURES.json``. Our commands and their peers take turns. Ratios of one run
carry over to other machines, seconds do not. ``--large`` adds a thousand times the signatories.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat, serialize

from figures import Figures, Work
from measure import BIN, HERE, PARISCALL, WORK, Command, run
from pariscall import bundle
from pariscall.publish.vocabularies import VOCABULARIES
from pariscall.query.queries import find_query
from pariscall.rdf.vocabulary import vocabulary
from pariscall.tables.csvw import read_schema
from pariscall.tables.graph import TableGraph
from pariscall.tables.rows import read_records
from pariscall.validation.rulesets import read_shapes
from pariscall.validation.shape_files import PUBLISHED
from shapes import measure_codes, measure_odd_literal, measure_suites
from synthetic import multiply

MORPH_KGC = HERE.parent / "build" / "morph-kgc" / "bin" / "python"
# Of those who can be multiplied: ten, a hundred and a thousand times all signatories.
TENFOLD, HUNDREDFOLD, THOUSANDFOLD, FOURFOLD = 12, 117, 1170, 4
JOBS = ((1,), (1, 2), (2,), (2,))  # numbers of processes for tables of each size
VERSION = "2026.11.22"
MOST_MAPPED = 20_000  # Morph-KGC takes many minutes for more


@dataclass(frozen=True)
class Size:
    """Tables of some size; ``rounds`` is how often a work on them is measured."""

    folder: Path
    signatories: int
    rounds: int

    @property
    def tables(self) -> list[str]:
        """The option that names the tables."""
        return ["--tables", str(self.folder)]


def main() -> None:
    """Measure everything, and write the figures to a file."""
    *options, path = sys.argv[1:]
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    os.environ["XDG_CACHE_HOME"] = str(WORK / "cache")
    figures = Figures()
    real, *larger = sizes(is_large="--large" in options)
    measure_real(figures, real)
    for size, jobs in zip((real, *larger), JOBS, strict=False):
        measure_size(figures, size, jobs)
    measure_site(figures, real)
    measure_codes(figures)
    measure_suites(figures)
    figures.write(Path(path))


def sizes(*, is_large: bool) -> Iterator[Size]:
    """Yield the bundled tables, and the same with many more signatories."""
    endorsements = read_records(read_schema(bundle.TABLES)["endorsements.csv"])
    yield Size(bundle.TABLES, len({each["party"] for each in endorsements}), 3)
    for times in (TENFOLD, HUNDREDFOLD, *([THOUSANDFOLD] if is_large else [])):
        folder = WORK / f"tables-{times}"
        yield Size(folder, multiply(folder, times), 1)


def measure_real(figures: Figures, real: Size) -> None:
    """Measure what is done once with the bundled tables, and what others need for the same."""
    dumps, number = WORK / "dumps", real.signatories
    export = [PARISCALL, "export", "-o", str(dumps)]
    run([*export, "--format", "nt", "--format", "ttl", "--no-cache"])
    turtle = dumps / "paris-call.ttl"
    figures.measure(Work("pariscall --help", number), [PARISCALL, "--help"])
    figures.measure(Work("export, tables known", number), export)
    figures.measure(Work("validate tables, documents known", number), [PARISCALL, "validate"])
    measure_validation(figures, turtle, number)
    release = [PARISCALL, "release", VERSION, "-o", str(WORK / "releases")]
    figures.measure(Work("release", number), ["sh", "-c", _anew(release, WORK / "releases")])
    for name in ("states", "calls", "supporters-on-a-day"):
        question = WORK / f"{name}.rq"
        question.write_text(find_query(name).text, encoding="utf-8")
        peer = [sys.executable, str(HERE / "rdflib_query.py"), str(turtle), str(question)]
        work = Work(f"query {name}", number)
        figures.measure(work, [PARISCALL, "query", name], {"rdflib": peer})
    first = ["sh", "-c", _anew([PARISCALL, "query", "states"], WORK / "cache" / "pariscall")]
    figures.measure(Work("query states, nothing kept", number), first)


def measure_validation(figures: Figures, turtle: Path, number: int) -> None:
    """Validate the published graph as files, against the pyshacl command on the same graph and shapes."""
    data, shapes = WORK / "data.nt", WORK / "shapes.nt"
    graph = (quad.triple for quad in (*vocabulary(), *TableGraph().quads()))
    serialize(graph, str(data), format=RdfFormat.N_TRIPLES)
    shapes_triples = (quad.triple for quad in read_shapes(PUBLISHED))
    serialize(shapes_triples, str(shapes), format=RdfFormat.N_TRIPLES)
    ours = [PARISCALL, "validate", str(data)]
    peer = [str(BIN / "pyshacl"), "-s", str(shapes), "-sf", "nt", "-df", "nt", str(data)]
    found = len(json.loads(run([PARISCALL, "validate", "--report", "json"]).stdout)["results"])
    theirs = re.search(r"Results \((\d+)\)", run(peer).stdout)
    same = theirs is not None and int(theirs[1]) == found
    note = f"{found} findings each" if same else "the findings differ"
    figures.measure(Work("validate N-Triples", number, note=note), ours, {"pyshacl": peer})
    measure_odd_literal(figures, data, number)
    figures.measure(Work("validate Turtle", number), [PARISCALL, "validate", str(turtle)])


def measure_size(figures: Figures, size: Size, jobs: tuple[int, ...]) -> None:
    """Map, export and validate tables of a size, in one process and in several."""
    number, rounds = size.signatories, size.rounds
    script = [sys.executable, str(HERE / "ntriples.py"), str(size.folder), str(WORK / "mapped.nt")]
    peers = mappers(size) if number < MOST_MAPPED else {}
    figures.measure(Work("tables to N-Triples", number, rounds), script, peers)
    dumps = WORK / f"dumps-{number}"
    for count in jobs:
        label = f", {count} processes" if count > 1 else ""
        own = [*size.tables, "--jobs", str(count)]
        export = [PARISCALL, "export", "-o", str(dumps), *own, "--no-cache"]
        peers = exporters(dumps) if size.folder == bundle.TABLES else {}
        figures.measure(Work(f"export{label}", number, rounds), export, peers)
        validate = [PARISCALL, "validate", *own, "--no-cache"]
        figures.measure(Work(f"validate tables{label}", number, rounds), validate)
    shutil.rmtree(dumps)


def mappers(size: Size) -> dict[str, Command]:
    """Return the command of Morph-KGC on the same tables in SQLite, if ``make morph-kgc`` brought it."""
    if not MORPH_KGC.exists():
        print("Morph-KGC is not there: make morph-kgc fetches it")
        return {}
    folder = WORK / f"database-{size.signatories}"
    formats = ["--format", "sqlite", "--format", "r2rml"]
    run([PARISCALL, "export", "-o", str(folder), *size.tables, *formats])
    return {"Morph-KGC": [sys.executable, str(HERE / "morph_kgc.py"), str(MORPH_KGC), str(folder)]}


def exporters(dumps: Path) -> dict[str, Command]:
    """Return the rdflib script that writes the same formats, of the same graph, without a gate."""
    script, context = HERE / "rdflib_export.py", bundle.CONTEXT
    vocabularies = [str(path) for paths in VOCABULARIES.values() for path in paths]
    arguments = [str(dumps / "paris-call.nt"), str(context), str(WORK / "rdflib"), *vocabularies]
    return {"rdflib": [sys.executable, str(script), *arguments]}


def measure_site(figures: Figures, real: Size) -> None:
    """Write the site of the registry and of one about four times as large."""
    folder = WORK / "fourfold"
    larger = Size(folder, multiply(folder, FOURFOLD), 1)
    for size in (real, larger):
        command = [PARISCALL, "site", "--no-cache", "-o", str(WORK / "site"), *size.tables]
        figures.measure(Work("site", size.signatories, rounds=1), command)


def _anew(command: Command, folder: Path) -> str:
    return f"rm -rf {folder} && {' '.join(command)}"


if __name__ == "__main__":
    main()
