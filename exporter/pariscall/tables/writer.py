"""The reviewed tables written back: sorted by key, all of them or none."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from typing import TextIO

from ..io.atomic import staging
from .csvw import Schema, Table
from .rows import key_getter


def write_table(table: Table, file: TextIO, records: Iterable[Mapping[str, str]]) -> None:
    """Write records as the rows of a table, sorted by key; a missing cell is empty."""
    key_of = key_getter(table)
    lines = sorted(
        ([record.get(name, "") for name in table.index] for record in records), key=key_of
    )
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.index)
    writer.writerows(lines)


def rewrite_tables(schema: Schema, records: Mapping[str, Iterable[Mapping[str, str]]]) -> None:
    """Write several tables anew, given their records by name: all of them or none.

    Raises:
        OutputError: if a table cannot be written.
    """
    with ExitStack() as stack:
        folders = dict.fromkeys(schema[name].path.parent for name in records)
        stages = {folder: stack.enter_context(staging(folder)) for folder in folders}
        for name, table_records in records.items():
            text = io.StringIO()
            write_table(schema[name], text, table_records)
            stages[schema[name].path.parent].create(name).write(text.getvalue().encode())
