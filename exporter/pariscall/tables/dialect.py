"""How a table is written: what separates its cells, and where its header is.

Told by the metadata (https://www.w3.org/TR/tabular-metadata/#dialect-descriptions), by a first
line ``sep=;`` as Excel writes it, or else read from the header. A byte order mark is dropped, as
https://encoding.spec.whatwg.org/#utf-8-decode has it.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TextIO

from .csvw import Table

ENCODING = "utf-8-sig"
SEPARATOR_LINE = re.compile(r'"?sep=([^\r\n"])"?\r?\n?', re.IGNORECASE)
DELIMITERS = ",;\t|"


@dataclass(frozen=True)
class Dialect:
    """The delimiter of the cells, and the number of the line that holds the header."""

    delimiter: str = ","
    header: int = 1


def read_dialect(table: Table, file: TextIO) -> Dialect:
    """Return the dialect of a table, and go to its header, which may follow lines of comment."""
    header, place, first = 1, file.tell(), file.readline()
    while table.comment and first.startswith(table.comment):
        header, place, first = header + 1, file.tell(), file.readline()
    if found := SEPARATOR_LINE.fullmatch(first):
        return Dialect(found[1], header + 1)
    file.seek(place)
    return Dialect(table.delimiter or _delimiter(list(table.index), first), header)


def _delimiter(names: list[str], header: str) -> str:
    for delimiter in DELIMITERS:
        if next(csv.reader([header], delimiter=delimiter), []) == names:
            return delimiter
    return ","
