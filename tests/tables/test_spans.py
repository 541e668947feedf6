"""Spans hold the documents of the whole, in order and with their lines, wherever the tables are cut."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from pariscall import bundle
from pariscall.tables.document import Document
from pariscall.tables.graph import TableGraph
from pariscall.tables.spans import Span, SpanReader, cut
from support.command import Run
from support.list_project import make_project


def rows(documents: Iterable[Document]) -> list[list[tuple[str, int, list[str]]]]:
    return [[(row.table.name, row.line, row.cells) for row in each.rows] for each in documents]


def statements(documents: Iterable[Document]) -> list[str]:
    return [str(quad) for document in documents for quad in document.quads()]


def in_spans(folder: Path, size: int, as_of: date | None = None) -> Iterator[Document]:
    reader = SpanReader(folder, as_of)
    for span in cut(reader.schema, size):
        yield from reader.documents(span)


@pytest.mark.slow
@pytest.mark.parametrize("size", [1, 2, 5, 10_000])
def test_spans_of_any_size_hold_all_documents_in_order(small: Path, size: int) -> None:
    whole = list(TableGraph(small).documents())
    cut_up = list(in_spans(small, size))
    assert rows(cut_up) == rows(whole)
    assert statements(cut_up) == statements(whole)


def test_a_span_has_so_many_documents_and_knows_its_rows(small: Path) -> None:
    reader = SpanReader(small)
    spans = [span for span in cut(reader.schema, 5) if span.head == "parties.csv"]
    numbers = [len(list(reader.documents(span))) for span in spans]
    assert numbers[:-1] == [5] * (len(spans) - 1)
    assert 0 < numbers[-1] <= 5
    assert spans[1].location == "parties.csv:7 (5 rows)"
    assert [span.number for span in cut(reader.schema, 5)] == list(
        range(len(cut(reader.schema, 5)))
    )


@pytest.mark.slow
def test_spans_hold_what_was_known_on_a_date(small: Path) -> None:
    day = date(2020, 1, 1)
    whole = list(TableGraph(small, day).documents())
    assert rows(in_spans(small, 3, day)) == rows(whole)


def rewrite(path: Path, *, start: str = "", **form: str) -> None:
    """Save a table as another program does, with a line end in a cell of some rows."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *records = csv.reader(file)
    with path.open("w", encoding=form.pop("encoding", "utf-8"), newline="") as file:
        file.write(start)
        csv.writer(file, **{"lineterminator": "\n", **form}).writerows([header, *records])  # type: ignore[arg-type]


def break_lines(path: Path, column: str, line_end: str) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    for record in records[::3]:
        record[column] = f'one{line_end}"two"{line_end}é'
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, records[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)


@pytest.mark.slow
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "form",
    [
        {},
        {"lineterminator": "\r\n", "encoding": "utf-8-sig"},
        {"delimiter": ";"},
        {"delimiter": ";", "start": "sep=;\r\n", "lineterminator": "\r\n"},
        {"lineterminator": "\r"},
    ],
)
def test_tables_are_cut_however_they_were_saved(
    small: Path, tmp_path: Path, form: dict[str, str], line_end: str
) -> None:
    folder = shutil.copytree(small, tmp_path / "tables")
    break_lines(folder / "claims.csv", "quote_en", line_end)
    for name in ("parties.csv", "endorsements.csv", "claims.csv", "sources.csv"):
        rewrite(folder / name, **form)
    whole = rows(SpanReader(folder).documents(Span(0, "sources.csv")))
    assert any("two" in cell for document in whole for row in document for cell in row[2])
    for head in ("sources.csv", "parties.csv"):
        reader = SpanReader(folder)
        spans = [span for span in cut(reader.schema, 3) if span.head == head]
        found = [document for span in spans for document in reader.documents(span)]
        assert rows(found) == rows(reader.documents(Span(0, head)))
        assert len(spans) > 3


@pytest.mark.slow
def test_rows_that_follow_from_a_list_are_in_one_span(run: Run, tmp_path: Path) -> None:
    project = make_project(tmp_path / "harbour")
    whole, cut_up = (
        run("export", "-o", name, "--jobs", jobs, PARISCALL_PROJECT=str(project))
        for name, jobs in (("whole", "1"), ("cut", "2"))
    )
    assert (whole.returncode, cut_up.returncode) == (0, 0), cut_up.stderr
    names = sorted(path.name for path in (tmp_path / "whole").iterdir() if path.is_file())
    assert "harbour-charter.ttl" in names
    for name in names:
        assert (tmp_path / "cut" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


@pytest.mark.slow
def test_the_bundled_tables_are_cut_between_documents(bundled: TableGraph) -> None:
    whole = rows(bundled.documents())
    assert rows(in_spans(bundle.TABLES, 97)) == whole
