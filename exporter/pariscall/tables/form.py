"""The one right form of a cell: of spaces, Unicode, numbers, dates and codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from .csvw import Column
from .rows import INTEGERS
from .windows import iso_date

_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_INTEGER = re.compile(r"([+-]?)0*(\d+)")

Codes = Mapping[str, str]  # codes by their form without case


def right_form(column: Column, cell: str, codes: Codes = MappingProxyType({})) -> str:
    """Return a cell in the right form of its column; a text without a form is returned unchanged."""
    if column.datatype == "string" and not column.pattern and not codes:
        return cell  # a text without a form is as it was published
    text = unicodedata.normalize("NFC", cell).strip()
    if column.datatype == "date" and (found := _DATE.fullmatch(text)):
        year, month, day = map(int, found.groups())
        return iso_date(year, month, day) or text
    if column.datatype in INTEGERS and (found := _INTEGER.fullmatch(text)):
        sign = "-" if found[1] == "-" and found[2] != "0" else ""
        return sign + found[2]
    return codes.get(text.casefold(), text)
