"""A row that disagrees with other rows: where it is, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from ...errors import relative
from ...tables.csvw import Table
from ...tables.rows import Row


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One cell that disagrees: table, line, column by name, and what is wrong and what to do.

    Without a ``column``, the whole row is meant.
    """

    table: Table
    line: int
    column: str
    message: str

    @property
    def location(self) -> str:
        """Where the row is, as ``file:line``."""
        return f"{relative(self.table.path)}:{self.line}"

    def __str__(self) -> str:
        return f"{self.location}: {self.message}"


def disagreement(row: Row, column: str, message: str) -> Disagreement:
    """Return the disagreement of a cell of a row."""
    return Disagreement(*row.place(column), message)
