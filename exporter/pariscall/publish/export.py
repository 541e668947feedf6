"""Export: the reviewed tables are checked and written as dumps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from time import monotonic

from ..errors import MisuseError, relative
from ..io.atomic import Staging, staging
from ..io.cache import caching
from ..io.extras import require
from ..io.progress import Detail, Progress, silent
from ..project import current
from ..tables.csvw import TABLES
from ..tables.graph import TableGraph
from ..tables.spread import Spread, spread_of
from ..validation.gate_report import GateReport, cleared
from .dumps import DUMPS, Dump, parted_writer
from .ledger import Ledger, check_balances, count_endorsements, to_csv
from .vocabularies import vocabularies

ALL = "all"
LEDGER = f"{current().slug}-ledger.csv"


@dataclass(frozen=True)
class Summary:
    """The numbers of what an export published."""

    signatories: int
    endorsements: int
    triples: int
    findings: int
    files: int
    seconds: float


def export(  # noqa: PLR0913 one for each setting
    out: Path,
    formats: Sequence[str] = (),
    folder: Path = TABLES,
    progress: Progress = silent,
    as_of: date | None = None,
    *,
    use_cache: bool = True,
    jobs: int | None = None,
    scheduler: str | None = None,
) -> Summary:
    """Check the tables of a folder and write the dumps, in the named formats or in the usual ones.

    With ``as_of``, they hold what the registry listed on that day. Tables that have passed the gate
    before are not judged again, nor vocabularies converted again, unless ``use_cache`` is false. The
    dumps are written in so many processes (``jobs``); by default, one for each core if the tables are
    large, and else one; or on the cluster whose scheduler has the address ``scheduler``.

    The ontology, the code lists and the shapes are written to ``vocabulary/``. The files get their
    names together, when all are complete; until then the files of an earlier export stay.

    Raises:
        MisuseError: as ``choose``, or if nothing is known of the day.
        TableError: if the tables cannot be read or break their description.
        GateError: if the data violate the publishing gate, or the tables contradict each other.
        LedgerError: if a record is not accounted for.
        OutputError: if the files cannot be written, or the processes that write them are ended.
    """
    chosen = choose(formats)
    graph = TableGraph(folder, as_of, jobs)
    spread = spread_of(graph, jobs, scheduler)
    with caching(is_used=use_cache):
        return export_graph(graph, out, chosen, progress, cleared(graph), spread=spread)


def export_graph(  # noqa: PLR0913 one for each setting
    graph: TableGraph,
    out: Path,
    chosen: Sequence[Dump],
    progress: Progress = silent,
    judged: GateReport | None = None,
    *,
    spread: Spread | None = None,
) -> Summary:
    """Write the chosen dumps of a graph, which is checked unless it was judged before.

    The vocabularies are written beside them.

    Raises:
        TableError, GateError, LedgerError, OutputError: as ``export``.
    """
    start = monotonic()
    dumps = [dump for dump in chosen if _has_content(dump, graph)]
    progress(f"tables: {sum(graph.rows.values()):,} rows in {len(graph.rows)} tables")
    with _examining(graph, judged, spread) as gate_report, staging(out) as stage:
        try:
            ledger = _write_all(stage, graph, dumps, spread, progress)
            for name, content in vocabularies({dump.name for dump in dumps}):
                stage.create(name).write(content)
            progress(Detail(f"writing: {len(stage.names)} files"))
        except Exception:
            gate_report().raise_if_failing(
                progress
            )  # what breaks the gate may break the writing too
            raise
        report = gate_report().raise_if_failing(progress)
    progress(f"dumps: {len(stage.names)} files in {relative(out)}")
    return Summary(
        signatories=ledger.signatories,
        endorsements=ledger.endorsements,
        triples=report.triples,
        findings=report.findings,
        files=len(stage.names),
        seconds=monotonic() - start,
    )


def _examining(
    graph: TableGraph, judged: GateReport | None, spread: Spread | None
) -> AbstractContextManager[Callable[[], GateReport]]:
    """Judge a graph while it is written; a large one before, to hold less at once."""
    if judged:
        return nullcontext(lambda: judged)
    from ..io.background import run_in_background
    from ..validation.gate import judge

    if graph.is_kept:
        return run_in_background(partial(judge, graph))
    gate_report = judge(graph, spread)
    return nullcontext(lambda: gate_report)


def choose(formats: Sequence[str]) -> list[Dump]:
    """Return the dumps of the named formats, of ``all``, or those that are written by default.

    Raises:
        MisuseError: if there is no such format, or what writes it is not installed.
    """
    known = [*(dump.name for dump in DUMPS), ALL]
    for name in formats:
        if name not in known:
            raise MisuseError(f"there is no format {name!r}. Choose from {', '.join(known)}.")
    wanted = [dump for dump in DUMPS if _is_wanted(dump, formats)]
    for dump in wanted:
        if dump.extra:
            require(f"the format {dump.name}", dump.extra)
    return wanted


def _has_content(dump: Dump, graph: TableGraph) -> bool:
    """Return whether there is anything to write: a project may have no mappings."""
    return not dump.tables or any(graph.rows.get(name, 0) for name in dump.tables)


def _is_wanted(dump: Dump, formats: Sequence[str]) -> bool:
    if not formats:
        return dump.by_default
    return ALL in formats or dump.name in formats


def _write_all(
    stage: Staging,
    graph: TableGraph,
    dumps: Sequence[Dump],
    spread: Spread | None,
    progress: Progress,
) -> Ledger:
    if spread:
        ledger = _spread_data(stage, graph, dumps, spread, progress)
    else:
        ledger = _write_data(stage, graph, dumps)
    written = {dump: stage.written(dump.file) for dump in dumps}
    balances = ledger.balances(count_endorsements(written))
    check_balances(balances)
    stage.create(LEDGER).write(to_csv(balances).encode())
    return ledger


def _write_data(stage: Staging, graph: TableGraph, dumps: Sequence[Dump]) -> Ledger:
    """Write all dumps in one pass over the documents, and count them in the ledger."""
    writers = [dump.writer(stage.create(dump.file)) for dump in dumps]
    ledger = Ledger(graph)
    for document in graph.documents():
        ledger.add(document)
        for writer in writers:
            writer.write(document)
    for writer in writers:
        writer.close()
    return ledger


def _spread_data(
    stage: Staging,
    graph: TableGraph,
    dumps: Sequence[Dump],
    spread: Spread,
    progress: Progress,
) -> Ledger:
    """Write the dumps that can be in parts where the work is spread, and the others here."""
    from .joining import write_joined

    ledger = Ledger(graph)
    parted = {
        dump.name: parted_writer(dump.name, stage.create(dump.file))
        for dump in dumps
        if dump.is_parted
    }
    whole = {
        dump.name: dump.writer(stage.create(dump.file)) for dump in dumps if not dump.is_parted
    }
    write_joined(graph, spread, stage.folder, parted, tally=ledger, progress=progress)
    if whole:
        progress(f"in one process, as they cannot be written in parts: {', '.join(whole)}")
        for document in graph.documents():
            for writer in whole.values():
                writer.write(document)
    for each in (*parted.values(), *whole.values()):
        each.close()
    return ledger
