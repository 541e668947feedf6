"""Where a cell of a table is written: the line, and the columns between the delimiters."""

from __future__ import annotations

from pathlib import Path

from ...errors import relative
from ...tables.cells import RowTexts, cell_end
from ...tables.csvw import Table
from .location import Location, SourceText


class CellLocator:
    """The locations of cells, by the line on which their row starts."""

    def __init__(self) -> None:
        self._texts: dict[Path, RowTexts] = {}

    def location(self, table: Table, line: int, column: str, row: str | None = None) -> Location:
        """Return the location of a cell, or of a whole row if no column is named.

        ``row`` is the key of the row.
        """
        if table.path not in self._texts:
            self._texts[table.path] = RowTexts(table)
        texts = self._texts[table.path]
        text, start = texts.text(line), 0
        lines = SourceText(relative(table.path), text, line)
        if not column:
            return lines.location(start, text.find("\n") % (len(text) + 1), row=row)
        for _ in range(table.index[column]):
            start = cell_end(texts.form, text, start) + 1
        return lines.location(start, cell_end(texts.form, text, start), row=row, cell=column)
