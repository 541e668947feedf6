"""Tables are read as spreadsheets save them, and findings in them keep their cells."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from pariscall.errors import TableError
from pariscall.tables.csvw import METADATA, Schema, read_schema
from pariscall.tables.rows import read_rows
from pariscall.validation.locations.cells import CellLocator

ROWS = [["id", "name"], ["a", "x;y"], ["b", 'two\nlines, "quoted"'], ["c", "é"]]


def _schema(folder: Path, content: bytes, **dialect: str) -> Schema:
    columns = [{"name": name, "suppressOutput": True} for name in ("id", "name")]
    table = {"url": "t.csv", "tableSchema": {"columns": columns, "primaryKey": ["id"]}}
    described = {"tables": [table | ({"dialect": dialect} if dialect else {})]}
    (folder / METADATA).write_text(json.dumps(described), encoding="utf-8")
    (folder / "t.csv").write_bytes(content)
    return read_schema(folder)


def _written(delimiter: str, newline: str = "\n") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=newline).writerows(ROWS)
    return text.getvalue()


@pytest.mark.parametrize(
    ("content", "first"),
    [
        (_written(",").encode(), 2),
        (_written(",").encode("utf-8-sig"), 2),
        (_written(";", "\r\n").encode("utf-8-sig"), 2),
        (_written("\t").encode(), 2),
        (("sep=;\r\n" + _written(";", "\r\n")).encode("utf-8-sig"), 3),
        (('"sep=|"\n' + _written("|")).encode(), 3),
    ],
)
def test_a_table_is_read_however_it_was_saved(tmp_path: Path, content: bytes, first: int) -> None:
    [table] = _schema(tmp_path, content).tables
    rows = list(read_rows(table))
    assert [row.cells for row in rows] == ROWS[1:]
    assert [row.line for row in rows] == [first, first + 1, first + 3]


def test_a_delimiter_can_be_told(tmp_path: Path) -> None:
    content = b"id~name\na~x,y;z\n"
    [table] = _schema(tmp_path, content, delimiter="~").tables
    assert [row.cells for row in read_rows(table)] == [["a", "x,y;z"]]
    [table] = _schema(tmp_path, content).tables
    with pytest.raises(TableError, match=r"t\.csv:1: the header must read id,name"):
        list(read_rows(table))


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_cell_is_marked_in_its_own_line(tmp_path: Path, mark: str, delimiter: str) -> None:
    content = (mark + _written(delimiter)).encode()
    [table] = _schema(tmp_path, content).tables
    found = CellLocator().location(table, 5, "name")
    assert (found.line, found.column, found.end) == (5, 3, 4)
    assert found.excerpt == f"c{delimiter}é"


def test_a_row_as_a_whole_is_marked_from_its_beginning(tmp_path: Path) -> None:
    [table] = _schema(tmp_path, _written(",").encode()).tables
    found = CellLocator().location(table, 2, "")
    assert (found.line, found.column, found.end, found.cell) == (2, 1, 6, None)
    [table] = _schema(tmp_path, b"id,name\na,b").tables
    assert CellLocator().location(table, 2, "").end == 4
