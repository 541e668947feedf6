"""The checks of the cells of a row: whether each may be in its column, and what was meant if not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, lru_cache

from ..errors import did_you_mean
from ..rdf.namespaces import is_iri
from .csvw import Column, Table
from .form import right_form
from .rows import NUMBERS, Row
from .text import slug

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")

# What is left of a character that went through HTML, or through UTF-8 read as Windows-1252.
_REMAINS = re.compile(r"&#?\w+;|[ÃÂâ][€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u00a0-\u00bf]|\ufffd")
# What either begins with: one class of characters is searched for much faster than alternatives.
_SUSPECT = re.compile(f"[{CONTROL.pattern[1:-1]}&ÃÂâ\ufffd]")


_CHOICE = re.compile(r"[\w-]+(\|[\w-]+)+")
_NAME = "[a-z0-9]+(-[a-z0-9]+)*"
_KINDS = {
    "date": "be a date such as 2026-03-01",
    "integer": "be a whole number",
    "decimal": "be a number such as 0.9, without a 0 at its end",
}


def row_check(table: Table) -> Callable[[list[str]], bool]:
    """Return a function that reports whether all cells of a row are valid."""
    required = [at for at, column in enumerate(table.cells) if column.required]
    checks = [(at, check) for at, column in enumerate(table.cells) if (check := _check_of(column))]

    def is_sound(cells: list[str]) -> bool:
        for at in required:
            if not cells[at]:
                return False
        for at, is_valid in checks:
            if cells[at] and not is_valid(cells[at]):
                return False
        if not _SUSPECT.search("\t".join(cells)):
            return True
        return not any(
            _left_behind(column, cell) for column, cell in zip(table.cells, cells, strict=True)
        )

    return is_sound


def _left_behind(column: Column, cell: str) -> re.Match[str] | None:
    """Return what does not belong in a text; a text without a pattern may hold anything printable."""
    return CONTROL.search(cell) or (_REMAINS.search(cell) if column.pattern else None)


def cell_problems(row: Row) -> Iterator[tuple[str, str]]:
    """Yield the cells that are wrong: the column, and what is wrong with the cell."""
    for column, cell in zip(row.table.cells, row.cells, strict=True):
        check = _check_of(column)
        if not cell and column.required:
            yield column.name, f"{column.name} is empty. Fill it in."
        elif CONTROL.search(cell):
            yield column.name, f"{column.name} holds a control character. Remove it."
        elif column.pattern and (remains := _REMAINS.search(cell)):
            problem = f"{column.name} holds {remains[0]!r}. Write the character it stood for."
            yield column.name, problem
        elif cell and check and not check(cell):
            yield column.name, f"{column.name} is {cell!r}. {_advice(column, cell)}"


def _advice(column: Column, cell: str) -> str:
    """Say what the cells of a column must be, and what this one was probably meant to be."""
    if column.pattern and _CHOICE.fullmatch(column.pattern):
        choices = column.pattern.split("|")
        legal = f"{', '.join(choices[:-1])} or {choices[-1]}"
        return f"It must be {legal}.{did_you_mean(cell, choices)}"
    is_name = column.pattern == _NAME
    right = slug(cell) if is_name else right_form(column, cell)
    meant = f" Did you mean {right!r}?" if right != cell and _fits(column, right) else ""
    if is_name:
        return f"It must be of a-z, 0-9 and single hyphens.{meant}"
    if column.pattern:
        return f"It must match {column.pattern}.{meant}"
    kind = _KINDS.get(column.datatype, f"be a valid {column.datatype}")
    least = f" of {column.minimum} or more" if column.minimum is not None else ""
    return f"It must {kind}{least}.{meant}"


def _fits(column: Column, cell: str) -> bool:
    """Return whether a cell that is not empty may be in a column."""
    check = _check_of(column)
    return check is None or check(cell)


@cache
def _check_of(column: Column) -> Callable[[str], bool] | None:
    """Return the check of the cells of a column, or None if every text is valid."""
    if column.datatype == "date":
        return lru_cache(4096)(_is_date)
    if column.datatype == "anyURI":
        return is_iri if column.pattern is None else _address_check(column.pattern)
    pattern = column.pattern or NUMBERS.get(column.datatype)
    if pattern is None:
        return None
    matches = re.compile(pattern).fullmatch
    minimum = column.minimum
    if minimum is None:
        return lru_cache(4096)(lambda cell: matches(cell) is not None)
    return lambda cell: matches(cell) is not None and int(cell) >= minimum


def _address_check(pattern: str) -> Callable[[str], bool]:
    matches = re.compile(pattern).fullmatch
    return lambda cell: matches(cell) is not None and is_iri(cell)


def _is_date(cell: str) -> bool:
    try:
        return date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False
