"""Where a list comes from: a file or an address, of a bearable size and of a kind that is read."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from pathlib import Path

from ...errors import TableError
from ...io.http import get
from ...io.response import Answer
from ..fetch import is_url
from .archive import names_in, read_member
from .delimited import read_delimited
from .grid import Grid
from .open_document import MIMETYPE, read_open_document
from .workbook import read_workbook

LARGEST = 32 << 20
_DAY = re.compile(r"(?<!\d)(20\d\d-[01]\d-[0-3]\d)(?!\d)")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_grid(source: str, sheet: str | None = None) -> tuple[Grid, list[str]]:
    """Read a list from a file or an address, and what is wrong with its form.

    Its date is that of the workbook, of the answer, or in its name.

    Raises:
        WebError: if there is no whole answer.
        TableError: if it is not a list.
        MisuseError: if a sheet must be named, or openpyxl is missing.
    """
    name = source.rstrip("/").rpartition("/")[2] if is_url(source) else source
    content, day = _fetched(source) if is_url(source) else (_read(source), "")
    named = _DAY.search(name)
    day = named[1] if named else day
    if not content.strip():
        raise TableError([f"{name}: it is empty."])
    if content.startswith(_OLE):
        raise TableError([f"{name}: an .xls file of old. Save the list as .xlsx, .ods or CSV."])
    if content.startswith(_ZIP):
        grid, problems = _read_archive(content, name, sheet)
        return (Grid(name, grid.rows, day) if named else grid), problems
    return read_delimited(content, name, day)


def _read_archive(content: bytes, name: str, sheet: str | None) -> tuple[Grid, list[str]]:
    names = names_in(content, name)
    if "mimetype" in names and read_member(content, name, "mimetype") == MIMETYPE.encode():
        return read_open_document(content, names, name, sheet)
    if "xl/workbook.xml" in names:
        return read_workbook(content, names, name, sheet)
    raise TableError(
        [f"{name}: not an .xlsx or .ods file. Save the list as one of these or as CSV."]
    )


def _read(source: str) -> bytes:
    try:
        with Path(source).open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise TableError([f"{source}: {error.strerror}."]) from None
    if len(content) > LARGEST:
        raise TableError([f"{source}: it is longer than {LARGEST >> 20} MB, too long for a list."])
    return content


def _fetched(url: str) -> tuple[bytes, str]:
    def read(answer: Answer) -> tuple[bytes, str]:
        return answer.content(), answer.headers.get("Last-Modified", "")

    content, modified = get(url, read, size=LARGEST)
    try:
        return content, parsedate_to_datetime(modified).date().isoformat()
    except ValueError:
        return content, ""
