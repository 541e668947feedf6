"""A sheet of an .xlsx workbook (ECMA-376), read by openpyxl once its size is known to be bearable."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from ...errors import MisuseError, TableError
from ...io.extras import require
from .grid import Grid, Line, grid_of, letters

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_PROPERTIES = "docProps/core.xml"
_FORMULA, _ERROR = "f", "e"


def read_workbook(
    content: bytes, names: set[str], name: str, sheet: str | None
) -> tuple[Grid, list[str]]:
    """Read a sheet of a workbook, given the names of the files in it, and what is wrong with it.

    Raises:
        TableError: if it is not a workbook.
        MisuseError: if openpyxl is missing, or the sheet is not named and there are several.
    """
    workbook = _open(content, name)
    found = _sheet(workbook, name, sheet)
    problems = [
        f"{name}: the cells {merged} are merged. Unmerge them, and fill in each cell."
        for merged in sorted(map(str, found.merged_cells.ranges))
    ]
    rows = []
    for number, cells in enumerate(found.iter_rows(), 1):
        rows.append(Line(number, [_text(cell.value) for cell in cells]))
        problems += [
            f"{name}:{number}: column {letters(column)}: {problem}"
            for column, cell in enumerate(cells)
            if (problem := _problem(cell))
        ]
    modified = workbook.properties.modified if _PROPERTIES in names else None
    grid, more = grid_of(name, rows, modified.date().isoformat() if modified else "")
    return grid, [*problems, *more]


def _open(content: bytes, name: str) -> Workbook:
    require(f"{name}: an .xlsx workbook", "files")
    from openpyxl import load_workbook

    try:
        return load_workbook(io.BytesIO(content))
    except Exception as error:  # noqa: BLE001  openpyxl lets through whatever its parsers raise
        kind = type(error).__name__
        raise TableError([f"{name}: not a workbook that openpyxl can read ({kind})."]) from None


def _sheet(workbook: Workbook, name: str, wanted: str | None) -> Worksheet:
    sheets = {sheet.title: sheet for sheet in workbook.worksheets}
    if wanted is not None and wanted not in sheets:
        raise MisuseError(f"{name}: there is no sheet {wanted!r}. It has {', '.join(sheets)}.")
    used = [title for title, sheet in sheets.items() if sheet.max_row > 1]
    if wanted is None and len(used) > 1:
        raise MisuseError(f"{name}: there are {len(used)} sheets. Choose with --sheet: {used}.")
    return sheets[wanted or (used or list(sheets))[0]]


def _problem(cell: Any) -> str:
    if cell.data_type == _FORMULA:
        return "a formula. Put its value in its place."
    if cell.data_type == _ERROR:
        return f"{cell.value} is the error of a formula. Correct it."
    return ""


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
