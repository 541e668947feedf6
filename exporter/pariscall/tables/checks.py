"""The checks of every cell, key and reference of the reviewed tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, lru_cache
from operator import itemgetter

from ..errors import TableError, did_you_mean
from ..rdf.namespaces import is_iri
from .cells import CellPlaces
from .csvw import Column, ForeignKey, Schema, Table
from .form import right_form
from .ownership import foreign_rows
from .rows import NUMBERS, Key, Row, key_getter, read_rows
from .text import slug

Values = tuple[str, ...]
Known = dict[tuple[str, tuple[str, ...]], set[Values]]
Lookup = tuple[ForeignKey, Callable[[list[str]], Values], set[Values]]
Problem = tuple[Row, str, str]  # a row, the column of the cell, and what is wrong

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
_FEW = 10  # keys of another table, which are named
# To look for what was meant takes a while, so that it is done for the first problems, among so many keys.
_MOST_ADVISED, _MOST_COMPARED = 100, 2000


def check_tables(schema: Schema) -> dict[str, int]:
    """Check every cell and key of every table, and that the tables are those of the project.

    Returns the number of rows of each table by name.

    Raises:
        TableError: with every problem found.
    """
    problems: list[str] = []
    wrong: list[Problem] = []
    counts: dict[str, int] = {}
    unreadable: set[str] = set()
    later: list[tuple[Table, list[ForeignKey]]] = []
    known: Known = {
        (key.table, key.referenced): set() for table in schema.tables for key in table.foreign_keys
    }
    for table in schema.tables:
        early = [key for key in table.foreign_keys if key.table in counts.keys() - unreadable]
        later.append((table, [key for key in table.foreign_keys if key.table not in counts]))
        lookups = _lookups(table, early, known)
        targets = [
            (_getter(table, columns), values)
            for (name, columns), values in known.items()
            if name == table.name
        ]
        number = 0
        try:
            for row in _ordered_rows(table, wrong):
                number += 1
                for values_of, values in targets:
                    values.add(values_of(row.cells))
                for lookup in lookups:
                    if lookup[1](row.cells) not in lookup[2]:
                        wrong.extend(_dangling(row, lookup, is_advised=len(wrong) < _MOST_ADVISED))
        except TableError as error:
            problems.append(str(error))
            unreadable.add(table.name)
        counts[table.name] = number
    for table, keys in later:
        lookups = _lookups(table, [key for key in keys if key.table not in unreadable], known)
        if lookups and table.name not in unreadable:
            for row in read_rows(table):
                for lookup in lookups:
                    wrong.extend(_dangling(row, lookup, is_advised=len(wrong) < _MOST_ADVISED))
    places = CellPlaces()
    problems += [f"{places.place(*row.place(column))}: {text}" for row, column, text in wrong]
    if not unreadable:
        problems.extend(foreign_rows(schema))
    if problems:
        raise TableError(problems)
    return counts


def _ordered_rows(table: Table, wrong: list[Problem]) -> Iterator[Row]:
    """Read the rows of a table, and note what is wrong with their cells and their order."""
    is_sound = _row_check(table)
    key_of = key_getter(table)
    previous: Key | None = None
    for row in read_rows(table):
        if is_sound(row.cells):
            key = key_of(row.cells)
            if previous is not None and key <= previous:
                wrong.append((row, "", _key_problem(key, previous)))
            previous = key
        else:
            wrong.extend((row, column, text) for column, text in _cell_problems(row))
        yield row


def _row_check(table: Table) -> Callable[[list[str]], bool]:
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


def _key_problem(key: Key, previous: Key) -> str:
    text = ",".join(map(str, key))
    if key == previous:
        return f"the key {text} is there twice. Remove one of the two rows."
    return f"the key {text} is out of order. Sort the table by its key."


def _cell_problems(row: Row) -> Iterator[tuple[str, str]]:
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


def _lookups(table: Table, keys: list[ForeignKey], known: Known) -> list[Lookup]:
    return [(key, _getter(table, key.columns), known[key.table, key.referenced]) for key in keys]


def _dangling(row: Row, lookup: Lookup, *, is_advised: bool) -> Iterator[Problem]:
    """Yield what is wrong with a reference of a row, if anything is."""
    key, values_of, known = lookup
    values = values_of(row.cells)
    if values not in known and all(values):
        names = sorted(map(",".join, known)) if len(known) <= _MOST_COMPARED else []
        legal = f" It has {', '.join(names)}." if 0 < len(names) <= _FEW else ""
        meant = did_you_mean(",".join(values), names) if is_advised else ""
        yield (
            row,
            key.columns[-1],
            (
                f"{','.join(key.columns)} is {','.join(values)!r}, which {key.table} does not "
                f"have.{legal} Add it there or correct it here.{meant}"
            ),
        )


def _getter(table: Table, columns: tuple[str, ...]) -> Callable[[list[str]], Values]:
    positions = [table.index[column] for column in columns]
    if len(positions) == 1:
        [position] = positions
        return lambda cells: (cells[position],)
    return itemgetter(*positions)
