"""A flat CSV of the signatories: one endorsement a row, for spreadsheets and data frames."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterable
from typing import BinaryIO

from ...tables.document import Document
from .parted import Parted
from .signatory import NAMES, SignatoryRows

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class SignatoriesWriter(Parted):
    """Writes RFC 4180 CSV with line feeds, in the order of the identifiers."""

    reads = ("countries.csv",)

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._rows = SignatoryRows()
        self._line(NAMES)

    def write(self, document: Document) -> None:
        """Write a row for each endorsement of a party; countries come before the parties."""
        for row in self._rows.of(document):
            self._line([row[name] for name in NAMES])

    def close(self) -> None:
        """End the file; CSV has no footer."""

    def _line(self, cells: Iterable[str]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow(map(self._cell, cells))
        self._file.write(text.getvalue().encode())

    def _cell(self, text: str) -> str:
        return text


class SpreadsheetWriter(SignatoriesWriter):
    """Writes the same for spreadsheets: no cell begins as a formula, but with an apostrophe.

    What begins a formula is as in https://owasp.org/www-community/attacks/CSV_Injection. The file
    begins with a byte order mark, without which Excel takes UTF-8 for the code page of Windows.
    """

    def __init__(self, file: BinaryIO) -> None:
        file.write(BOM_UTF8)
        super().__init__(file)

    def _cell(self, text: str) -> str:
        return f"'{text}" if text.startswith(_FORMULA) else text
