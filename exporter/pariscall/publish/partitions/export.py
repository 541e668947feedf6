"""Partitioned export: the data are checked and written as parts, which are the same whoever writes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from time import monotonic

from ... import __version__
from ...errors import MisuseError, OutputError
from ...io.cache import caching
from ...io.progress import Progress, silent
from ...io.storage import Folder, folder_at
from ...project import current
from ...tables.csvw import TABLES
from ...tables.graph import TableGraph
from ...tables.spans import Span
from ...tables.spread import Spread, partition_spread, spread_of
from ...validation.gate_report import GateReport, cleared
from ..export import LEDGER, Summary
from ..ledger import Ledger, check_balances, to_csv
from ..parts import Openers, Part, Parts, writing_parts
from ..vocabularies import vocabularies
from .formats import FORMATS, require_parquet
from .manifest import NAME, UNFINISHED, File, Manifest, PartFile, Rows, is_partitioned

_DEFAULT = ("nt",)
# After these, the next run goes on with the parts that are whole.
_INTERRUPTIONS = (OutputError, KeyboardInterrupt, SystemExit)
# What a partitioned export has in its folder, besides the manifest.
_CONTENT = (*FORMATS, "vocabulary", LEDGER)


def export_partitioned(  # noqa: PLR0913 one for each setting
    out: Path | str,
    formats: Sequence[str] = (),
    folder: Path = TABLES,
    progress: Progress = silent,
    as_of: date | None = None,
    *,
    use_cache: bool = True,
    jobs: int | None = None,
    scheduler: str | None = None,
) -> Summary:
    """Check the tables of a folder and write them as parts, with a manifest, in the named formats.

    The output is a folder, or the address of one in an object store, as fsspec knows it. The parts do
    not depend on how many processes (``jobs``) write them, or on which cluster
    (``scheduler``). They get their names when all are complete, and the manifest is last. A run that
    is interrupted leaves its parts, and the next one of the same tables goes on with them. The other
    settings are those of ``export``.

    Raises:
        MisuseError: if there is no such format, what writes it is not installed, or the folder has
            other files.
        TableError, GateError, LedgerError, OutputError: as ``export``.
    """
    start = monotonic()
    openers = _choose(formats)
    target = folder_at(out)
    _check_free(target)
    graph = TableGraph(folder, as_of, jobs)
    progress(f"tables: {sum(graph.rows.values()):,} rows in {len(graph.rows)} tables")
    spread = spread_of(graph, jobs, scheduler)
    with caching(is_used=use_cache):
        report = _examine(graph, spread).raise_if_failing(progress)
        ledger = Ledger(graph)
        with (
            target.exclusive(),
            writing_parts(
                graph,
                partition_spread(spread),
                openers,
                target.below(UNFINISHED),
                progress,
                is_resumed_after=_INTERRUPTIONS,
            ) as (made, parts),
        ):
            manifest = _manifest(_write_others(made, parts, ledger, openers), parts, as_of)
            names = [file.path for file in (*manifest.files, *manifest.parts)]
            target.take(made, names, (NAME, manifest.to_json()), _CONTENT)
    number = len(manifest.parts) + len(manifest.files) + 1
    progress(f"parts: {len(manifest.parts):,} of {number:,} files in {target}")
    return Summary(
        signatories=ledger.signatories,
        endorsements=ledger.endorsements,
        triples=report.triples,
        findings=report.findings,
        files=number,
        seconds=monotonic() - start,
    )


def _choose(formats: Sequence[str]) -> Openers:
    for name in formats:
        if name not in FORMATS:
            known = ", ".join(FORMATS)
            raise MisuseError(f"there are no parts in the format {name!r}. Choose from {known}.")
    if "parquet" in formats:
        require_parquet()
    return {name: FORMATS[name] for name in FORMATS if name in (formats or _DEFAULT)}


def _examine(graph: TableGraph, spread: Spread | None) -> GateReport:
    """Return the verdict on a graph; what judges is imported only if none is kept."""
    if known := cleared(graph):
        return known
    from ...validation.gate import judge

    return judge(graph, spread)


def _check_free(out: Folder) -> None:
    """Check that nothing of others is in the way.

    Raises:
        MisuseError: if it is.
        OutputError: if that cannot be seen.
    """
    try:
        is_free = all(name.startswith(".") for name in out.entries())
        if is_free or is_partitioned(out):
            return
    except NotADirectoryError:
        pass
    except OSError as error:
        raise OutputError(f"{out}: cannot write: {error.strerror}.") from error
    raise MisuseError(
        f"{out}: other files are here. Name a folder for the parts alone with --output."
    )


def _write_others(folder: Folder, parts: Parts, ledger: Ledger, formats: Openers) -> list[File]:
    """Write the ledger, which must balance, and the vocabularies."""
    endorsements: dict[str, int] = {}
    for _, part in parts:
        ledger.add_record(part.tally)
        for file in part.files:
            if "endorsements" in file.notes:
                name = _pattern(file.path)
                endorsements[name] = endorsements.get(name, 0) + file.notes["endorsements"]
    balances = ledger.balances(endorsements)
    check_balances(balances)
    contents = {
        LEDGER: to_csv(balances).encode(),
        **dict(vocabularies(formats)),
    }
    for name, content in contents.items():
        folder.write(name, content)
    return [
        File(name, sha256(content).hexdigest(), len(content))
        for name, content in sorted(contents.items())
    ]


def _pattern(path: str) -> str:
    """Return the pattern of the parts that a file is one of."""
    folder, _, name = path.rpartition("/")
    return f"{folder}/*.{name.partition('.')[2]}"


def _manifest(files: Sequence[File], parts: Parts, as_of: date | None) -> Manifest:
    written = [file for span, part in parts for file in _files_of(span, part)]
    triples = [file.triples for file in written if file.triples is not None]
    return Manifest(
        dataset=current().slug,
        as_of=as_of.isoformat() if as_of else None,
        software=__version__,
        triples=sum(triples) if triples else None,
        files=files,
        parts=sorted(written, key=lambda file: file.path),
    )


def _files_of(span: Span, part: Part) -> Iterator[PartFile]:
    start = span.starts.get(span.head)
    rows = Rows(span.head, part.documents, start.line if start else None)
    for file in part.files:
        notes: Mapping[str, int] = file.notes
        counts = (notes.get("triples"), notes.get("rows"))
        yield PartFile(file.path, file.sha256, notes["bytes"], rows, *counts)
