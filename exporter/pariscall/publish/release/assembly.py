"""Assemble a release: a folder that gets its name when all of it is complete."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from pyoxigraph import parse

from ... import __version__, bundle
from ...errors import MisuseError, relative
from ...io.atomic import exclusive, staged_folder, write_synced
from ...io.compression import COMPRESSED, compress_once
from ...io.progress import Detail, Progress, silent
from ...project import current
from ...rdf import statistics
from ...rdf.formats import Format, format_of
from ...rdf.namespaces import BASE
from ...rdf.vocabulary import version_iri
from ...tables.csvw import TABLES, Column, Schema
from ...tables.graph import TableGraph
from ...tables.rows import Row
from ...tables.spread import Spread, spread_of
from ...validation.gate import summarize
from ...validation.report import Report
from ...validation.reports import REPORTS
from ...validation.validate import validate_graph
from .. import ledger
from ..dumps import DUMPS, signatory
from ..export import ALL, LEDGER, choose, export_graph
from .checksums import SUMS, file_names, sha256
from .descriptions import DESCRIPTIONS
from .index import write_index
from .manifest import FORMAT, NAME, Field, File, Manifest, digest_of_project
from .sbom import NAME as SBOM
from .sbom import sbom
from .signature import sign
from .version import read_issued

_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".atom": "application/atom+xml",
    ".graphml": "application/graphml+xml",
    ".geojson": "application/geo+json",
    ".sqlite": "application/vnd.sqlite3",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
    ".html": "text/html",
    ".md": "text/markdown",
    ".gz": "application/gzip",
}
# The reports, and the shapes of each: those that are published, or a set.
_JUDGED: dict[str, Sequence[str]] = {"validation": (), "registry": ("registry",)}
_REPORTS = {"json": "json", "turtle": "ttl", "html": "html", "markdown": "md"}
# The dumps that hold the whole graph; ``verify`` counts what is in them.
_WHOLE = {dump.file for dump in DUMPS if dump.name in ("ttl", "jsonld", "nt", "trig", "rdf")}
_FIELDS: dict[str, Callable[[Schema], Iterable[Column]]] = {
    f"{current().slug}-signatories.csv": signatory.columns,
    LEDGER: lambda _: ledger.COLUMNS,
}


def release(  # noqa: PLR0913 one for each setting
    version: str,
    out: Path,
    folder: Path = TABLES,
    progress: Progress = silent,
    *,
    key: Path | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
) -> Manifest:
    """Write a release to the folder of its version, below ``out``, signed if a key is given.

    The version is a date, ``YYYY.MM.DD``, with a number if there are several on a date. The same
    tables and version give the same bytes, on however many processes (``jobs``) or on the cluster of
    a ``scheduler`` they are judged and written. Nothing has the final name until all is complete; what
    a run that was killed left behind is swept away by the next. The index of the releases that
    are in ``out`` is written anew.

    Raises:
        MisuseError: if the version is not one, or is there already, or the key does not sign.
        TableError, GateError, LedgerError: as ``export``.
        OutputError: if it cannot be written, or another run writes there.
    """
    issued = read_issued(version)
    final = out / version
    with exclusive(out):
        if final.exists():
            write_index(out)  # a run may have been killed when only this was left to do
            raise MisuseError(f"{relative(final)} is there already. A release never changes.")
        with staged_folder(final) as partial:
            graph = TableGraph(folder, jobs=jobs)
            spread = spread_of(graph, jobs, scheduler)
            reports = {
                name: validate_graph(graph, shapes, jobs=jobs, scheduler=scheduler)
                for name, shapes in _JUDGED.items()
            }
            progress(Detail(f"reports: {', '.join(reports)}"))
            manifest = _assemble(
                partial, version, issued, graph, reports, progress=progress, spread=spread
            )
            if key:
                sign(partial, key)
        write_index(out)
    return manifest


def _assemble(  # noqa: PLR0913 what a release is made of
    partial: Path,
    version: str,
    issued: date,
    graph: TableGraph,
    reports: Mapping[str, Report],
    *,
    progress: Progress,
    spread: Spread | None,
) -> Manifest:
    judged = summarize(reports["validation"])
    export_graph(graph, partial, choose([ALL]), progress, judged, spread=spread)
    _sort(partial / f"{current().slug}.nt")
    _write_reports(partial, reports)
    _write_sbom(partial, version, issued, graph)
    for dump in DUMPS:
        if (partial / dump.file).exists():
            _compress(partial / dump.file)
    progress(Detail("compressed copies"))
    manifest = _describe(partial, _manifest(partial, version, issued, graph))
    write_synced(partial / NAME, manifest.to_json())
    sums = "".join(f"{sha256(partial / name)}  {name}\n" for name in file_names(partial))
    write_synced(partial / SUMS, sums.encode())
    progress(f"release: {len(manifest.files) + len(DESCRIPTIONS) + 2} files of {version}")
    return manifest


def _describe(partial: Path, manifest: Manifest) -> Manifest:
    """Write the descriptions, and return the manifest with their checksums."""
    for name, describe in DESCRIPTIONS.items():
        write_synced(partial / name, describe(manifest))
    return replace(manifest, descriptions={name: sha256(partial / name) for name in DESCRIPTIONS})


def _write_reports(partial: Path, reports: Mapping[str, Report]) -> None:
    """Write the reports on what is published, and on the registry's own values."""
    (partial / "reports").mkdir()
    for name, found in reports.items():
        report = _at_home(found)
        for kind, suffix in _REPORTS.items():
            write_synced(
                partial / "reports" / f"{name}.{suffix}",
                REPORTS[kind](report, current().main_language).encode(),
            )


def _write_sbom(partial: Path, version: str, issued: date, graph: TableGraph) -> None:
    row = _head(graph)
    content = sbom(row["dataset"], version, issued.isoformat(), row["licence"])
    write_synced(partial / "reports" / SBOM, content)


def _at_home(report: Report) -> Report:
    """Name tables as the repository does, wherever they are on this machine."""
    return replace(
        report,
        findings=[
            replace(
                finding,
                location=replace(finding.location, file=f"data/{Path(finding.location.file).name}"),
            )
            for finding in report.findings
        ],
    )


def _sort(path: Path) -> None:
    """Sort the lines of a file, so that two releases can be compared line by line."""
    lines = path.read_bytes().splitlines(keepends=True)
    write_synced(path, b"".join(sorted(lines)))


def _compress(path: Path) -> None:
    write_synced(path.with_name(path.name + COMPRESSED), compress_once(path.read_bytes()))


def _manifest(partial: Path, version: str, issued: date, graph: TableGraph) -> Manifest:
    row = _head(graph)
    counted = statistics.count_terms(
        statement
        for document in graph.documents()
        for description in document.descriptions.values()
        for statement in description.statements()
    )
    return Manifest(
        format=FORMAT,
        dataset=row["dataset"],
        version=version,
        issued=issued.isoformat(),
        modified=row["modified"],
        title=row.texts("title"),
        description=row.texts("description"),
        rights=row.texts("rights"),
        licence=row["licence"],
        publisher=row["publisher"],
        source=_origin(row),
        ontology=_version_of(bundle.ONTOLOGY),
        shapes=_version_of(bundle.SHAPES / "header.ttl"),
        software=__version__,
        statistics=counted,
        files=list(_files(partial, graph.schema, counted.triples)),
        project=digest_of_project(),
    )


def _origin(dataset: Row) -> str:
    """Return the IRI of the registry of a dataset or, without one, of the list that it is from."""
    registry, source = dataset["registry"], dataset["source"]
    return f"{BASE}registry/{registry}" if registry else f"{BASE}source/{source}"


def _head(graph: TableGraph) -> Row:
    """Return the row that describes the dataset."""
    [document] = graph.documents(["datasets.csv"])
    return document.rows[0]


def _version_of(vocabulary: Path) -> str:
    """Return the version that a vocabulary declares, such as 0.1.0."""
    return version_iri(vocabulary).rpartition("/")[2]


def _files(partial: Path, schema: Schema, triples: int) -> Iterator[File]:
    """Yield the files; those that hold the graph have its triples."""
    for name in file_names(partial):
        path = partial / name
        # A compressed copy is not counted again, and .json is not JSON-LD here.
        kind = None if path.suffix in _MEDIA_TYPES else format_of(path)
        yield File(
            path=name,
            role=_role(name),
            media_type=kind.media_type if kind else _MEDIA_TYPES[path.suffix],
            size=path.stat().st_size,
            sha256=sha256(path),
            triples=triples if name in _WHOLE else _count(path, kind) if kind else None,
            packs=name.removesuffix(".gz") if name.endswith(".gz") else None,
            fields=[_field(column) for column in _FIELDS[name](schema)]
            if name in _FIELDS
            else None,
        )


def _count(path: Path, kind: Format) -> int:
    return sum(1 for _ in parse(path=str(path), format=kind.rdf))


def _field(column: Column) -> Field:
    return Field(column.name, column.datatype, column.required, column.pattern, column.minimum)


def _role(name: str) -> str:
    folder, slash, _ = name.rpartition("/")
    if slash:
        return {"vocabulary": "vocabulary", "reports": "report"}[folder]
    return "report" if name == LEDGER else "data"
