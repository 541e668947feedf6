"""A sheet of an .xlsx workbook (ECMA-376), read by openpyxl once its size is known to be bearable."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from ...errors import MisuseError, TableError
from .grid import Grid, Line, grid_of, letters

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST_UNPACKED = 64 << 20
_PROPERTIES = "docProps/core.xml"
_FORMULA, _ERROR = "f", "e"


def read_workbook(content: bytes, name: str, sheet: str | None) -> tuple[Grid, list[str]]:
    """Read a sheet of a workbook, and what is wrong with its form.

    Raises:
        TableError: if it is not a workbook, or one that unpacks to too much.
        MisuseError: if openpyxl is missing, or the sheet is not named and there are several.
    """
    members = _members(content, name)
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
    modified = workbook.properties.modified if _PROPERTIES in members else None
    grid, more = grid_of(name, rows, modified.date().isoformat() if modified else "")
    return grid, [*problems, *more]


def _members(content: bytes, name: str) -> set[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        raise TableError([f"{name}: not a workbook: the file is cut or damaged."]) from None
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        raise TableError([f"{name}: not an .xlsx workbook. Save the list as .xlsx or CSV."])
    if sum(member.file_size for member in members) > LARGEST_UNPACKED:
        limit = f"{LARGEST_UNPACKED >> 20} MB"
        raise TableError([f"{name}: it unpacks to more than {limit}. Save the list as CSV."])
    return names


def _open(content: bytes, name: str) -> Workbook:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise MisuseError(
            f"{name}: to read it takes openpyxl. Install pariscall[files], or save the list as CSV."
        ) from None
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
