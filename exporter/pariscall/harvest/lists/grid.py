"""A sheet: rows of cells as texts, which know where they are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet and its number, which counts from 1."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Grid:
    """A sheet: what it is called in messages, its rows, and its date if the file says one.

    The first row is the header. Rows without any text are left out.
    """

    name: str
    rows: list[Line]
    date: str = ""

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return self.rows[0].cells

    @property
    def lines(self) -> list[Line]:
        """The rows below the header."""
        return self.rows[1:]

    def place(self, line: Line, column: int) -> str:
        """Return where a cell is, as ``file:row: column C``."""
        return f"{self.name}:{line.number}: column {letters(column)}"


def letters(column: int) -> str:
    """Return the letters by which spreadsheets name a column, which counts from 0."""
    name = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def grid_of(name: str, rows: list[Line], date: str = "") -> tuple[Grid, list[str]]:
    """Return a sheet without empty rows and columns at its ends, and what is wrong with its form."""
    filled = [line for line in rows if any(cell.strip() for cell in line.cells)]
    if not filled:
        return Grid(name, [Line(1, [])], date), [f"{name}: it is empty."]
    header = _trimmed(filled[0].cells)
    if len(header) == 1 and len(filled) > 1 and len(_trimmed(filled[1].cells)) > 1:
        what = f"{header[0]!r} is a title, not a header. Remove what is above the header."
        return Grid(name, filled[:1], date), [f"{name}:{filled[0].number}: {what}"]
    problems = []
    squared = [Line(filled[0].number, header)]
    for line in filled[1:]:
        cells = _trimmed(line.cells)
        if len(cells) > len(header):
            where = f"{name}:{line.number}: column {letters(len(header))}"
            problems.append(
                f"{where}: {cells[len(header)]!r} is beyond the header. Name its column."
            )
        elif len(line.cells) < len(header):
            number = f"{len(line.cells)} cells, and the header has {len(header)}"
            problems.append(f"{name}:{line.number}: {number}. Check the separators and quotes.")
        squared.append(Line(line.number, (cells + [""] * len(header))[: len(header)]))
    return Grid(name, squared, date), problems


def _trimmed(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]
