"""What the checks make of a mutant: who catches it, or nobody."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pariscall.errors import LedgerError, TableError
from pariscall.publish.ledger import check_balances, draw_up
from pariscall.tables.graph import TableGraph
from pariscall.tables.rows import key_getter
from pariscall.tables.writer import comment_of, delimiter_of
from pariscall.validation.locations.location import Location
from pariscall.validation.report import DISAGREEMENT, Finding, Report
from pariscall.validation.shape_files import PUBLISHED
from pariscall.validation.validate import verdict

from .mutant import Mutant, RowChange
from .neighbourhood import Neighbourhood
from .rows import line
from .source import Source

TABLES, CONSISTENCY, SHAPES = "table check", "consistency", "shape"
REPORT, ACCOUNT = "registry report", "account"
MISSED = "missed"


@dataclass(frozen=True)
class Verdict:
    """By what a mutant is caught, and in which words; or that it is missed."""

    caught_by: str
    reason: str = ""


class Judge:
    """Holds the sound data, puts one mutant after the other in their place, and looks on."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._folder = Path(tempfile.mkdtemp(prefix="mutation-"))
        for path in source.folder.glob("*"):
            (self._folder / path.name).symlink_to(path.resolve())
        self._sound = Neighbourhood(TableGraph(source.folder).quads())

    def close(self) -> None:
        """Remove the folder of the mutants."""
        shutil.rmtree(self._folder)

    def judge(self, mutant: Mutant) -> Verdict:
        """Run the checks, the cheapest first."""
        if isinstance(mutant.change, RowChange):
            return self._judge_rows(mutant.change)
        return self._found_by_shapes(self._sound.found(mutant.change.removed, mutant.change.added))

    def _judge_rows(self, change: RowChange) -> Verdict:
        path = self._folder / change.table
        path.unlink()
        try:
            path.write_bytes(content(self._source, change))
            graph = TableGraph(self._folder)
            return self._judge_graph(graph)
        except TableError as error:
            return Verdict(TABLES, _first_line(error))
        finally:
            path.unlink(missing_ok=True)
            path.symlink_to((self._source.folder / change.table).resolve())

    def _judge_graph(self, graph: TableGraph) -> Verdict:
        """Ask what an export asks once the tables are read, of the neighbourhood of the change."""
        found = self._found_by_shapes(self._sound.found_instead(graph.quads()))
        report = verdict(graph, lambda _: _report(found))
        for finding in report.failing:
            if finding.rule == DISAGREEMENT:
                return Verdict(CONSISTENCY, f"{finding.location}: {finding.message()}")
            return found
        try:
            check_balances(draw_up(graph).balances())
        except LedgerError as error:
            return Verdict(ACCOUNT, _first_line(error))
        return found

    def _found_by_shapes(self, found: Iterable[tuple[str, str]]) -> Verdict:
        shapes = dict(found)
        published = [shapes[name] for name in PUBLISHED if name in shapes]
        if published:
            return Verdict(SHAPES, published[0])
        return Verdict(REPORT, shapes["registry"]) if shapes else Verdict(MISSED)


def _report(found: Verdict) -> Report:
    """Return the report of the published shapes: at most one violation, which says all."""
    location = Location("the neighbourhood")
    violation = Finding(found.reason, "Violation", (("en", found.reason),), (), "", location)
    return Report([violation] if found.caught_by == SHAPES else [], 0, "neighbourhood")


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def content(source: Source, change: RowChange) -> bytes:
    """Write the table that a change leaves, sorted unless the change is that it is not."""
    table = source.schema[change.table]
    rows: list[tuple[str, ...] | bytes] = [row for _, row in source.rows[change.table]]
    rows[change.at : change.at + change.replaced] = change.lines
    if change.is_sorted and not any(isinstance(row, bytes) for row in rows):
        key_of = key_getter(table)
        with suppress(ValueError):  # a key that is no number is refused wherever it stands
            rows.sort(key=lambda row: key_of([str(cell) for cell in row]))
    delimiter = delimiter_of(table)
    return comment_of(table).encode() + b"".join(
        row if isinstance(row, bytes) else line(row, delimiter)
        for row in (tuple(table.index), *rows)
    )
