"""Repair of what has one right form in a table: spaces, Unicode, numbers, dates, codes, order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..errors import TableError, relative
from .csvw import Schema, Table
from .form import Codes, right_form
from .list_repair import repair_list
from .rows import Row, key_getter, read_records, read_rows
from .signatories import country_codes
from .writer import is_plain, rewrite_tables


def repair_tables(
    schema: Schema, signatories: Path | None = None, *, is_check: bool = False
) -> list[str]:
    """Rewrite the tables that are not in their one right form, all of them or none.

    ``signatories`` is the list of the project, if it has one (``repair_list``). With ``is_check``,
    only return what would be changed.

    Cells whose column has a form lose the space around them and get composed characters (Unicode
    NFC), dates the form YYYY-MM-DD, integers no leading zeros, and codes of other tables their
    case. Equal rows are joined, and come in the order of their keys. Files get commas, line
    feeds and no byte order mark. Returns what was changed, one line each, with ``file:line`` of before.

    Raises:
        TableError: if a table cannot be read.
        OutputError: if a table cannot be written.
    """
    changes: list[str] = []
    rewritten = {}
    for table in schema.tables:
        if table.may_be_missing and not table.path.exists():
            continue
        found, records = _repair(table, _codes(schema, table))
        if found:
            changes += found
            rewritten[table.name] = records
    others = {}
    if signatories:
        found, text = repair_list(signatories, country_codes(read_rows(schema["countries.csv"])))
        if found:
            changes += found
            others[signatories] = text
    if (rewritten or others) and not is_check:
        rewrite_tables(schema, rewritten, others)
    return changes


def _repair(table: Table, codes: Mapping[str, Codes]) -> tuple[list[str], list[dict[str, str]]]:
    changes = []
    rows = list(read_rows(table))
    cells: dict[tuple[str, ...], int] = {}
    for row in rows:
        right = tuple(
            right_form(column, cell, codes.get(column.name, {}))
            for column, cell in zip(table.cells, row.cells, strict=True)
        )
        changes += _changed(row, right)
        if right in cells:
            changes.append(f"{row.location}: removed, as line {cells[right]} says the same")
        cells.setdefault(right, row.line)
    changes += _ordered(table, [list(row) for row in cells])
    if not changes and not is_plain(table):
        changes.append(f"{relative(table.path)}: written with commas, line feeds and no mark")
    return changes, [dict(zip(table.index, row, strict=True)) for row in cells]


def _changed(row: Row, right: tuple[str, ...]) -> list[str]:
    return [
        f"{row.location}: {column.name}: {cell!r} -> {new!r}"
        for column, cell, new in zip(row.table.cells, row.cells, right, strict=True)
        if cell != new
    ]


def _ordered(table: Table, rows: list[list[str]]) -> list[str]:
    try:
        ordered = sorted(rows, key=key_getter(table))
    except ValueError:
        problem = "a key is not a number, so that its rows have no order. Correct it first."
        raise TableError([f"{relative(table.path)}: {problem}"]) from None
    moved = sum(before != after for before, after in zip(rows, ordered, strict=True))
    return [f"{relative(table.path)}: {moved} rows put in the order of their keys"] if moved else []


def _codes(schema: Schema, table: Table) -> dict[str, Codes]:
    """Return the keys that the columns of a table refer to, where case tells none apart."""
    codes: dict[str, Codes] = {}
    for key in table.foreign_keys:
        if len(key.columns) == 1:
            known = {record[key.referenced[0]] for record in read_records(schema[key.table])}
            folded = {code.casefold(): code for code in known}
            if len(folded) == len(known):
                codes[key.columns[0]] = folded
    return codes
