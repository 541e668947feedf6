"""The reviewed tables as one SQLite database, with keys and views."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import BinaryIO

from ...tables.csvw import Table
from ...tables.document import Document
from ...tables.rows import INTEGERS

# The version of SQLite that wrote a file, twice (https://www.sqlite.org/fileformat.html#the_database_header).
_VERSION = slice(92, 100)
_OF_THE_VIEWS = {"endorsements.csv", "parties.csv"}
_VIEWS = {
    "signatories": """
        SELECT party, coalesce(parties.name, name_en) AS name, name_fr, category, nature, country,
            endorsements.call, status, since, since_basis, until
        FROM endorsements JOIN parties USING (party)""",
    "supporters": "SELECT * FROM signatories WHERE status = 'active'",
    "supporters_by_country": """
        SELECT country, call, count(*) AS supporters FROM supporters GROUP BY country, call""",
}


class SqliteWriter:
    """Writes a file of https://www.sqlite.org/fileformat.html with a table for each table that has rows.

    Empty cells are NULL, dates are texts as in ISO 8601. The bytes do not depend on the version of SQLite
    that writes them: it is left out of the header.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._tables: dict[str, Table] = {}
        self._rows: dict[str, list[list[str | None]]] = {}

    def write(self, document: Document) -> None:
        """Note the rows of a document."""
        for row in document.rows:
            self._tables[row.table.name] = row.table
            cells = [cell or None for cell in row.cells]
            self._rows.setdefault(row.table.name, []).append(cells)

    def close(self) -> None:
        """Write the tables and the views."""
        database = sqlite3.connect(":memory:")
        for name, table in self._tables.items():
            database.execute(self._create(table))
            places = ", ".join("?" * len(table.cells))
            insert = f"INSERT INTO {_quoted(table.stem)} VALUES ({places})"  # noqa: S608 a name of the schema
            database.executemany(insert, self._rows[name])
        if set(self._tables) >= _OF_THE_VIEWS:
            for name, query in _VIEWS.items():
                database.execute(f"CREATE VIEW {name} AS {query}")
        database.commit()
        content = bytearray(database.serialize())
        database.close()
        content[_VERSION] = bytes(8)
        self._file.write(content)

    def _create(self, table: Table) -> str:
        """Return the definition of a table, with the keys that refer to tables of the file."""
        columns = [
            f"{_quoted(column.name)} {'INTEGER' if column.datatype in INTEGERS else 'TEXT'}"
            f"{' NOT NULL' if column.required else ''}"
            for column in table.cells
        ]
        keys = [
            f"FOREIGN KEY ({_list(key.columns)}) "
            f"REFERENCES {_quoted(self._tables[key.table].stem)} ({_list(key.referenced)})"
            for key in table.foreign_keys
            if key.table in self._tables
        ]
        primary = f"PRIMARY KEY ({_list(table.primary_key)})"
        return f"CREATE TABLE {_quoted(table.stem)} ({', '.join([*columns, primary, *keys])})"


def _list(names: Iterable[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return f'"{name}"'
