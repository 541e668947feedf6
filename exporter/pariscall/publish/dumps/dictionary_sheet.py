"""The data dictionary of the tables that a dump is made from."""

from __future__ import annotations

from typing import BinaryIO

from ...tables.csvw import TABLES, read_schema
from ...tables.dictionary import to_csv
from ...tables.document import Document


class DictionaryWriter:
    """Writes what each column of the tables of the project holds, whatever is in them."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, document: Document) -> None:
        """Write nothing: a dictionary has no data."""

    def close(self) -> None:
        """Write the dictionary."""
        self._file.write(to_csv(read_schema(TABLES)))
