"""The list of supporters as the official site serves it.

Every field is in double quotes, and quotes inside a field are not escaped, so this is not the
CSV of RFC 4180: a field ends where a quote, a comma and a quote follow each other.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import RegistryError
from ..tables.text import clean
from .fields import COLUMNS, NAME, Field


@dataclass(frozen=True)
class ListedRow:
    """A row of the list: its fields as published, by the names of the registry."""

    line: int
    fields: Mapping[str, Field]

    @property
    def name(self) -> str:
        """The name, cleaned."""
        return clean(self.fields[NAME].text)


def read_list(content: bytes, location: str) -> list[ListedRow]:
    """Read the list; columns that we do not know are left out.

    Raises:
        RegistryError: if it is not such a list, is cut, or names a supporter twice.
    """
    text = _decoded(content, location)
    if text.lstrip()[:1] in ("<", "{", ""):
        kind = "empty" if not text.strip() else "a page or a document, not a list"
        raise RegistryError(f"{location}:1: it is {kind}. Nothing was changed.")
    header, *lines = text.split("\n")
    if lines[-1:] == [""]:
        lines.pop()
    names = _names(header.rstrip("\r"), location)
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise RegistryError(
            f"{location}:1: the column {missing[0]} is missing. Nothing was changed; see whether "
            "the site has another list now."
        )
    rows = [_row(names, line, number, location) for number, line in enumerate(lines, 2)]
    _check_names(rows, location)
    return rows


def _decoded(content: bytes, location: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise RegistryError(f"{location}:{line}: not UTF-8. Nothing was changed.") from None


def _names(header: str, location: str) -> list[str]:
    try:
        return next(csv.reader([header]))
    except csv.Error as error:
        raise RegistryError(f"{location}:1: not CSV: {error}. Nothing was changed.") from None


def _row(names: list[str], text: str, line: int, location: str) -> ListedRow:
    text = text.rstrip("\r")
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        raise RegistryError(
            f"{location}:{line}: the line does not begin and end with a quote; the list may be cut. "
            "Nothing was changed."
        )
    texts = text[1:-1].split('","')
    if len(texts) != len(names):
        raise RegistryError(
            f"{location}:{line}: {len(texts)} fields instead of {len(names)}. Nothing was changed."
        )
    fields = dict(zip(names, texts, strict=True))
    return ListedRow(line, {name: Field(fields[name], line) for name in COLUMNS})


def _check_names(rows: list[ListedRow], location: str) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        if not row.name:
            raise RegistryError(f"{location}:{row.line}: there is no name. Nothing was changed.")
        if row.name in seen:
            raise RegistryError(
                f"{location}:{row.line}: {row.name} is on line {seen[row.name]} already. "
                "Nothing was changed."
            )
        seen[row.name] = row.line
