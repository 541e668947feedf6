"""Repair of what has one right form in a list of signatories: spaces, dates, codes, order."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ..errors import relative
from ..rdf.namespaces import VOCABULARY
from ..rdf.vocabulary import vocabulary
from .csvw import Column
from .form import right_form
from .rows import Row
from .signatories import SEPARATOR, country_code, read_list
from .text import slug
from .windows import read_window
from .writer import is_plain

_DATE = Column("date", datatype="date")
_DATES, _SEVERAL = ("signed", "left"), ("source", "alternative names")
_CODE_LISTS = {"category": "category", "kind": "nature"}


def repair_list(path: Path, countries: Mapping[str, str]) -> tuple[list[str], str]:
    """Return what is changed in a list, one line each, and the text of the list in its right form.

    Texts get composed characters (Unicode NFC) and single spaces, dates the form YYYY-MM-DD, and
    countries, categories and kinds their codes where they are known. Rows come in the order of their
    identifiers, a party that came back after it left; equal rows are joined. Columns stay in
    their order. What has no one right form is left for ``validate`` to report.

    Raises:
        TableError: if the list cannot be read.
    """
    table, rows = read_list(path)
    names = list(table.index)
    changes: list[str] = []
    lines: dict[tuple[str, ...], Row] = {}
    for row in rows:
        right = tuple(_right(name, row[name], countries) for name in names)
        changes += [
            f"{row.location}: {name}: {row[name]!r} -> {new!r}"
            for name, new in zip(names, right, strict=True)
            if row[name] != new
        ]
        if right in lines:
            changes.append(f"{row.location}: removed, as line {lines[right].line} says the same")
        lines.setdefault(right, row)
    ordered = sorted(lines, key=lambda cells: _party(dict(zip(names, cells, strict=True))))
    moved = sum(before != after for before, after in zip(lines, ordered, strict=True))
    if moved:
        changes.append(f"{relative(path)}: {moved} rows put in the order of their identifiers")
    if not changes and not is_plain(table):
        changes.append(f"{relative(path)}: written with commas, line feeds and no mark")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([names, *ordered])
    return changes, text.getvalue()


def _party(record: Mapping[str, str]) -> str:
    return record.get("id") or slug(record["name"])


def _right(column: str, text: str, countries: Mapping[str, str]) -> str:
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    if column in _SEVERAL:
        parts = (part.strip() for part in plain.split(SEPARATOR))
        return SEPARATOR.join(dict.fromkeys(filter(None, parts)))
    if column in _DATES:
        return _date(plain)
    if column == "country":
        return country_code(countries, plain) or plain
    if column in _CODE_LISTS and slug(plain) in _codes(_CODE_LISTS[column]):
        return slug(plain)
    return plain


def _date(text: str) -> str:
    """Return a date or a window; what could be read in two ways is returned unchanged."""
    window = re.sub(r"\s*/\s*", "/", text)
    return window if read_window(window) else right_form(_DATE, text)


@cache
def _codes(code_list: str) -> frozenset[str]:
    namespace = f"{VOCABULARY}code/{code_list}#"
    subjects = (str(quad.subject)[1:-1] for quad in vocabulary())
    return frozenset(
        subject.removeprefix(namespace) for subject in subjects if subject.startswith(namespace)
    )
