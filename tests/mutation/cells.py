"""Faults in one cell: what a slip of the hand or of a spreadsheet makes of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from pariscall.tables.csvw import Column, Table

from .mutant import Mutant, RowChange, pick, spread
from .source import Cell, Source

_ANY = ("code", "key", "date", "address", "number", "identifier", "name", "text")
_TEXT = ("name", "text")
_DAY_ONE, _DAY_LAST = "2017-06-01", "2031-01-01"

Change = Callable[[Source, Cell], str | None]


@dataclass(frozen=True)
class CellFault:
    """A fault in a cell: the kinds of columns it is made in, and the cell it makes."""

    name: str
    kinds: tuple[str, ...]
    change: Change


def cell_mutants(source: Source) -> Iterator[Mutant]:
    """Make every fault in every column that it may befall."""
    for fault in CELL_FAULTS:
        for table in source.schema.tables:
            for column in table.cells:
                if source.kind(table, column) in fault.kinds:
                    yield from _mutants(source, fault, table, column)


def _mutants(source: Source, fault: CellFault, table: Table, column: Column) -> Iterator[Mutant]:
    cells = source.cells(table, column)
    number = len(source.rows[table.name])
    if fault.name == "emptied cell" and len(cells) * 2 < number:
        return  # a cell that is usually empty is not missing
    seed = f"{fault.name} {table.name} {column.name}"
    for cell in spread(cells, 1, seed):
        value = fault.change(source, cell)
        if value is not None:
            yield _mutant(source, fault.name, cell, value)


def _mutant(source: Source, fault: str, cell: Cell, value: str) -> Mutant:
    row = list(cell.row)
    row[cell.table.index[cell.column.name]] = value
    change = RowChange(cell.table.name, cell.at, 1, (tuple(row),))
    location = source.location(cell.table, cell.at)
    return Mutant(fault, location, cell.column.name, cell.value, value, change)


def _one_of(cell: Cell, values: list[str]) -> str:
    """Choose a value, the same each time."""
    return random.Random(cell.seed).choice(values)  # noqa: S311 - nothing is secret here


def _emptied(_: Source, __: Cell) -> str:
    return ""


def _unknown_code(source: Source, cell: Cell) -> str:
    return "ZZZ" if source.target(cell.table, cell.column) else f"{cell.value}s"


def _code_of_another_list(source: Source, cell: Cell) -> str | None:
    own = set(source.codes(cell.table, cell.column))
    others = {code for codes in source.lists.values() for code in codes} - own
    return pick(others, cell.seed, but=cell.value)


def _swapped_code(source: Source, cell: Cell) -> str | None:
    return pick(source.codes(cell.table, cell.column), cell.seed, but=cell.value)


def _dangling_key(_: Source, cell: Cell) -> str:
    """Point to what is not there, in the form that keys have."""
    if cell.value.isdigit():
        return str(int(cell.value) + 7)
    last = cell.value[-1]
    return cell.value[:-1] + ("0" if last != "0" else "1")


def _another_key(source: Source, cell: Cell) -> str | None:
    return pick(source.keys(cell.table, cell.column), cell.seed, but=cell.value)


def _before_launch(_: Source, __: Cell) -> str:
    return _DAY_ONE


def _after_the_end(_: Source, __: Cell) -> str:
    return _DAY_LAST


def _one_day_off(_: Source, cell: Cell) -> str:
    day = date.fromisoformat(cell.value)
    return _one_of(cell, [(day + timedelta(days=days)).isoformat() for days in (-1, 1)])


def _no_day(_: Source, cell: Cell) -> str:
    """Write a day that is not in the calendar, or as a spreadsheet shows it."""
    year, month, day = cell.value.split("-")
    return _one_of(cell, [f"{year}-02-30", f"{day}/{month}/{year}", f"{year}-{month}"])


def _address_with_a_space(_: Source, cell: Cell) -> str:
    return cell.value.replace("://", ":// ", 1)


def _address_without_scheme(_: Source, cell: Cell) -> str:
    return cell.value.partition("://")[2]


def _address_with_two_schemes(_: Source, cell: Cell) -> str:
    return f"https://{cell.value}"


def _profile(_: Source, cell: Cell) -> str:
    name = cell.row[0].partition("/")[0]
    return f"https://{'www.linkedin.com/in' if len(name) % 2 else 'twitter.com'}/{name}"


def _number_changed(_: Source, cell: Cell) -> str:
    return str(Decimal(cell.value) + 1)


def _number_of_a_spreadsheet(_: Source, cell: Cell) -> str:
    return f"{cell.value}.0"


def _stray_space(_: Source, cell: Cell) -> str:
    spaced = cell.value.replace(" ", "  ", 1)
    hard = cell.value.replace(" ", "\u00a0", 1)
    kinds = [f" {cell.value}", f"{cell.value} ", f"{cell.value}\u00a0", spaced, hard]
    return _one_of(cell, [kind for kind in kinds if kind != cell.value])


def _mangled(_: Source, cell: Cell) -> str:
    """Leave what a terminal, a page or another encoding makes of a text."""
    text = cell.value if not cell.value.isascii() else f"{cell.value} – é"
    control = f"{cell.value[:1]}\x07{cell.value[1:]}"
    entity = f"{cell.value}&amp;"
    return _one_of(cell, [control, entity, text.encode().decode("cp1252", errors="replace")])


def _other_case(_: Source, cell: Cell) -> str:
    """Change the case of the first letter."""
    at = next((at for at, letter in enumerate(cell.value) if letter.isalpha()), 0)
    return cell.value[:at] + cell.value[at : at + 1].swapcase() + cell.value[at + 1 :]


def _transposed(_: Source, cell: Cell) -> str:
    """Swap two letters that stand side by side and differ."""
    text = cell.value
    locations = [
        at
        for at in range(len(text) - 1)
        if text[at].isalpha() and text[at + 1].isalpha() and text[at] != text[at + 1]
    ]
    if not locations:
        return text
    at = int(_one_of(cell, list(map(str, locations))))
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


CELL_FAULTS = (
    CellFault("emptied cell", _ANY, _emptied),
    CellFault("unknown code", ("code",), _unknown_code),
    CellFault("code of another list", ("code",), _code_of_another_list),
    CellFault("another code of the list", ("code",), _swapped_code),
    CellFault("dangling key", ("key",), _dangling_key),
    CellFault("key of another row", ("key",), _another_key),
    CellFault("misspelt identifier", ("identifier",), _transposed),
    CellFault("day before the launch", ("date",), _before_launch),
    CellFault("day in the future", ("date",), _after_the_end),
    CellFault("day before or after", ("date",), _one_day_off),
    CellFault("no day", ("date",), _no_day),
    CellFault("space in an address", ("address",), _address_with_a_space),
    CellFault("address without scheme", ("address",), _address_without_scheme),
    CellFault("address with two schemes", ("address",), _address_with_two_schemes),
    CellFault("address of a profile", ("address",), _profile),
    CellFault("number changed", ("number",), _number_changed),
    CellFault("number of a spreadsheet", ("number",), _number_of_a_spreadsheet),
    CellFault("stray space", _TEXT, _stray_space),
    CellFault("mangled text", _TEXT, _mangled),
    CellFault("letter case", ("name",), _other_case),
    CellFault("letters transposed", ("name",), _transposed),
)
