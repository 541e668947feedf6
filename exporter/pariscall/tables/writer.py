"""The reviewed tables written back: sorted by key, all of them or none."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from itertools import takewhile
from typing import TextIO

from ..io.atomic import staging
from .csvw import Schema, Table
from .dialect import ENCODING
from .rows import key_getter


def write_table(table: Table, file: TextIO, records: Iterable[Mapping[str, str]]) -> None:
    """Write records as the rows of a table, sorted by key; a missing cell is empty."""
    key_of = key_getter(table)
    lines = sorted(
        ([record.get(name, "") for name in table.index] for record in records), key=key_of
    )
    file.write(comment_of(table))
    writer = csv.writer(file, delimiter=delimiter_of(table), lineterminator="\n")
    writer.writerow(table.index)
    writer.writerows(lines)


def delimiter_of(table: Table) -> str:
    """Return what separates the cells of a table as we write it; one with comments keeps its own."""
    return (table.comment and table.delimiter) or ","


def comment_of(table: Table) -> str:
    """Return the comment that a table begins with, if there is one."""
    if not table.comment or not table.path.exists():
        return ""
    with table.path.open(encoding=ENCODING) as file:
        return "".join(takewhile(lambda line: line.startswith(table.comment or "#"), file))


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
