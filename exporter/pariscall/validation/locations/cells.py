"""Where a cell of a table is written: the line, and the columns between the delimiters."""

from __future__ import annotations

import re
from pathlib import Path

from ...errors import relative
from ...tables.cells import cell_end, cell_form
from ...tables.csvw import Table
from ...tables.dialect import ENCODING, read_dialect
from .location import Location, SourceText

# A table, its lines, and what a cell of it looks like.
_Text = tuple[str, SourceText, re.Pattern[str]]


class CellLocator:
    """The locations of cells, by the line on which their row starts."""

    def __init__(self) -> None:
        self._texts: dict[Path, _Text] = {}

    def location(self, table: Table, line: int, column: str, row: str | None = None) -> Location:
        """Return the location of a cell, or of a whole row if no column is named.

        ``row`` is the key of the row.
        """
        text, lines, cell = self._text(table)
        start = lines.start(line)
        if not column:
            return lines.location(start, text.find("\n", start) % (len(text) + 1), row=row)
        for _ in range(table.index[column]):
            start = cell_end(cell, text, start) + 1
        return lines.location(start, cell_end(cell, text, start), row=row, cell=column)

    def _text(self, table: Table) -> _Text:
        if table.path not in self._texts:
            with table.path.open(encoding=ENCODING, newline="") as file:
                delimiter = read_dialect(table, file).delimiter
                file.seek(0)
                text = file.read()
            lines = SourceText(relative(table.path), text)
            self._texts[table.path] = text, lines, cell_form(delimiter)
        return self._texts[table.path]
