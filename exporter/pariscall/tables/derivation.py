"""The tables of a folder, with the rows that follow from its list of signatories if it has one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ..project import current
from .conclusions import CONCLUSIONS, Conclusion
from .csvw import Schema, Table, list_of_signatories, read_schema
from .dataset import DATASETS, dataset_of_tables
from .listing import Listing, read_listing
from .rows import Origin, Row, key_getter, read_file

_PROJECT_FILE = Table(current().file, "", (), (), (), is_mapped=False)


def read_tables(folder: Path) -> Schema:
    """Read the description of the tables of a folder, with what follows from its list.

    Raises:
        TableError: if there is no description, or the list cannot be read.
        ProjectError: if the project file lacks what the dataset needs.
    """
    schema = read_schema(folder)
    path = list_of_signatories(folder)
    if path is None:
        return _with_dataset(schema)
    listing = read_listing(schema, path)
    has_dataset = any(True for _ in read_file(schema[DATASETS]))
    derived = CONCLUSIONS.keys() - ({DATASETS} if has_dataset else set())
    return Schema(
        tuple(
            replace(table, derive=_rows(table, listing)) if table.name in derived else table
            for table in schema.tables
        )
    )


def _with_dataset(schema: Schema) -> Schema:
    """Return the tables of history, with the description of the dataset if they lack it."""
    table = schema[DATASETS]
    if not table.may_be_missing or table.path.exists():
        return schema

    def rows() -> Iterator[Row]:
        record = dataset_of_tables(schema)
        if record:
            cells = [record.get(name, "") for name in table.index]
            yield Row(table, 1, cells, Origin(_PROJECT_FILE, {}))

    derived = replace(table, derive=rows)
    return Schema(tuple(derived if each is table else each for each in schema.tables))


def _rows(table: Table, listing: Listing) -> Callable[[], Iterable[Row]]:
    """Return a function that yields the rows that a table has by a list, sorted by their keys."""
    conclude, names, key_of = CONCLUSIONS[table.name], list(table.index), key_getter(table)
    written = {
        True: _PROJECT_FILE,
        False: listing.table,
    }

    def row(found: Conclusion) -> Row:
        cells = [found.record.get(name, "") for name in names]
        return Row(table, found.line or 1, cells, Origin(written[not found.line], found.columns))

    def rows() -> Iterator[Row]:
        return map(row, conclude(listing))

    if table.primary_key[0] == "source":  # the signatories are in the order of the parties
        return lambda: sorted(rows(), key=lambda row: key_of(row.cells))
    return rows
