"""The reviewed tables written back: sorted by key, all of them or none."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType
from typing import TextIO

from ..io.atomic import staging
from .csvw import Schema, Table
from .dialect import ENCODING, read_dialect
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


def rewrite_tables(
    schema: Schema,
    records: Mapping[str, Iterable[Mapping[str, str]]],
    others: Mapping[Path, str] = MappingProxyType({}),
) -> None:
    """Write several tables anew, given their records by name: all of them or none.

    ``others`` are the texts of other files that are written with them.

    Raises:
        OutputError: if a table cannot be written.
    """
    with ExitStack() as stack:
        paths = [*(schema[name].path for name in records), *others]
        folders = dict.fromkeys(path.parent for path in paths)
        stages = {folder: stack.enter_context(staging(folder)) for folder in folders}
        for name, table_records in records.items():
            text = io.StringIO()
            write_table(schema[name], text, table_records)
            stages[schema[name].path.parent].create(name).write(text.getvalue().encode())
        for path, content in others.items():
            stages[path.parent].create(path.name).write(content.encode())


def is_plain(table: Table) -> bool:
    """Report whether a file has the delimiter, line feeds and header that we write, and no mark."""
    with table.path.open(encoding=ENCODING, newline="") as file:
        dialect = read_dialect(table, file)
    content = table.path.read_bytes()
    is_marked = content.startswith(b"\xef\xbb\xbf")
    header = comment_of(table).count("\n") + 1
    is_ours = (dialect.delimiter, dialect.header) == (delimiter_of(table), header)
    return is_ours and not is_marked and b"\r" not in content
