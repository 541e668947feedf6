"""A sheet as delimited text: CSV with the delimiter that the file is written with."""

from __future__ import annotations

import csv
import io
from collections import Counter
from contextlib import suppress

from ...errors import TableError
from ...tables.dialect import DELIMITERS, SEPARATOR_LINE
from .grid import Grid, Line, grid_of

_LOOKED_AT = 20


def read_delimited(content: bytes, name: str, date: str) -> tuple[Grid, list[str]]:
    """Read a sheet of delimited text in UTF-8, and what is wrong with its form.

    Raises:
        TableError: if it is not text in UTF-8, not CSV, or a document of another kind.
    """
    text = _decoded(content, name)
    start = text.lstrip()[:1]
    if start in ("<", "{", "["):
        kind = "a web page or XML" if start == "<" else "JSON"
        raise TableError(
            [f"{name}:1: it is {kind}, not a list. Save the list as CSV, .xlsx or .ods."]
        )
    told = SEPARATOR_LINE.match(text)
    delimiter = told[1] if told else _delimiter(text)
    body = text[told.end() :] if told else text
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    above = 1 if told else 0
    rows, number = [], above + 1
    try:
        for cells in reader:
            rows.append(Line(number, cells))
            number = above + reader.line_num + 1
    except csv.Error as error:
        raise TableError([f"{name}:{number}: not CSV: {error}. Check the quotes."]) from None
    return grid_of(name, rows, date)


def _decoded(content: bytes, name: str) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise TableError([f"{name}:{line}: not UTF-8. Save the list as CSV in UTF-8."]) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise TableError([f"{name}:{line}: not text: it holds a zero byte. Save it as CSV."])
    return text


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts most of the first lines into as many cells as the header."""
    lines = text.splitlines()[:_LOOKED_AT]
    found: Counter[str] = Counter()
    for delimiter in DELIMITERS:
        widths = []
        with suppress(csv.Error):  # a cell too long is reported by whoever reads it
            widths = [len(cells) for cells in csv.reader(lines, delimiter=delimiter)]
        if widths and widths[0] > 1:
            found[delimiter] = sum(width == widths[0] for width in widths)
    return max(found, key=lambda each: (found[each], -DELIMITERS.index(each))) if found else ","
