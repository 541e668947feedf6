"""A sheet of an .ods file (OpenDocument 1.3, part 3, 9): its rows, cells and what they repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from ...errors import MisuseError, TableError
from .archive import read_member
from .grid import Grid, Line, grid_of, letters

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_CONTENT, _META = "content.xml", "meta.xml"
_MOST_CELLS = 4 << 20  # a cell or row can say that it stands for millions
_OFFICE, _TABLE, _TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{part}:1.0}}" for part in ("office", "table", "text")
)
_DATE = "{http://purl.org/dc/elements/1.1/}date"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_ERROR = re.compile(r"#[A-Z/0!?]+|Err:\d+")


@dataclass
class _Sheet:
    """A sheet: its name, its rows, and what is wrong with its cells."""

    title: str
    rows: list[Line] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)


def read_open_document(
    content: bytes, names: set[str], name: str, sheet: str | None
) -> tuple[Grid, list[str]]:
    """Read a sheet of a spreadsheet, given the names of the files in it, and what is wrong with it.

    Raises:
        TableError: if it is not a spreadsheet, or has more cells than a list.
        MisuseError: if the sheet is not named and there are several.
    """
    try:
        sheets = list(_sheets(_parsed(content, name, _CONTENT), name))
    except RecursionError:
        raise TableError([f"{name}: a cell in it is nested too deeply. Save it as CSV."]) from None
    found = _chosen(sheets, name, sheet)
    saved = _parsed(content, name, _META).find(f".//{_DATE}") if _META in names else None
    grid, more = grid_of(name, found.rows, (saved.text or "")[:10] if saved is not None else "")
    merged = [
        f"{name}: the cells {cells} are merged. Unmerge them, and fill in each cell."
        for cells in sorted(found.merged)
    ]
    return grid, [*merged, *found.problems, *more]


def _parsed(content: bytes, name: str, member: str) -> ET.Element:
    xml = read_member(content, name, member)
    # OpenDocument has no DOCTYPE, whose entities could be endless; expat limits those of others.
    if b"<!DOCTYPE" not in xml:
        with suppress(ET.ParseError, ValueError, LookupError):
            return ET.fromstring(xml)  # noqa: S314 see above
    what = "not a spreadsheet that can be read: its XML is broken, or it has a password"
    raise TableError([f"{name}: {what}."])


def _chosen(sheets: Sequence[_Sheet], name: str, wanted: str | None) -> _Sheet:
    titles = [sheet.title for sheet in sheets]
    if wanted is not None and wanted not in titles:
        raise MisuseError(f"{name}: there is no sheet {wanted!r}. It has {', '.join(titles)}.")
    used = [sheet for sheet in sheets if len(sheet.rows) > 1]
    if wanted is None and len(used) > 1:
        named = [sheet.title for sheet in used]
        raise MisuseError(f"{name}: there are {len(used)} sheets. Choose with --sheet: {named}.")
    if not sheets:
        raise TableError([f"{name}: there is no sheet in it."])
    return next((sheet for sheet in sheets if sheet.title == wanted), (used or sheets)[0])


def _sheets(root: ET.Element, name: str) -> Iterator[_Sheet]:
    for table in root.iterfind(f".//{_OFFICE}spreadsheet/{_TABLE}table"):
        sheet = _Sheet(table.get(f"{_TABLE}name", ""))
        number = 1
        for row in table.iter(f"{_TABLE}table-row"):
            repeated = _number(row, "number-rows-repeated")
            cells = _row(row, number, sheet, name)
            if cells:  # the empty rows below a list are one row that repeats a million times
                _check_size((len(sheet.rows) + repeated) * len(cells), name)
                sheet.rows += [Line(number + at, cells) for at in range(repeated)]
            number += repeated
        width = max((len(line.cells) for line in sheet.rows), default=0)
        _check_size(width * len(sheet.rows), name)
        sheet.rows = [
            Line(line.number, line.cells + [""] * (width - len(line.cells))) for line in sheet.rows
        ]
        yield sheet


def _check_size(cells: int, name: str) -> None:
    if cells > _MOST_CELLS:
        raise TableError([f"{name}: it has more cells than a list of signatories."])


def _row(row: ET.Element, number: int, sheet: _Sheet, name: str) -> list[str]:
    """Return the texts of a row up to its last one, and keep what is wrong with its cells."""
    cells: list[str] = []
    empty = 0
    for cell in (each for each in row if each.tag in _CELLS):
        repeated = _number(cell, "number-columns-repeated")
        text = _value(cell)
        column = len(cells) + empty
        if problem := _problem(cell, text):
            sheet.problems.append(f"{name}:{number}: column {letters(column)}: {problem}")
        across, down = (_number(cell, f"number-{of}-spanned") for of in ("columns", "rows"))
        if across > 1 or down > 1:
            last = f"{letters(column + across - 1)}{number + down - 1}"
            sheet.merged.append(f"{letters(column)}{number}:{last}")
        if not text:
            empty += repeated
            continue
        if len(cells) + empty + repeated > _MOST_CELLS:
            raise TableError([f"{name}:{number}: the row has more cells than a list."])
        cells += [""] * empty + [text] * repeated
        empty = 0
    return cells


def _number(element: ET.Element, attribute: str) -> int:
    value = element.get(_TABLE + attribute, "1")
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 10 else 1


def _problem(cell: ET.Element, text: str) -> str:
    if cell.get(f"{_TABLE}formula") is not None:
        return "a formula. Put its value in its place."
    if _ERROR.fullmatch(text):
        return f"{text} is the error of a formula. Correct it."
    return ""


def _value(cell: ET.Element) -> str:
    """Return the value of a cell as text: a date as ISO 8601, a number without the .0 of a whole."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", "").removesuffix("T00:00:00")
    if kind in ("float", "currency", "percentage"):
        value = cell.get(f"{_OFFICE}value", "")
        return re.sub(r"\.0+$", "", value)
    written = "\n".join("".join(_words(part)) for part in cell.iterfind(f"{_TEXT}p"))
    return cell.get(f"{_OFFICE}string-value") or written


def _words(element: ET.Element) -> Iterator[str]:
    """Yield the text of a paragraph; spaces and ends of lines are elements, and notes no text."""
    yield element.text or ""
    for part in element:
        if part.tag == f"{_TEXT}s":
            count = part.get(f"{_TEXT}c", "1")
            yield " " * (int(count) if count.isdigit() and len(count) < 4 else 1)
        elif part.tag == f"{_TEXT}tab":
            yield "\t"
        elif part.tag == f"{_TEXT}line-break":
            yield "\n"
        elif not part.tag.startswith(_OFFICE):
            yield from _words(part)
        yield part.tail or ""
